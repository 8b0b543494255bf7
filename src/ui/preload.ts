/** What a person needs after the first page, in the order in which it is likely to be needed. */
const NEXT: readonly (() => Promise<unknown>)[] = [
  () => import('./sheets/data/DataSheet.svelte'),
  () => import('./WorkbookBar.svelte'),
  () => import('./sheets/model/ModelSheet.svelte'),
  async () => {
    const { warmUp } = await import('./grid/warm-up')
    for (const step of warmUp()) {
      await idle()
      step()
    }
  },
  () => import('./sheets/customers/CustomersSheet.svelte'),
  () => import('./sheets/backtest/BacktestPage.svelte'),
]

/**
 * Takes in the sheets while the page has nothing to do, each in a task of its own: at the first click they would hold the
 * page up. What cannot be had now is asked for again when it is needed.
 */
export async function preload(): Promise<void> {
  for (const load of NEXT) {
    await idle()
    await load().catch(() => undefined)
  }
}

/** Safari has no idle callbacks. */
function idle(): Promise<unknown> {
  return new Promise((resolve) =>
    'requestIdleCallback' in window ? requestIdleCallback(resolve) : setTimeout(resolve),
  )
}
