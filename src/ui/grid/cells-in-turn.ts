import { inTurn } from '../parts/turns'

/** Cells whose content is laid out and painted well within a frame that also draws their rows. */
const CELLS_A_FRAME = 90

/** The content of a cell that is still to be drawn. */
interface Due {
  /** Whether one can see its row now. */
  readonly isInView: () => boolean
  readonly draw: () => void
}

/**
 * Draws what stands in cells, so many a frame: a screen full of new cells would hold the page up while it is laid out and
 * painted. The first are drawn at once, so that a few cells never wait; then come those in view.
 */
export class CellsInTurn {
  readonly #signal: AbortSignal
  readonly #due = new Set<Due>()
  /** How many more may be drawn before the next frame. */
  #left = CELLS_A_FRAME

  /** @param signal of the end of the grid: from then on nothing is drawn */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** @returns gives it up, where it is not drawn yet */
  draw(due: Due): () => void {
    if (this.#left === CELLS_A_FRAME) inTurn(() => this.#next(), this.#signal)
    if (this.#left > 0) {
      this.#left--
      due.draw()
    } else this.#due.add(due)
    return () => this.#due.delete(due)
  }

  #next(): void {
    this.#left = CELLS_A_FRAME
    const [seen, unseen] = [[] as Due[], [] as Due[]]
    for (const due of this.#due) (due.isInView() ? seen : unseen).push(due)
    for (const due of [...seen, ...unseen].slice(0, CELLS_A_FRAME)) {
      this.#due.delete(due)
      this.draw(due)
    }
  }
}
