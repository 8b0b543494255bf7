import type { SuppressKeyboardEventParams } from 'ag-grid-community'
import { readTsv } from '../../../../core/export/tsv'
import type { ManualColumn } from '../../../../core/manual/manual-column'
import type { CellRange } from '../../../grid/cell-range'
import type { ListRow } from '../cells'
import type { ManualActions } from './manual-actions'

interface Grid {
  readonly range: () => CellRange | undefined
  /** The manual column that is shown at a place; undefined where another is. */
  readonly columnAt: (index: number) => ManualColumn | undefined
}

/** Keys and the clipboard in the cells of manual columns. */
export class ManualKeys {
  readonly #actions: ManualActions
  readonly #grid: Grid
  /** The cell that was typed into: one that was only opened and left is not of today. */
  #typed: string | undefined

  constructor(actions: ManualActions, grid: Grid) {
    this.#actions = actions
    this.#grid = grid
  }

  /** A cell's text while it is typed; undefined when typing is given up. */
  typed(column: ManualColumn, customer: string, text: string | undefined): void {
    this.#typed = text === undefined ? undefined : JSON.stringify([column.id, customer])
  }

  /** Typing in a cell has come to its end. */
  enter(column: ManualColumn, customer: string, text: string): void {
    if (this.#typed !== JSON.stringify([column.id, customer])) return
    this.#typed = undefined
    this.#actions.enter(column, customer, text)
  }

  /** Takes Delete, and the keys that would open a cell where none can be filled in; true keeps them from the grid. */
  keydown({ event, editing }: SuppressKeyboardEventParams<ListRow>): boolean {
    const range = this.#grid.range()
    if (editing || !range) return false
    const columns = this.#columns(range.left, range.right)
    if (columns.length === 0) return false
    const clears = event.key === 'Delete' || event.key === 'Backspace'
    const opens = ['Enter', 'F2'].includes(event.key) || (event.key.length === 1 && !event.ctrlKey && !event.metaKey)
    if (!clears && !(opens && !this.#actions.canEdit)) return false
    event.preventDefault()
    if (this.#actions.mayEdit()) void this.#actions.clear(columns, range.top, range.bottom + 1)
    return true
  }

  /** Pastes from the first cell of the range down; one value fills all of the range. */
  paste(event: ClipboardEvent): void {
    const range = this.#grid.range()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!range || text === '' || !this.#grid.columnAt(range.left)) return
    event.preventDefault()
    if (!this.#actions.mayEdit()) return
    const block = readTsv(text)
    const width = Math.max(...block.map((line) => line.length))
    const one = block.length === 1 && width === 1
    const columns = this.#columns(range.left, one ? range.right : range.left + width - 1)
    if (!one && columns.length < width) {
      this.#actions.refuseWide(width)
      return
    }
    const filled = Array.from({ length: range.bottom - range.top + 1 }, () => columns.map(() => block[0]![0]!))
    void this.#actions.paste({ from: range.top, columns, lines: one ? filled : block })
  }

  #columns(left: number, right: number): ManualColumn[] {
    const places = Array.from({ length: right - left + 1 }, (_, i) => this.#grid.columnAt(left + i))
    return places.filter((column) => column !== undefined)
  }
}
