import { inTurn } from '../../parts/turns'
import { changedColumns, type ModelColumn } from './columns'
import { looksAlike, type ModelRow } from './rows'

/** Cells that are drawn anew in one task: those of twelve categories in a drag, or half of an ordinary model's new facts. */
const CELLS_A_TURN = 48
/** Cells of a metric that a drag changes: these never wait, so that what is dragged is painted in one frame. */
const CELLS_OF_A_DRAG = 2
/** How many cells a row counts for that is drawn as a whole. */
const WHOLE_ROW = 12

/** @param columns those whose drawing differs; undefined where the whole row is drawn anew */
type Draw = (row: ModelRow, before: ModelRow | undefined, columns: readonly ModelColumn[] | undefined) => void

/** Draws what changed in rows that the grid has, so many cells a frame: new facts change most of a sheet at once. */
export class RowsInTurn {
  readonly #draw: Draw
  readonly #signal: AbortSignal
  readonly #drawn = new Map<string, ModelRow>()
  /** Rows whose newest state is still to be drawn. */
  readonly #due = new Map<string, ModelRow>()
  #isWaiting = false

  /** @param signal of the end of the grid: from then on nothing is drawn */
  constructor(draw: Draw, signal: AbortSignal) {
    this.#draw = draw
    this.#signal = signal
  }

  /** The grid draws these rows itself. */
  given(rows: readonly ModelRow[]): void {
    for (const row of rows) {
      this.#drawn.set(row.id, row)
      this.#due.delete(row.id)
    }
  }

  /** Draws what differs from what is drawn. */
  show(rows: readonly ModelRow[]): void {
    for (const row of rows) this.#due.set(row.id, row)
    let left = CELLS_A_TURN
    for (const row of this.#due.values()) left -= this.#show(row, left)
    if (this.#due.size === 0 || this.#isWaiting) return
    this.#isWaiting = true
    inTurn(() => {
      this.#isWaiting = false
      this.show([])
    }, this.#signal)
  }

  /** @returns how many cells it drew beyond those of a drag */
  #show(row: ModelRow, left: number): number {
    const before = this.#drawn.get(row.id)
    if (before === row) {
      this.#due.delete(row.id)
      return 0
    }
    const columns = before && looksAlike(before, row) ? changedColumns(before, row) : undefined
    const cells = columns?.length ?? WHOLE_ROW
    const counts = cells > CELLS_OF_A_DRAG ? cells : 0
    if (counts > left) return 0
    this.#due.delete(row.id)
    this.#drawn.set(row.id, row)
    this.#draw(row, before, columns)
    return counts
  }
}
