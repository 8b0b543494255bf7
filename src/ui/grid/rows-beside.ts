import type { GridApi } from 'ag-grid-community'
import { inTurn } from '../parts/turns'

/** Rows that are drawn above and below those in view. */
const BESIDE = 8

/**
 * Has rows beside those in view drawn, so that none has to be drawn while one scrolls; but after those in view, where a
 * list begins or is jumped through. The grid is made without any.
 */
export class RowsBeside<Row> {
  readonly #api: () => GridApi<Row>
  readonly #signal: AbortSignal
  #wanted = false

  /** @param signal of the end of the grid */
  constructor(element: HTMLElement, api: () => GridApi<Row>, signal: AbortSignal) {
    this.#api = api
    this.#signal = signal
    // Heard before the grid hears of it.
    element.addEventListener('scroll', ({ target }) => this.#scrolled(target as Element), { capture: true, signal })
  }

  /** Whether they are drawn, or about to be. */
  get areWanted(): boolean {
    return this.#wanted
  }

  /** Draws them in their turn. */
  add(): void {
    if (this.#wanted) return
    this.#wanted = true
    inTurn(() => {
      if (this.#wanted) this.#api().setGridOption('rowBuffer', BESIDE)
    }, this.#signal)
  }

  leaveOut(): void {
    this.#wanted = false
    this.#api().setGridOption('rowBuffer', 0)
  }

  /** Beyond the rows in view all of them are drawn anew. */
  #scrolled({ scrollTop, scrollHeight, clientHeight }: Element): void {
    if (!this.#wanted || scrollHeight <= clientHeight) return
    const { top, bottom } = this.#api().getVerticalPixelRange()
    if (Math.abs(scrollTop - top) > bottom - top) this.leaveOut()
  }
}
