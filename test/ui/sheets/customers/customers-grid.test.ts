import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CustomerRow, RowsSummary } from '../../../../src/state/customers.svelte'
import type { CellContext } from '../../../../src/ui/sheets/customers/cells'
import { columnLook } from '../../../../src/ui/sheets/customers/columns'
import { CustomersGrid } from '../../../../src/ui/sheets/customers/customers-grid'
import type { ListActions } from '../../../../src/ui/sheets/customers/list-actions'
import '../../../../src/ui/tokens.css'
import '../../../../src/ui/base.css'
import '../../../../src/ui/grid/grid.css'
import '../../../../src/ui/sheets/customers/customers-grid.css'

const ROWS = 5000
const COLUMNS = [{ kind: 'id' } as const, { kind: 'coverage' } as const].map((column) => ({ column }))
const CONTEXT: CellContext = { tiers: [], sources: [], revenue: undefined, name: undefined, manual: new Map() }

let element: HTMLElement
let grid: CustomersGrid
/** How many are listed, and whether from the last to the first. */
let listed: number
let reversed: boolean
/** What every answer waits for. */
let held: Promise<void> | undefined
let focused: string[]

function customer(place: number): CustomerRow {
  const row = reversed ? ROWS - 1 - place : place
  return { row, id: `C-${row}`, score: 5000, tier: 0, coverage: 1, rules: [], cells: [] }
}

function summary(customers: number): RowsSummary {
  return { customers, all: ROWS, average: undefined, revenue: undefined, tiers: [], anyTier: [], byHand: 0 }
}

const cell = (row: number, column: string): HTMLElement | null =>
  element.querySelector(`.ag-row[row-index="${row}"] [col-id="${column}"]`)
const text = (row: number): string | undefined => cell(row, 'id')?.textContent ?? undefined

beforeEach(async () => {
  element = document.createElement('div')
  element.className = 'sheet-grid customers-grid'
  element.style.cssText = 'width: 600px; height: 500px'
  document.body.append(element)
  listed = ROWS
  reversed = false
  focused = []
  held = undefined
  const actions: Partial<ListActions> = {
    load: async (from, to) => {
      await held
      const rows = Array.from({ length: Math.max(0, Math.min(to, listed) - from) }, (_, i) => customer(from + i))
      return { rows, customers: listed }
    },
    sorted: () => (reversed ? 'descending' : 'none'),
    sort: vi.fn(),
    isOpen: () => false,
    open: vi.fn(),
    focus: ({ id }) => focused.push(id),
  }
  grid = new CustomersGrid(element, actions as ListActions)
  grid.show(COLUMNS, (column) => columnLook(column, [], { id: 'id' }), CONTEXT)
  grid.total(summary(ROWS))
  await expect.poll(() => text(0)).toBe('C-0')
  await drawn()
})
afterEach(() => {
  grid.destroy()
  element.remove()
})

/** Resolves when nothing waits to be drawn. */
async function drawn(): Promise<void> {
  await expect.poll(() => document.documentElement.dataset['drawing']).toBeUndefined()
}

/** Sorts the list the other way round and waits for its rows. */
async function sort(): Promise<void> {
  reversed = !reversed
  grid.reload()
  await expect.poll(() => text(0)).toBe(`C-${reversed ? ROWS - 1 : 0}`)
  await drawn()
}

function scrollTo(top: number): void {
  for (const each of element.querySelectorAll('*'))
    if (each.scrollHeight > each.clientHeight + 1000) each.scrollTop = top
}

describe('the list as a grid', () => {
  test('fills the rows that are there with another order, and never blanks them', async () => {
    const rows = [...element.querySelectorAll('.ag-row')]
    const blanks: number[] = []
    const watch = new MutationObserver(() => {
      for (let i = 0; i < 10; i++) if (!text(i)) blanks.push(i)
    })
    watch.observe(element, { childList: true, subtree: true })
    await sort()
    watch.disconnect()
    expect(blanks).toEqual([])
    expect(text(9)).toBe(`C-${ROWS - 10}`)
    expect(cell(0, 'id')!.closest('.ag-row')!.getAttribute('row-id')).toBe(String(ROWS - 1))
    expect([...element.querySelectorAll('.ag-row')].filter((row) => !rows.includes(row))).toEqual([])
    expect(element.querySelector('[role="columnheader"][col-id="id"]')!.getAttribute('aria-sort')).toBe('descending')
  })

  test('keeps the focus where it is in the list when that is sorted', async () => {
    await userEvent.click(cell(3, 'id')!)
    await sort()
    expect(document.activeElement).toBe(cell(3, 'id'))
    await userEvent.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(cell(4, 'id'))
    expect(focused.at(-1)).toBe(`C-${ROWS - 5}`)
  })

  test('does nothing with rows that come when it is gone', async () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
    let answer = (): void => undefined
    held = new Promise((done) => (answer = done))
    grid.reload()
    // Its rows are asked for some frames later.
    await new Promise((next) => setTimeout(next, 100))
    grid.destroy()
    // Nor is it taken to pieces at once.
    await new Promise((next) => setTimeout(next, 100))
    answer()
    await new Promise((next) => setTimeout(next, 20))
    for (const each of said) {
      expect(each).not.toHaveBeenCalled()
      each.mockRestore()
    }
  })

  test('shows a shorter list, and the whole one again', async () => {
    listed = 3
    grid.reload()
    grid.total(summary(3))
    await expect.poll(() => element.querySelectorAll('.ag-row:not(.ag-row-pinned)').length).toBe(3)
    listed = ROWS
    grid.reload()
    grid.total(summary(ROWS))
    await expect.poll(() => text(12)).toBe('C-12')
    await drawn()
    expect(text(2)).toBe('C-2')
  })

  test('sums up another list in the line under it without drawing the rows anew', async () => {
    const before = cell(0, 'id')!.querySelector('span')
    grid.total(summary(17))
    await expect.poll(() => element.querySelector('[row-id$="total"]')?.textContent).toContain('17 customers')
    expect(cell(0, 'id')!.querySelector('span')).toBe(before)
  })

  test('fills the rows that a jump to the end has drawn without data', async () => {
    const last = ROWS - 1
    scrollTo(1e9)
    await expect.poll(() => cell(last, 'id')).not.toBeNull()
    const waiting = cell(last, 'id')
    await expect.poll(() => text(last)).toBe(`C-${last}`)
    expect(cell(last, 'id')).toBe(waiting)
    await sort()
    expect(text(0)).toBe(`C-${last}`)
  })
})
