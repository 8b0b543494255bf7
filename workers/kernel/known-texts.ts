import type { KnownPlaces, ReadKernel } from './read-kernel'

/** Numbers of an entry, see ByteDictionary. */
const STRIDE = 4
const COUNT = 3
/** Least entries and words that there is room for. */
const LEAST = 32

/** The texts of a dictionary in the kernel's memory, where it finds and counts them: a copy that lags behind. */
export class KnownTexts implements KnownPlaces {
  readonly #kernel: ReadKernel
  #size = 0
  #wordsUsed = 0
  #entryRoom = 0
  #wordRoom = 0
  table = 0
  mask = 0
  entries = 0
  words = 0

  constructor(kernel: ReadKernel) {
    this.#kernel = kernel
  }

  /** Takes in what the dictionary has learnt. Its own counts stay with it; these start at 0. Allocates. */
  learn(entries: Int32Array, size: number, words: Int32Array, wordsUsed: number): void {
    if (size === this.#size) return
    const { memory, exports } = this.#kernel
    let known: Uint32Array | undefined
    if (size > this.#entryRoom || wordsUsed > this.#wordRoom) {
      known = this.counts
      this.#makeRoom(size, wordsUsed)
    }
    const from = this.#size
    const copy = new Int32Array(memory.memory.buffer, this.entries, STRIDE * size)
    copy.set(entries.subarray(STRIDE * from, STRIDE * size), STRIDE * from)
    for (let entry = from; entry < size; entry++) copy[STRIDE * entry + COUNT] = known?.[entry] ?? 0
    new Int32Array(memory.memory.buffer, this.words, wordsUsed).set(
      words.subarray(this.#wordsUsed, wordsUsed),
      this.#wordsUsed,
    )
    exports.learn(from, size, this.table, this.mask, this.entries, this.words)
    this.#size = size
    this.#wordsUsed = wordsUsed
  }

  get size(): number {
    return this.#size
  }

  /** How often each text was found. */
  get counts(): Uint32Array {
    const entries = this.#kernel.memory.u32(this.entries, STRIDE * this.#size)
    const counts = new Uint32Array(this.#size)
    for (let entry = 0; entry < counts.length; entry++) counts[entry] = entries[STRIDE * entry + COUNT]!
    return counts
  }

  /** Room for twice as much, into which all of it comes anew. */
  #makeRoom(size: number, wordsUsed: number): void {
    const { memory } = this.#kernel
    this.#entryRoom = Math.max(LEAST, 2 ** Math.ceil(Math.log2(2 * size)))
    this.#wordRoom = Math.max(LEAST, 2 * wordsUsed)
    this.entries = memory.allocate(4 * STRIDE * this.#entryRoom)
    this.words = memory.allocate(4 * this.#wordRoom)
    // At most half full.
    this.table = memory.allocate(8 * this.#entryRoom)
    this.mask = 2 * this.#entryRoom - 1
    memory.u32(this.table, 2 * this.#entryRoom).fill(-1)
    this.#size = 0
    this.#wordsUsed = 0
  }
}
