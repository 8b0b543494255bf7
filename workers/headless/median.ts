/** How often each thing is done; the median counts. */
const TIMES = 15

/** The median of what `work` takes, in milliseconds, after warming up. */
export function median(work: (time: number) => void, times = TIMES, warming = 3): number {
  for (let i = 0; i < warming; i++) work(i)
  const taken = Array.from({ length: times }, (_, i) => {
    const start = performance.now()
    work(i + 3)
    return performance.now() - start
  })
  return taken.sort((a, b) => a - b)[times >> 1]!
}
