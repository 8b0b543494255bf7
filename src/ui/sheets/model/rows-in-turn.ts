import { inTurn } from '../../parts/turns'
import { changedColumns, type ModelColumn } from './columns'
import { looksAlike, type ModelRow } from './rows'

/** Cells that are drawn anew in one task: those of twelve categories in a drag, or half of an ordinary model's new facts. */
const CELLS_A_TURN = 48
/** Cells of a metric that a drag changes: these never wait, so that what is dragged is painted in one frame. */
const CELLS_OF_A_DRAG = 2
/** How many cells a row counts for that is drawn as a whole. */
const WHOLE_ROW = 12
/**
 * One weight that is dragged changes every row's share, at every frame, which takes the browser as long to lay out as all
 * the rest of the page. Rows that follow another one's weight are drawn at most this often; milliseconds.
 */
const FOLLOW_EVERY = 100
/** What another metric's weight changes in a row: its share, and its bar where that weight is the largest. */
const FOLLOWING: ReadonlySet<ModelColumn> = new Set(['weight', 'share'])

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
  #followed = -Infinity
  #isTimed = false

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
    const now = performance.now()
    const followNow = now - this.#followed >= FOLLOW_EVERY
    let left = CELLS_A_TURN
    let following = 0
    for (const row of this.#due.values()) {
      const columns = this.#changed(row)
      const follows = this.#follows(row, columns)
      if (follows) following++
      if (!follows || followNow) left -= this.#show(row, columns, left)
    }
    if (following > 0 && followNow) this.#followed = now
    if (this.#due.size > (followNow ? 0 : following)) this.#showNext()
    else if (this.#due.size > 0) this.#showIn(this.#followed + FOLLOW_EVERY - now)
  }

  #showNext(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    inTurn(() => {
      this.#isWaiting = false
      this.show([])
    }, this.#signal)
  }

  #showIn(milliseconds: number): void {
    if (this.#isTimed) return
    this.#isTimed = true
    setTimeout(() => {
      this.#isTimed = false
      if (!this.#signal.aborted) this.show([])
    }, milliseconds)
  }

  /** The columns that differ from what is drawn of a row: none where it is drawn; undefined where it has to be drawn as a whole. */
  #changed(row: ModelRow): readonly ModelColumn[] | undefined {
    const before = this.#drawn.get(row.id)
    if (before === row) return []
    return before && looksAlike(before, row) ? changedColumns(before, row) : undefined
  }

  /** Whether all that differs from what is drawn of a row comes from another metric's weight. */
  #follows(row: ModelRow, columns: readonly ModelColumn[] | undefined): boolean {
    const before = this.#drawn.get(row.id)
    if (row.kind !== 'metric' || before?.kind !== 'metric' || before.metric !== row.metric) return false
    return columns !== undefined && columns.length > 0 && columns.every((column) => FOLLOWING.has(column))
  }

  /** @returns how many cells it drew beyond those of a drag */
  #show(row: ModelRow, columns: readonly ModelColumn[] | undefined, left: number): number {
    const before = this.#drawn.get(row.id)
    if (before === row) {
      this.#due.delete(row.id)
      return 0
    }
    const cells = columns?.length ?? WHOLE_ROW
    const counts = cells > CELLS_OF_A_DRAG ? cells : 0
    if (counts > left) return 0
    this.#due.delete(row.id)
    this.#drawn.set(row.id, row)
    this.#draw(row, before, columns)
    return counts
  }
}
