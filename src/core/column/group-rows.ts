import { MISSING_CODE, type CodedColumn, type Column, type FloatColumn, type TextColumn } from './column'

/** Rows that have the same cell, numbered in the order they first appear. */
export interface RowGroups {
  /** Per row, 0…groups − 1. */
  readonly group: Uint32Array
  readonly groups: number
  /** The group of blank cells, where there are any. */
  readonly blank: number | undefined
}

/** Groups rows by their cell as written: customers by their ID. Exact; two cells are one only byte for byte. */
export function groupRows(column: Column, rows: number): RowGroups {
  switch (column.kind) {
    case 'coded':
      return groupCodes(column, rows)
    case 'float':
      return groupNumbers(column, rows)
    case 'text':
      return groupTexts(column, rows)
  }
}

function groupCodes({ codes }: CodedColumn, rows: number): RowGroups {
  const group = new Uint32Array(rows)
  const ofCode = new Int32Array(MISSING_CODE + 1).fill(-1)
  let groups = 0
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!
    if (ofCode[code] === -1) ofCode[code] = groups++
    group[row] = ofCode[code]!
  }
  const blank = ofCode[MISSING_CODE]!
  return { group, groups, blank: blank < 0 ? undefined : blank }
}

function groupNumbers({ values }: FloatColumn, rows: number): RowGroups {
  const group = new Uint32Array(rows)
  const ofNumber = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    const value = values[row]!
    const known = ofNumber.get(value)
    if (known === undefined) ofNumber.set(value, ofNumber.size)
    group[row] = known ?? ofNumber.size - 1
  }
  return { group, groups: ofNumber.size, blank: ofNumber.get(NaN) }
}

/** By an open hash table of rows, twice as large as they are many. */
function groupTexts({ bytes, offsets }: TextColumn, rows: number): RowGroups {
  const group = new Uint32Array(rows)
  let size = 16
  while (size < 2 * rows) size *= 2
  const table = new Int32Array(size).fill(-1)
  let groups = 0
  let blank: number | undefined
  for (let row = 0; row < rows; row++) {
    let at = hash(bytes, offsets[row]!, offsets[row + 1]!) & (size - 1)
    while (table[at] !== -1 && !same(bytes, offsets, table[at]!, row)) at = (at + 1) & (size - 1)
    if (table[at] === -1) {
      table[at] = row
      group[row] = groups++
      if (offsets[row] === offsets[row + 1]) blank = group[row]
    } else group[row] = group[table[at]!]!
  }
  return { group, groups, blank }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
  return h ^ (h >>> 15)
}

function same(bytes: Uint8Array, offsets: Uint32Array, a: number, b: number): boolean {
  const length = offsets[a + 1]! - offsets[a]!
  if (length !== offsets[b + 1]! - offsets[b]!) return false
  for (let i = 0; i < length; i++) if (bytes[offsets[a]! + i] !== bytes[offsets[b]! + i]) return false
  return true
}
