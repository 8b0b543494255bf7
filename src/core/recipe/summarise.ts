import { columnNamed, textAt, valueAt, type Column, type Table } from '../column/column'
import { columnOfNumbers, pickRows } from '../column/make-column'
import { bindCondition } from '../formula/bind'
import { evaluateFormula } from '../formula/evaluate'
import type { AsOf } from '../scoring/points'
import { quantiles, weigh } from '../scoring/quantile'
import type { NewColumn, Summary } from './recipe'

/** Days of a month, as trends count them. */
const MONTH = 30.4375

/** A file's rows by customer, in the order they happened. */
export interface Grouped {
  readonly table: Table
  /** Row numbers, group after group: those of group g are order[starts[g] … starts[g + 1]). */
  readonly order: Uint32Array
  readonly starts: Uint32Array
  /** When each row happened, in days; undefined where the file does not say. */
  readonly days: Float64Array | undefined
}

/** @param group per row the customer's group, −1 for nobody's */
export function groupByCustomer(table: Table, group: Int32Array, groups: number, date: Column | undefined): Grouped {
  const starts = new Uint32Array(groups + 1)
  for (const each of group) if (each >= 0) starts[each + 1]!++
  for (let g = 0; g < groups; g++) starts[g + 1]! += starts[g]!
  const next = starts.slice()
  const order = new Uint32Array(starts[groups]!)
  for (let row = 0; row < table.rows; row++) {
    const g = group[row]!
    if (g >= 0) order[next[g]!++] = row
  }
  const days = date && Float64Array.from({ length: table.rows }, (_, row) => valueAt(date, row))
  // A row without a date cannot be placed in time: it comes first, and in no window.
  if (days) {
    const time = (row: number): number => (Number.isNaN(days[row]!) ? -Infinity : days[row]!)
    for (let g = 0; g < groups; g++) {
      order.subarray(starts[g], starts[g + 1]).sort((a, b) => time(a) - time(b) || a - b)
    }
  }
  return { table, order, starts, days }
}

/**
 * A new column: one cell per customer from the rows that happened up to the customer's as-of day. Nobody's future
 * enters, but for an outcome's date. Without a row, counts are 0 and all else is missing; a sum over a window without a row is 0 where the customer
 * has rows at all.
 * @param groups per customer the group of their key, −1 for a blank key
 */
export function summarise(grouped: Grouped, column: NewColumn, groups: Int32Array, asOf: AsOf | undefined): Column {
  const { table } = grouped
  const source = column.column === undefined ? undefined : columnNamed(table, column.column)
  const meets = condition(table, column.where, asOf)
  if (column.how === 'outcome date') {
    return source
      ? pickRows(source, outcomeRows(grouped, source, groups, meets, asOf), column.name)
      : columnOfNumbers(column.name, new Float64Array(groups.length).fill(NaN))
  }
  const rowsOf = rowsUpTo(grouped, column, meets, asOf)
  if (picks(column.how)) {
    const picked = Int32Array.from(groups, (group, customer) => pick(column.how, rowsOf(group, customer), source))
    return source
      ? pickRows(source, picked, column.name)
      : columnOfNumbers(column.name, new Float64Array(groups.length).fill(NaN))
  }
  const values = new Float64Array(groups.length)
  for (let customer = 0; customer < values.length; customer++) {
    const group = groups[customer]!
    const known = group >= 0 && grouped.starts[group + 1]! > grouped.starts[group]!
    const day = typeof asOf === 'object' ? asOf[customer]! : (asOf ?? NaN)
    values[customer] =
      group < 0 ? NaN : sumUp(column.how, rowsOf(group, customer), { source, days: grouped.days, day, known })
  }
  return columnOfNumbers(column.name, values)
}

function condition(
  table: Table,
  where: string | undefined,
  asOf: AsOf | undefined,
): ((row: number) => boolean) | undefined {
  if (where === undefined) return undefined
  const bound = bindCondition(where, table.columns)
  if (!bound.ok) return () => false
  // A row's condition has no customer's as-of day of its own, so it may only count from the one of all.
  const { values } = evaluateFormula(bound.value, table, typeof asOf === 'number' ? asOf : undefined)
  return (row) => values[row] === 1
}

/** The rows of a customer that count, in the order they happened. */
function rowsUpTo(
  { order, starts, days }: Grouped,
  { window }: NewColumn,
  meets: ((row: number) => boolean) | undefined,
  asOf: AsOf | undefined,
): (group: number, customer: number) => readonly number[] {
  const { from, to } = window ?? { from: 0, to: Infinity }
  return (group, customer) => {
    const rows: number[] = []
    if (group < 0) return rows
    const today = typeof asOf === 'object' ? asOf[customer]! : (asOf ?? NaN)
    for (let at = starts[group]!; at < starts[group + 1]!; at++) {
      const row = order[at]!
      if (meets && !meets(row)) continue
      const ago = days ? today - days[row]! : NaN
      const inTime = Number.isNaN(ago) ? window === undefined : ago >= from && ago < to
      if (inTime) rows.push(row)
    }
    return rows
  }
}

/**
 * Per customer the row of the first date after the as-of day, or of the last one before it: what an outcome by date
 * needs, and the only thing that may look ahead.
 */
function outcomeRows(
  { order, starts }: Grouped,
  source: Column,
  groups: Int32Array,
  meets: ((row: number) => boolean) | undefined,
  asOf: AsOf | undefined,
): Int32Array {
  return groups.map((group, customer) => {
    const today = typeof asOf === 'object' ? asOf[customer]! : (asOf ?? -Infinity)
    const rows = group < 0 ? [] : [...order.subarray(starts[group], starts[group + 1])]
    const byDay = rows
      .filter((row) => !Number.isNaN(valueAt(source, row)) && (!meets || meets(row)))
      .sort((a, b) => valueAt(source, a) - valueAt(source, b))
    return byDay.find((row) => valueAt(source, row) > today) ?? byDay.at(-1) ?? -1
  })
}

/** Whether a summary is the cell of one of the rows. */
function picks(how: Summary): boolean {
  return how === 'first' || how === 'last' || how === 'min' || how === 'max'
}

function pick(how: Summary, rows: readonly number[], source: Column | undefined): number {
  if (!source) return -1
  const filled = rows.filter((row) => isFilled(source, row))
  if (how === 'first') return filled[0] ?? -1
  if (how === 'last') return filled.at(-1) ?? -1
  const sign = how === 'min' ? 1 : -1
  let best = -1
  for (const row of filled) if (best < 0 || sign * (valueAt(source, row) - valueAt(source, best)) < 0) best = row
  return best
}

function isFilled(column: Column, row: number): boolean {
  return column.kind === 'text' ? column.offsets[row + 1]! > column.offsets[row]! : !Number.isNaN(valueAt(column, row))
}

interface Around {
  readonly source: Column | undefined
  readonly days: Float64Array | undefined
  readonly day: number
  /** Whether the customer has any row in the file, in the window or not. */
  readonly known: boolean
}

function sumUp(how: Summary, rows: readonly number[], { source, days, day, known }: Around): number {
  if (how === 'count') return rows.length
  if (how === 'days since last') {
    const last = days && rows.length > 0 ? days[rows.at(-1)!]! : NaN
    return day - last
  }
  if (!source) return NaN
  if (how === 'distinct')
    return new Set(rows.filter((row) => isFilled(source, row)).map((row) => keyOf(source, row))).size
  const filled = rows.filter((row) => !Number.isNaN(valueAt(source, row)))
  const values = filled.map((row) => valueAt(source, row))
  return ofNumbers(how, values, known, days && filled.map((row) => days[row]!))
}

function keyOf(column: Column, row: number): number | string {
  if (column.kind !== 'text') return valueAt(column, row)
  return textAt(column, row)
}

function ofNumbers(
  how: Summary,
  values: readonly number[],
  known: boolean,
  days: readonly number[] | undefined,
): number {
  const sum = values.reduce((total, value) => total + value, 0)
  switch (how) {
    case 'sum':
      return values.length === 0 && !known ? NaN : sum
    case 'mean':
      return values.length === 0 ? NaN : sum / values.length
    case 'median':
      return quantiles(weigh(Float64Array.from(values)), [0.5])[0]!
    case 'last against before':
      return values.length < 2 ? NaN : values.at(-1)! - values.at(-2)!
    case 'slope per month':
      return slope(values, days)
    default:
      return NaN
  }
}

/** The slope of the least-squares line through the values over time, per month; missing where all are of one day. */
function slope(values: readonly number[], days: readonly number[] | undefined): number {
  if (!days || values.length < 2) return NaN
  const meanDay = days.reduce((sum, day) => sum + day, 0) / days.length
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [products, squares] = [0, 0]
  for (const [i, day] of days.entries()) {
    products += (day - meanDay) * (values[i]! - mean)
    squares += (day - meanDay) ** 2
  }
  return squares === 0 ? NaN : (products / squares) * MONTH
}
