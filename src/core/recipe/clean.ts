import { MISSING_CODE, valueAt, type CodedColumn, type Column, type FloatColumn, type Table } from '../column/column'
import { pickRows } from '../column/make-column'
import { isMissingWord } from '../column/missing-word'
import { recode, type Recoded } from '../column/recode'
import type { Roles } from '../model/health-model'
import { fencesOf, isOutlier, type Fences } from '../quality/outliers'
import { repeatedCustomers } from '../quality/repeated-customers'
import type { AsOf } from '../scoring/points'
import { cleaningOf, isUntouched, type Cleaning, type ColumnCleaning, type Repeated } from './cleaning'

/** A table as a person wants it. */
export interface Cleaned {
  readonly table: Table
  /** Per row of it the row that it was; undefined where every row stays. */
  readonly rows: Int32Array | undefined
  /** Rows that are left out for a gap, and those of customers who are there several times. */
  readonly withGaps: number
  readonly repeated: number
}

/**
 * A table as it is after what a person chose for it. Columns are changed first, then rows with gaps are left out, then
 * repeated customers become one.
 * @param roles whose ID and day tell which rows are of one customer
 * @param asOf the day that rows were true of; without it no date is too late
 */
export function cleanTable(
  table: Table,
  cleaning: Cleaning,
  { roles, asOf }: { readonly roles: Roles; readonly asOf: AsOf | undefined },
): Cleaned {
  if (isUntouched(cleaning)) return { table, rows: undefined, withGaps: 0, repeated: 0 }
  const columns = table.columns.map((column) => cleanColumn(column, cleaningOf(cleaning, column.name), asOf))
  const kept = rowsWithoutGaps(table, cleaning)
  const whole = keepRows({ ...table, columns }, kept)
  const withGaps = kept ? table.rows - kept.length : 0
  const one = cleaning.repeated && oneRowEach(whole, roles, cleaning.repeated)
  if (!one) return { table: whole, rows: kept, withGaps, repeated: 0 }
  return {
    table: one.table,
    rows: one.rows.map((row) => kept?.[row] ?? row),
    withGaps,
    repeated: whole.rows - one.table.rows,
  }
}

function keepRows(table: Table, rows: Int32Array | undefined): Table {
  return rows ? { rows: rows.length, columns: table.columns.map((column) => pickRows(column, rows)) } : table
}

function cleanColumn(column: Column, cleaning: ColumnCleaning, asOf: AsOf | undefined): Column {
  const fences = cleaning.outliers && fencesOf(column)
  if (column.kind === 'float') return cleanFloats(column, cleaning, fences)
  if (column.kind !== 'coded') return column
  const changes = changesOf(column, cleaning, fences)
  const recoded = changes.size > 0 ? recode(column, changes) : column
  return cleaning.later && recoded.kind === 'coded' && asOf !== undefined ? withoutLater(recoded, asOf) : recoded
}

const ZERO: Recoded = { text: '0', value: 0 }

function changesOf(column: CodedColumn, cleaning: ColumnCleaning, fences: Fences | undefined) {
  const { type, dictionary } = column
  const changes = new Map<number, Recoded | 'missing'>()
  const same = new Map(cleaning.same?.map(({ from, to }) => [from, to]))
  /** One may become another that becomes a third; never itself. */
  const meant = (text: string): string => {
    const seen = new Set([text])
    for (let to = same.get(text); to !== undefined && !seen.has(to); to = same.get(to)) {
      seen.add(to)
      text = to
    }
    return text
  }
  for (const [code, text] of dictionary.texts.entries()) {
    const value = dictionary.values[code]!
    if (same.has(text)) changes.set(code, { text: meant(text), value })
    else if (Number.isNaN(value)) {
      if (type === 'number' && cleaning[gapOf(column, code)] === 'zero') changes.set(code, ZERO)
    } else if (fences && isOutlier(value, fences)) {
      const fence = value < fences.low ? fences.low : fences.high
      changes.set(code, cleaning.outliers === 'cap' ? { text: String(fence), value: fence } : 'missing')
    }
  }
  if (type === 'number' && cleaning.blank === 'zero') changes.set(MISSING_CODE, ZERO)
  return changes
}

/** Whether a text without a value is a word for nothing, or something that could not be read. */
function gapOf({ type, dictionary }: CodedColumn, code: number): 'blank' | 'unreadable' {
  return isMissingWord(dictionary.texts[code]!, type) ? 'blank' : 'unreadable'
}

function cleanFloats(
  column: FloatColumn,
  { blank, unreadable, outliers }: ColumnCleaning,
  fences: Fences | undefined,
): FloatColumn {
  const zero = (blank ?? unreadable) === 'zero'
  if (!zero && !fences) return column
  const values = column.values.map((value) => {
    if (Number.isNaN(value)) return zero ? 0 : NaN
    if (!fences || !isOutlier(value, fences)) return value
    return outliers === 'missing' ? NaN : Math.min(Math.max(value, fences.low), fences.high)
  })
  return { ...column, values }
}

function withoutLater(column: CodedColumn, asOf: AsOf): Column {
  if (column.type !== 'date') return column
  const counts = column.dictionary.counts.slice()
  const codes = column.codes.map((code, row) => {
    const day = typeof asOf === 'object' ? asOf[row]! : asOf
    if (code === MISSING_CODE || !(column.dictionary.values[code]! > day)) return code
    counts[code]!--
    return MISSING_CODE
  })
  return recode({ ...column, codes, dictionary: { ...column.dictionary, counts } }, new Map())
}

/** The rows that have no gap in a column whose gaps leave rows out; undefined where that is every row. */
function rowsWithoutGaps(table: Table, cleaning: Cleaning): Int32Array | undefined {
  const gone = new Uint8Array(table.rows)
  for (const column of table.columns) {
    const { blank, unreadable } = cleaningOf(cleaning, column.name)
    if (blank !== 'leave out' && unreadable !== 'leave out') continue
    const isGap = gapTest(column, { blank, unreadable })
    for (let row = 0; row < table.rows; row++) if (isGap(row)) gone[row] = 1
  }
  if (!gone.includes(1)) return undefined
  const kept = Array.from(gone.keys()).filter((row) => gone[row] === 0)
  return Int32Array.from(kept)
}

function gapTest(
  column: Column,
  { blank, unreadable }: { blank: string | undefined; unreadable: string | undefined },
): (row: number) => boolean {
  if (column.kind === 'text') return (row) => blank === 'leave out' && column.offsets[row] === column.offsets[row + 1]
  if (column.kind === 'float') return (row) => Number.isNaN(column.values[row]!)
  const gaps = Uint8Array.from(column.dictionary.texts, (_, code) => {
    if (!Number.isNaN(column.dictionary.values[code]!)) return 0
    return Number((gapOf(column, code) === 'blank' ? blank : unreadable) === 'leave out')
  })
  return (row) => {
    const code = column.codes[row]!
    return code === MISSING_CODE ? blank === 'leave out' : gaps[code] === 1
  }
}

function oneRowEach(table: Table, roles: Roles, how: Repeated): { table: Table; rows: Int32Array } | undefined {
  const found = repeatedCustomers(table, roles)
  if (!found || found.groups === table.rows) return undefined
  const { group, groups } = found
  const first = new Int32Array(groups).fill(-1)
  const last = new Int32Array(groups)
  for (let row = 0; row < table.rows; row++) {
    if (first[group[row]!] === -1) first[group[row]!] = row
    last[group[row]!] = row
  }
  const rows = how === 'first' ? first : last
  if (how !== 'merge') return { table: keepRows(table, rows), rows }
  const columns = table.columns.map((column) => pickRows(column, lastWithValue(column, group, last)))
  return { table: { rows: groups, columns }, rows }
}

/** Per customer the last row that has something in a column, or the last of all. */
function lastWithValue(column: Column, group: Uint32Array, last: Int32Array): Int32Array {
  const rows = new Int32Array(last.length).fill(-1)
  for (let row = 0; row < group.length; row++) if (hasValue(column, row)) rows[group[row]!] = row
  return rows.map((row, i) => (row < 0 ? last[i]! : row))
}

function hasValue(column: Column, row: number): boolean {
  if (column.kind === 'text') return column.offsets[row] !== column.offsets[row + 1]
  return !Number.isNaN(valueAt(column, row))
}
