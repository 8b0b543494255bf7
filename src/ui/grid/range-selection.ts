import type { CellMouseDownEvent, CellMouseOverEvent, GridApi, SuppressKeyboardEventParams } from 'ag-grid-community'
import { inRange, rangeBetween, step, type CellPlace, type CellRange } from './cell-range'

/**
 * A rectangle of cells on AG Grid Community, which has none: drag, Shift + click, Shift + arrows, Ctrl A. It follows
 * the focused cell and tells what it covers; copying and pasting are the sheet's.
 */
export class RangeSelection<Row> {
  readonly #api: () => GridApi<Row> | undefined
  readonly #onchange: (range: CellRange | undefined, before: CellRange | undefined) => void
  #anchor: CellPlace | undefined
  #head: CellPlace | undefined
  /** The anchor before the focus last moved: a click moves the focus before it tells of itself. */
  #before: CellPlace | undefined
  #dragging = false

  /** @param onchange draws the new range and takes the old one away */
  constructor(
    api: () => GridApi<Row> | undefined,
    onchange: (range: CellRange | undefined, before: CellRange | undefined) => void,
  ) {
    this.#api = api
    this.#onchange = onchange
  }

  get range(): CellRange | undefined {
    return this.#anchor && this.#head && rangeBetween(this.#anchor, this.#head)
  }

  /** Whether a cell is inside a range of more than one cell. */
  readonly covers = (row: number, column: string): boolean => {
    const { range } = this
    if (!range || (range.top === range.bottom && range.left === range.right)) return false
    return inRange(range, { row, column: this.#columns().indexOf(column) })
  }

  readonly mouseDown = ({ rowIndex, rowPinned, column, event }: CellMouseDownEvent<Row>): void => {
    if (rowIndex === null || rowPinned) return
    const cell = { row: rowIndex, column: this.#columns().indexOf(column.getColId()) }
    const anchor = this.#anchor?.row === cell.row && this.#anchor.column === cell.column ? this.#before : this.#anchor
    this.#set((event instanceof MouseEvent && event.shiftKey && anchor) || cell, cell)
    this.#dragging = true
    window.addEventListener('pointerup', () => (this.#dragging = false), { once: true })
  }

  readonly mouseOver = ({ rowIndex, rowPinned, column }: CellMouseOverEvent<Row>): void => {
    if (!this.#dragging || rowIndex === null || rowPinned || !this.#anchor) return
    this.#set(this.#anchor, { row: rowIndex, column: this.#columns().indexOf(column.getColId()) })
  }

  /** The focus moved without Shift: a range of one cell. */
  focus(row: number, column: string): void {
    if (this.#dragging || this.covers(row, column)) return
    const cell = { row, column: this.#columns().indexOf(column) }
    this.#before = this.#anchor
    this.#set(cell, cell)
  }

  /** Takes Shift + arrows and Ctrl A; true when the grid has nothing more to do. */
  readonly keydown = ({ event, editing }: SuppressKeyboardEventParams<Row>): boolean => {
    const api = this.#api()
    if (editing || !api || !this.#anchor || !this.#head) return false
    const rows = api.getDisplayedRowCount()
    const columns = this.#columns().length
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      this.#set({ row: 0, column: 0 }, { row: rows - 1, column: columns - 1 })
    } else if (event.shiftKey && !event.altKey && event.key.startsWith('Arrow')) {
      const head = step(this.#head, event.key, rows, columns)
      this.#set(this.#anchor, head)
      api.ensureIndexVisible(head.row)
    } else return false
    event.preventDefault()
    return true
  }

  #columns(): string[] {
    return (this.#api()?.getAllDisplayedColumns() ?? []).map((column) => column.getColId())
  }

  #set(anchor: CellPlace, head: CellPlace): void {
    const before = this.range
    this.#anchor = anchor
    this.#head = head
    const after = this.range
    if (before && after && sameRange(before, after)) return
    this.#onchange(after, before)
  }
}

function sameRange(a: CellRange, b: CellRange): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right
}
