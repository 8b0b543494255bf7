import type { Session } from '../state/session.svelte'
import type { Sheet } from '../state/view.svelte'

const SHEETS: readonly Sheet[] = ['data', 'model', 'customers', 'backtest']

/** Regions that F6 goes round, where they are on the page. */
const REGIONS = ['.top', 'main .ag-root, main', '[role="region"][aria-label="Live results"]', '.tabs']

/** Keys that work on every sheet. Cells and fields that take a key have prevented its default before. */
export function shortcut(event: KeyboardEvent, session: Session): void {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return
  const taken = event.ctrlKey || event.metaKey ? withControl(event, session) : plain(event, session)
  if (taken) event.preventDefault()
}

function withControl(event: KeyboardEvent, session: Session): boolean {
  const { view, workbook, steps } = session
  const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
  switch (event.key.toLowerCase()) {
    case 'z':
      if (typing || !workbook) return false
      if (event.shiftKey) steps.redo()
      else steps.undo()
      return true
    case 'y':
      if (typing || !workbook) return false
      steps.redo()
      return true
    case 's':
      void workbook?.flush()
      if (workbook) session.toasts.show('Kept in this browser. “Save model” writes a file.')
      return true
    case '.':
      toggleResults(session)
      return true
    case '/':
      view.help = !view.help
      return true
    default:
      return false
  }
}

/** Folds the results, or opens them, from how they are now. */
export function toggleResults({ view }: Session): void {
  const open = view.results === undefined ? innerWidth > 1200 : view.results === 'open'
  view.setResults(open ? 'folded' : 'open')
}

function plain(event: KeyboardEvent, { view, workbook }: Session): boolean {
  if (event.key === 'F6') return nextRegion(event.shiftKey ? -1 : 1)
  const sheet = event.altKey && event.shiftKey ? SHEETS[Number(/^Digit(\d)$/.exec(event.code)?.[1]) - 1] : undefined
  if (!sheet || !workbook) return false
  view.sheet = sheet
  return true
}

function nextRegion(by: number): boolean {
  const regions = REGIONS.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? [])
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const region = regions.at((at + by + regions.length) % regions.length)
  const first = region?.querySelector<HTMLElement>(
    '.ag-cell, button:not([disabled]), a[href], input, select, [tabindex="0"]',
  )
  first?.focus()
  return first !== undefined
}
