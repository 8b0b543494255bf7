import type { TextColumn } from '../../src/core/column/column'

/** Ranges of fewer rows are sorted by comparing. */
const FEW = 24
/** Ranges of more rows are worth counting what two bytes may be. */
const MANY = 30_000
/** What two bytes may be. */
const DIGITS = 65_536

/** Rows at places from–to whose texts begin alike, so far as the first `depth` bytes. */
interface Range {
  readonly from: number
  readonly to: number
  readonly depth: number
  /** The ranges within it that begin alike further on, in their order; once it has been gone through. */
  within?: readonly Range[]
}

/**
 * Rows by their text, rising by code points with A–Z as a–z, equal texts in the order they were given in. Only what is
 * asked for is worked out: whoever looks at the first hundred of a million names waits for these, not for the others.
 */
export class SortedTexts {
  readonly #column: TextColumn
  readonly #rows: Uint32Array
  readonly #all: Range

  /** @param rows that have a text; taken over and put in their order */
  constructor(column: TextColumn, rows: Uint32Array) {
    this.#column = column
    this.#rows = rows
    this.#all = { from: 0, to: rows.length, depth: 0 }
  }

  get length(): number {
    return this.#rows.length
  }

  /** The rows at places from–to, the end left out; a view to be read only. */
  slice(from: number, to: number): Uint32Array {
    this.#settle(from, to)
    return this.#rows.subarray(from, to)
  }

  /** The place of a row; −1 where it is not among them. */
  placeOf(row: number): number {
    let place = this.#rows.indexOf(row)
    while (place >= 0) {
      this.#settle(place, place + 1)
      // Sorted, the row may stand elsewhere in its range, which is sorted no further there yet.
      if (this.#rows[place] === row) break
      place = this.#rows.indexOf(row)
    }
    return place
  }

  /** Everybody, whatever order they are in so far; to be read only. */
  get members(): Uint32Array {
    return this.#rows
  }

  /** Sorts what begins alike only so far as it lies between two places. */
  #settle(from: number, to: number): void {
    const ranges = [this.#all]
    for (let range = ranges.pop(); range; range = ranges.pop()) {
      range.within ??= this.#goThrough(range)
      for (let i = firstBehind(range.within, from); i < range.within.length && range.within[i]!.from < to; i++)
        ranges.push(range.within[i]!)
    }
  }

  /** Puts a range in the order of its next bytes. @returns what is still to be sorted in it */
  #goThrough({ from, to, depth }: Range): Range[] {
    const part = this.#rows.subarray(from, to)
    if (part.length > MANY) return sortByTwoBytes(part, this.#column, depth, from)
    if (part.length > FEW) return sortByFourBytes(part, this.#column, depth, from)
    insertionSort(part, this.#column, depth)
    return []
  }
}

/** The index of the first range that ends behind a place. */
function firstBehind(ranges: readonly Range[], place: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[middle]!.to > place) high = middle
    else low = middle + 1
  }
  return low
}

/** A call to `sort` costs more than so few rows. */
function insertionSort(part: Uint32Array, { bytes, offsets }: TextColumn, depth: number): void {
  for (let i = 1; i < part.length; i++) {
    const row = part[i]!
    let at = i
    for (; at > 0 && compare(bytes, offsets, part[at - 1]!, row, depth) > 0; at--) part[at] = part[at - 1]!
    part[at] = row
  }
}

/** A–Z as a–z. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte))

/** Two bytes from a place on as one number; what is beyond the end is 0. */
function twoBytes(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0
  const first = FOLDED[bytes[at]!]! * 256
  return at + 1 < end ? first + FOLDED[bytes[at + 1]!]! : first
}

/** Counts instead of comparing. @returns the ranges of equal ones that have more bytes to look at; `start` is where the part begins */
function sortByTwoBytes(part: Uint32Array, { bytes, offsets }: TextColumn, depth: number, start: number): Range[] {
  const keys = new Uint16Array(part.length)
  const counts = new Uint32Array(DIGITS)
  for (let i = 0; i < keys.length; i++) {
    const row = part[i]!
    const key = twoBytes(bytes, offsets[row]! + depth, offsets[row + 1]!)
    keys[i] = key
    counts[key]!++
  }
  const places = new Uint32Array(DIGITS)
  const equal: Range[] = []
  for (let key = 0, from = 0; key < DIGITS; key++) {
    const to = from + counts[key]!
    places[key] = from
    // A key that ends in 0 is a text that has ended.
    if (to - from > 1 && key % 256 !== 0) equal.push({ from: start + from, to: start + to, depth: depth + 2 })
    from = to
  }
  if (counts[keys[0]!] === part.length) return equal
  const rows = part.slice()
  for (let i = 0; i < keys.length; i++) part[places[keys[i]!]!++] = rows[i]!
  return equal
}

/** Sorts key and place in one number, without a call per comparison; @returns as `sortByTwoBytes` */
function sortByFourBytes(part: Uint32Array, { bytes, offsets }: TextColumn, depth: number, start: number): Range[] {
  const keys = new Float64Array(part.length)
  for (let i = 0; i < keys.length; i++) {
    const [at, end] = [offsets[part[i]!]! + depth, offsets[part[i]! + 1]!]
    const key = twoBytes(bytes, at, end) * DIGITS + twoBytes(bytes, at + 2, end)
    keys[i] = key * MANY + i
  }
  keys.sort()
  const rows = part.slice()
  const equal: Range[] = []
  for (let i = 0, from = 0; i < keys.length; i++) {
    const key = Math.floor(keys[i]! / MANY)
    part[i] = rows[keys[i]! - key * MANY]!
    if (i + 1 < keys.length && Math.floor(keys[i + 1]! / MANY) === key) continue
    // A key that ends in 0 is a text that has ended.
    if (i > from && key % 256 !== 0) equal.push({ from: start + from, to: start + i + 1, depth: depth + 4 })
    from = i + 1
  }
  return equal
}

function compare(bytes: Uint8Array, offsets: Uint32Array, a: number, b: number, depth: number): number {
  let [i, j] = [offsets[a]! + depth, offsets[b]! + depth]
  const [endA, endB] = [offsets[a + 1]!, offsets[b + 1]!]
  for (; i < endA && j < endB; i++, j++) {
    const difference = FOLDED[bytes[i]!]! - FOLDED[bytes[j]!]!
    if (difference !== 0) return difference
  }
  return endA - i - (endB - j)
}
