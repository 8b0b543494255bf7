import type { SortedTexts } from './sorted-texts'

/** Listed rows in their order, of which no more need be worked out than somebody looks at. */
export interface RowList {
  readonly length: number
  /** The rows at places from–to, the end left out; to be read only. */
  readonly slice: (from: number, to: number) => Uint32Array
  /** The place of a row in the list, from 0; −1 where it is not listed. */
  readonly placeOf: (row: number) => number
  /** Everybody listed, in whatever order; to be read only. */
  readonly members: () => Uint32Array
}

/** A list that is known already. */
export function listOf(rows: Uint32Array): RowList {
  return {
    length: rows.length,
    slice: (from, to) => rows.subarray(from, to),
    placeOf: (row) => rows.indexOf(row),
    members: () => rows,
  }
}

/** By a text, rising or from its end. @param rest who has none: they come last either way */
export function listByText(texts: SortedTexts, descending: boolean, rest: Uint32Array): RowList {
  const { length } = texts
  const sorted = (from: number, to: number): Uint32Array =>
    descending ? texts.slice(length - to, length - from).toReversed() : texts.slice(from, to)
  const together = (a: Uint32Array, b: Uint32Array): Uint32Array => {
    const all = new Uint32Array(a.length + b.length)
    all.set(a)
    all.set(b, a.length)
    return all
  }
  return {
    length: length + rest.length,
    slice: (from, to) => {
      const [start, end] = [Math.min(from, length), Math.min(to, length)]
      return together(sorted(start, end), rest.subarray(Math.max(0, from - length), Math.max(0, to - length)))
    },
    placeOf: (row) => {
      const place = texts.placeOf(row)
      if (place >= 0) return descending ? length - 1 - place : place
      const last = rest.indexOf(row)
      return last < 0 ? -1 : length + last
    },
    members: () => together(texts.members, rest),
  }
}
