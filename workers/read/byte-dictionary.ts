import { MAX_CODES, MISSING_CODE } from '../../src/core/column/column'
import { KnownTexts } from '../kernel/known-texts'
import type { ReadKernel } from '../kernel/read-kernel'
import { mayBlank, skipBack, skipForward } from './blanks'
import type { Cells } from './column-reader'

/**
 * Distinct byte strings, numbered in the order first seen. Small until it has much to hold: files have many columns.
 * Texts are hashed and compared four bytes at a time, which is what a file of a million rows spends its time on.
 */
export class ByteDictionary {
  #size = 0
  /** Open addressing: the number of an entry, or −1. At most half full. */
  #table = new Int32Array(16).fill(-1)
  /** Four numbers an entry, so that they lie together: its first word, its bytes, where its words start, how often it came. */
  #entries = new Int32Array(8 * STRIDE)
  /** The texts, each filled up with zeros to whole words. */
  #words = new Int32Array(16)
  #wordsUsed = 0
  /** The bytes that were looked at last, as something to read words of. */
  #seen: Uint8Array | undefined
  #view: DataView = new DataView(new ArrayBuffer(0))
  #scratch = new Uint8Array(64)
  readonly #kernel: ReadKernel | undefined
  /** What the kernel finds by itself. */
  readonly #known: KnownTexts | undefined

  /** @param kernel finds the cells of the bytes that it holds */
  constructor(kernel?: ReadKernel) {
    this.#kernel = kernel
    this.#known = kernel && new KnownTexts(kernel)
  }

  get size(): number {
    return this.#size
  }

  /** How often each entry was added. */
  get counts(): Uint32Array {
    const found = this.#known?.counts
    const entries = this.#entries
    const counts = new Uint32Array(this.#size)
    for (let entry = 0; entry < counts.length; entry++)
      counts[entry] = entries[entry * STRIDE + COUNT]! + (found?.[entry] ?? 0)
    return counts
  }

  /** The number of bytes[start … end), which it is given when it is new; −1 when it is new and `limit` are known. */
  add(bytes: Uint8Array, start: number, end: number, limit: number): number {
    const length = end - start
    // The last word may reach beyond the text, and has to be there to be read.
    if (start + length + 3 > bytes.length) return this.#addCopy(bytes, start, end, limit)
    if (bytes !== this.#seen) this.#look(bytes)
    const view = this.#view
    const whole = start + (length & ~3)
    const rest = (1 << ((length & 3) << 3)) - 1
    const first = length > 3 ? view.getInt32(start, true) : view.getInt32(start, true) & rest
    let hash = mixed(length, first)
    let last = 0
    if (length > 4) {
      for (let at = start + 4; at < whole; at += 4) hash = mixed(hash, view.getInt32(at, true))
      if (rest !== 0) hash = mixed(hash, (last = view.getInt32(whole, true) & rest))
    }
    const table = this.#table
    const entries = this.#entries
    const mask = table.length - 1
    let at = hash & mask
    for (let entry = table[at]!; entry >= 0; entry = table[at]!) {
      const place = entry * STRIDE
      if (entries[place] === first && entries[place + LENGTH] === length) {
        if (length < 5 || this.#equals(entries[place + START]!, start, whole, last)) {
          entries[place + COUNT]!++
          return entry
        }
      }
      at = (at + 1) & mask
    }
    if (this.#size === limit) return -1
    table[at] = this.#size
    return this.#append(first, bytes, start, end)
  }

  /**
   * The numbers of many cells, which are trimmed; MISSING_CODE for a blank one. Stops before one that is new when as
   * many are known as there are codes.
   * @returns how many were added
   */
  addCells(bytes: Uint8Array, bounds: Int32Array, cells: Cells, codes: Uint16Array): number {
    const { from, stride, rows } = cells
    const known = this.#known && this.#known.size > 0 && this.#kernel?.holds(bytes) ? this.#known : undefined
    for (let row = 0; row < rows;) {
      if (known) {
        const found = this.#kernel!.find(from + row * stride, stride, rows - row, known)
        codes.set(found, row)
        row += found.length
      }
      // What is new to the kernel seldom comes alone.
      for (const until = known ? Math.min(rows, row + RUN) : rows; row < until; row++) {
        const code = this.#addCell(bytes, bounds[from + row * stride]!, bounds[from + row * stride + 1]!)
        if (code < 0) return row
        codes[row] = code
      }
    }
    return rows
  }

  #addCell(bytes: Uint8Array, from: number, to: number): number {
    let start = from
    let end = to
    if (start < end && (mayBlank(bytes[start]!) || mayBlank(bytes[end - 1]!))) {
      start = skipForward(bytes, start, end)
      end = skipBack(bytes, start, end)
    }
    return start === end ? MISSING_CODE : this.add(bytes, start, end, MAX_CODES)
  }

  /** Lets the kernel find what was new to it. Ends what the kernel has handed over. */
  teach(): void {
    this.#known?.learn(this.#entries, this.#size, this.#words, this.#wordsUsed)
  }

  /** Where an entry lies in `bytes`. */
  range(entry: number): { readonly start: number; readonly end: number } {
    const start = 4 * this.#entries[entry * STRIDE + START]!
    return { start, end: start + this.#entries[entry * STRIDE + LENGTH]! }
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer)
  }

  #look(bytes: Uint8Array): void {
    this.#seen = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  #addCopy(bytes: Uint8Array, start: number, end: number, limit: number): number {
    const length = end - start
    if (this.#scratch.length < length + 3) this.#scratch = new Uint8Array(2 * length + 4)
    this.#scratch.set(bytes.subarray(start, end))
    return this.add(this.#scratch, 0, length, limit)
  }

  /** Whether the text whose words start at `word` is the one from `start`; their first words and lengths are equal. */
  #equals(word: number, start: number, whole: number, last: number): boolean {
    const words = this.#words
    const view = this.#view
    for (let at = start + 4; at < whole; at += 4) if (view.getInt32(at, true) !== words[++word]) return false
    return last === 0 || last === words[word + 1]
  }

  #append(first: number, bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#size++
    if (entry * STRIDE === this.#entries.length) this.#entries = grown(this.#entries, 2 * this.#entries.length)
    const length = end - start
    const from = this.#wordsUsed
    this.#wordsUsed += Math.max(1, (length + 3) >> 2)
    if (this.#wordsUsed > this.#words.length)
      this.#words = grown(this.#words, Math.max(2 * this.#words.length, this.#wordsUsed))
    this.#copy(bytes, start, end, from)
    const place = entry * STRIDE
    const entries = this.#entries
    entries[place] = first
    entries[place + LENGTH] = length
    entries[place + START] = from
    entries[place + COUNT] = 1
    if (2 * this.#size > this.#table.length) this.#growTable()
    return entry
  }

  /** Copies a text to where its words start. Texts are short: a loop beats the fixed cost of views. */
  #copy(bytes: Uint8Array, start: number, end: number, word: number): void {
    const words = this.#words
    let to = word
    let at = start
    for (; at + 3 < end; at += 4)
      words[to++] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    let last = 0
    for (let shift = 0; at < end; at++, shift += 8) last |= bytes[at]! << shift
    if (((end - start) & 3) > 0) words[to] = last
  }

  #growTable(): void {
    const table = new Int32Array(4 * this.#table.length).fill(-1)
    const mask = table.length - 1
    for (let entry = 0; entry < this.#size; entry++) {
      let at = this.#hash(entry) & mask
      while (table[at]! >= 0) at = (at + 1) & mask
      table[at] = entry
    }
    this.#table = table
  }

  /** The hash of an entry, as `add` has worked it out. */
  #hash(entry: number): number {
    const words = this.#words
    const length = this.#entries[entry * STRIDE + LENGTH]!
    const start = this.#entries[entry * STRIDE + START]!
    let hash = mixed(length, words[start]!)
    for (let word = 1; 4 * word < length; word++) hash = mixed(hash, words[start + word]!)
    return hash
  }
}

/** Cells that are looked up here after one that the kernel does not know. */
const RUN = 8
const STRIDE = 4
const LENGTH = 1
const START = 2
const COUNT = 3

/** A hash with one more word in it; each step is a bijection of both. */
function mixed(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x9e3779b1)
  return h ^ (h >>> 15)
}

function grown(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
