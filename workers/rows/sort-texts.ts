import type { TextColumn } from '../../src/core/column/column'
import { radixSort, wholeDigits } from './radix-sort'

/** Ranges of fewer rows are sorted by comparing. */
const FEW = 24
/** Ranges of more rows are worth counting 65,536 digits. */
const MANY = 30_000

/**
 * The rows whose text is not empty, rising by code points with A–Z as a–z; equal texts in the order of the file. Texts
 * are looked at four bytes at a time, and only as far as they differ. Yields after every range of texts that begin alike.
 */
export function* sortingTexts({ bytes, offsets }: TextColumn): Generator<number, Uint32Array> {
  const rows = new Uint32Array(offsets.length - 1)
  let count = 0
  for (let row = 0; row < rows.length; row++) if (offsets[row + 1]! > offsets[row]!) rows[count++] = row
  const sorted = rows.subarray(0, count)
  const ranges: [from: number, to: number, depth: number][] = [[0, count, 0]]
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    const [from, to, depth] = range
    const part = sorted.subarray(from, to)
    if (part.length <= FEW) insertionSort(part, bytes, offsets, depth)
    else
      for (const [start, end] of sortByKey(part, bytes, offsets, depth))
        ranges.push([from + start, from + end, depth + 4])
    yield 1 - from / count
  }
  return sorted
}

/** A call to `sort` costs more than so few rows. */
function insertionSort(part: Uint32Array, bytes: Uint8Array, offsets: Uint32Array, depth: number): void {
  for (let i = 1; i < part.length; i++) {
    const row = part[i]!
    let at = i
    for (; at > 0 && compare(bytes, offsets, part[at - 1]!, row, depth) > 0; at--) part[at] = part[at - 1]!
    part[at] = row
  }
}

function fold(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte
}

/** Four bytes from `depth` on as one number; what is beyond the end is 0. */
function keyOf(bytes: Uint8Array, offsets: Uint32Array, row: number, depth: number): number {
  const end = offsets[row + 1]!
  let key = 0
  for (let at = offsets[row]! + depth, i = 0; i < 4; i++, at++) key = key * 256 + (at < end ? fold(bytes[at]!) : 0)
  return key
}

/** Sorts a part by four bytes; @returns the ranges of equal ones that have more bytes to look at. */
function sortByKey(part: Uint32Array, bytes: Uint8Array, offsets: Uint32Array, depth: number): [number, number][] {
  const keys = new Uint32Array(part.length)
  for (let i = 0; i < part.length; i++) keys[i] = keyOf(bytes, offsets, part[i]!, depth)
  const order = orderOf(keys)
  const rows = part.slice()
  for (let i = 0; i < order.length; i++) part[i] = rows[order[i]!]!
  const equal: [number, number][] = []
  for (let start = 0; start < order.length;) {
    const key = keys[order[start]!]!
    let end = start + 1
    while (end < order.length && keys[order[end]!] === key) end++
    // A key that ends in 0 is a text that has ended.
    if (end - start > 1 && key % 256 !== 0) equal.push([start, end])
    start = end
  }
  return equal
}

function orderOf(keys: Uint32Array): Uint32Array {
  const indexes = new Uint32Array(keys.length)
  for (let i = 0; i < indexes.length; i++) indexes[i] = i
  if (keys.every((key) => key === keys[0])) return indexes
  if (keys.length > MANY) return radixSort(indexes, wholeDigits(keys), false)
  // Key and place in one number, which sorts without a call per comparison.
  const both = new Float64Array(keys.length)
  for (let i = 0; i < both.length; i++) both[i] = keys[i]! * 65_536 + i
  both.sort()
  for (let i = 0; i < both.length; i++) indexes[i] = both[i]! % 65_536
  return indexes
}

function compare(bytes: Uint8Array, offsets: Uint32Array, a: number, b: number, depth: number): number {
  let [i, j] = [offsets[a]! + depth, offsets[b]! + depth]
  const [endA, endB] = [offsets[a + 1]!, offsets[b + 1]!]
  for (; i < endA && j < endB; i++, j++) {
    const difference = fold(bytes[i]!) - fold(bytes[j]!)
    if (difference !== 0) return difference
  }
  return endA - i - (endB - j)
}
