import type { TextColumn } from '../../src/core/column/column'
import { atOnce, inSlices } from '../in-slices'
import { sortingTexts } from './sort-texts'

/** Columns whose order is kept: names and IDs, and one more. */
const KEPT = 3
/** How long sorting ahead holds the thread at a time, where it can be parted; milliseconds. */
const SLICE = 8

/** The orders of columns of texts: the one thing in a list that takes longer than a look at a million rows does. */
export class TextOrders {
  readonly #sorted = new Map<TextColumn, Uint32Array>()
  readonly #underWay = new Set<TextColumn>()

  /** Rising, without the rows that have no text. To be read only. */
  of(column: TextColumn): Uint32Array {
    const known = this.#sorted.get(column)
    if (known) return known
    return this.#keep(column, atOnce(sortingTexts(column)))
  }

  /**
   * Sorts a column before anybody asks, and lets whoever asks for something else in between.
   * @param going asked at every slice; the work is given up when it says false
   */
  async ahead(column: TextColumn, going: () => boolean): Promise<void> {
    const mayGo = (): boolean => going() && !this.#sorted.has(column)
    if (!mayGo() || this.#underWay.has(column)) return
    this.#underWay.add(column)
    const sorted = await inSlices(sortingTexts(column), () => undefined, mayGo, SLICE)
    this.#underWay.delete(column)
    if (sorted && !this.#sorted.has(column)) this.#keep(column, sorted)
  }

  #keep(column: TextColumn, sorted: Uint32Array): Uint32Array {
    this.#sorted.set(column, sorted)
    if (this.#sorted.size > KEPT) this.#sorted.delete(this.#sorted.keys().next().value!)
    return sorted
  }
}
