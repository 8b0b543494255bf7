import type { CodedColumn, Column, FloatColumn, TextColumn } from './column'
import { groupRows } from './group-rows'
import type { ColumnProfile, ValueCount } from './import-report'
import { isIdName } from './infer-type'
import { isMissingWord } from './missing-word'

/** Most values of a column that are listed with their rows. */
const LISTED = 50

/** A column in figures. `unreadable` of a float column was counted while it was read. */
export function profileOf(column: Column, rows: number, unreadable = 0): ColumnProfile {
  switch (column.kind) {
    case 'coded':
      return codedProfile(column, rows)
    case 'float':
      return floatProfile(column, unreadable)
    case 'text':
      return textProfile(column, rows)
  }
}

const NOTHING = { min: undefined, max: undefined, sum: undefined, values: [] as readonly ValueCount[] }

function codedProfile(column: CodedColumn, rows: number): ColumnProfile {
  const { name, type, dictionary } = column
  const { values, counts } = dictionary
  const real = Array.from(values.keys()).filter((code) => !Number.isNaN(values[code]!))
  const present = real.reduce((sum, code) => sum + counts[code]!, 0)
  const ordered = type === 'number' || type === 'date'
  return {
    ...NOTHING,
    name,
    type,
    layout: 'coded',
    distinct: ordered ? new Set(real.map((code) => values[code]!)).size : real.length,
    missing: rows - present,
    unreadable: unreadableRows(column),
    ...(ordered && real.length > 0 && { min: values[real[0]!]!, max: values[real.at(-1)!]! }),
    ...(type === 'number' && real.length > 0 && { sum: sumOf(real, (code) => values[code]! * counts[code]!) }),
    values: real.length <= LISTED ? listed(dictionary.texts, counts, real) : [],
  }
}

/** Rows whose text is no missing word and yet has no value as the type. */
function unreadableRows({ type, dictionary: { texts, values, counts } }: CodedColumn): number {
  return texts.reduce((sum, text, code) => {
    return sum + (Number.isNaN(values[code]!) && !isMissingWord(text, type) ? counts[code]! : 0)
  }, 0)
}

/** Most frequent first, equals in the order of the dictionary. */
function listed(texts: readonly string[], counts: Uint32Array, codes: readonly number[]): ValueCount[] {
  return codes.map((code) => ({ text: texts[code]!, rows: counts[code]! })).sort((a, b) => b.rows - a.rows)
}

function floatProfile({ name, values }: FloatColumn, unreadable: number): ColumnProfile {
  let missing = 0
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    if (Number.isNaN(value)) missing++
    else {
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  const some = missing < values.length
  return {
    ...NOTHING,
    name,
    type: 'number',
    layout: 'float',
    distinct: distinctNumbers(values),
    missing,
    unreadable,
    min: some ? min : undefined,
    max: some ? max : undefined,
    sum: some ? sumOf(values, (value) => (Number.isNaN(value) ? 0 : value)) : undefined,
  }
}

/** By sorting, which is several times faster than a set of a million numbers. */
function distinctNumbers(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  return distinct
}

function textProfile(column: TextColumn, rows: number): ColumnProfile {
  const { name, offsets } = column
  let missing = 0
  for (let row = 0; row < rows; row++) if (offsets[row] === offsets[row + 1]) missing++
  return {
    ...NOTHING,
    name,
    type: 'text',
    layout: 'text',
    distinct: isIdName(name) ? distinctTexts(column, rows, missing) : undefined,
    missing,
    unreadable: 0,
  }
}

/** Only asked of what may be an ID: counting a million names takes as long as reading them. */
function distinctTexts(column: TextColumn, rows: number, missing: number): number {
  // Most exports are in the order of their IDs, which says without counting that no two are the same.
  if (isRising(column, rows)) return rows - missing
  const { groups, blank } = groupRows(column, rows)
  return groups - (blank === undefined ? 0 : 1)
}

/** Whether every text comes after the one before, shorter ones first: C9 before C10. Blank cells are passed over. */
function isRising({ bytes, offsets }: TextColumn, rows: number): boolean {
  let [start, length] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const from = offsets[row]!
    const size = offsets[row + 1]! - from
    if (size === 0) continue
    if (size < length) return false
    if (size === length) {
      let at = 0
      while (at < size && bytes[from + at] === bytes[start + at]) at++
      if (at === size || bytes[from + at]! < bytes[start + at]!) return false
    }
    start = from
    length = size
  }
  return true
}

/**
 * Neumaier's compensated sum: a million amounts of money add up to the cent. Undefined where the numbers are so large
 * that no number holds their sum.
 */
function sumOf<Item>(items: Iterable<Item>, value: (item: Item) => number): number | undefined {
  let sum = 0
  let lost = 0
  for (const item of items) {
    const x = value(item)
    const next = sum + x
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum
    sum = next
  }
  return Number.isFinite(sum + lost) ? sum + lost : undefined
}
