import { followsRows, leakOf, rowOrderAuc } from '../backtest/leak'
import { countOutcomes } from '../backtest/outcome-histogram'
import { MISSING_CODE, textAt, valueAt, type CodedColumn, type Column, type Table } from '../column/column'
import { isMissingWord } from '../column/missing-word'
import { liesAhead } from '../model/as-of'
import type { Roles } from '../model/health-model'
import type { AsOf } from '../scoring/points'
import type { Finding } from './finding'
import { nearDuplicates } from './near-duplicates'
import { fencesOf, isOutlier } from './outliers'
import { repeatedCustomers, repeatedRows } from './repeated-customers'

export interface QualityInput {
  readonly table: Table
  readonly roles: Roles
  readonly asOf: AsOf | undefined
  /** Per row of the training part 1 or 0, else unknown; undefined without an outcome. */
  readonly training: Uint8Array | undefined
}

/** Rows that a finding names unless it is asked for all of them. */
const NAMED = 6
/** A value that so large a share of the filled rows has tells customers hardly apart. */
const NEARLY_ALL = 0.995
const LEAST_ROWS = 50

/**
 * What may be wrong with a table, column by column, so that whoever asks can breathe between them. First come the
 * customers who are there several times.
 * @param most rows that each finding names
 */
export function* findQuality(input: QualityInput, most = NAMED): Generator<Finding> {
  const { table, roles } = input
  const repeated = repeatedCustomers(table, roles)
  if (repeated && repeated.groups < table.rows) {
    const groups = repeatedRows(repeated)
    yield { kind: 'repeated customers', column: roles.id!, count: groups.length, groups: groups.slice(0, most) }
  }
  const orderTells = input.training && rowOrderAuc(input.training)
  for (const column of table.columns) yield* ofColumn(column, input, orderTells, most)
}

function* ofColumn(
  column: Column,
  input: QualityInput,
  orderTells: number | undefined,
  most: number,
): Generator<Finding> {
  const { table, roles } = input
  yield* gapsOf(column, table.rows, most)
  if (isNamed(column.name, roles)) return
  const own = oneValuePerRow(column, table.rows)
  const known = own || column.name === roles.snapshot ? undefined : knowsTheAnswer(column, input, orderTells)
  const flat = known ? undefined : constant(column, table.rows, most)
  if (flat) {
    yield flat
    return
  }
  if (own) yield own
  yield* outliers(column, table.rows, most)
  if (column.kind === 'coded') {
    const pairs = nearDuplicates(column)
    if (pairs.length > 0) yield { kind: 'near duplicates', column: column.name, pairs }
  }
  if (column.name === roles.snapshot) return
  const found = known ?? laterDates(column, input, most)
  if (found) yield found
}

/** Whether a column says who a customer is, or what became of them: it measures nothing. */
function isNamed(column: string, { id, name, outcome }: Roles): boolean {
  return column === id || column === name || column === outcome?.column
}

/** The rows that pass a test, and how many there are. */
function rowsWhere(rows: number, test: (row: number) => boolean, most: number) {
  const first: number[] = []
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (!test(row)) continue
    if (count++ < most) first.push(row)
  }
  return { count, rows: first }
}

function* gapsOf(column: Column, rows: number, most: number): Generator<Finding> {
  const { name } = column
  if (column.kind === 'coded') {
    const { unreadable, blank } = gapCodes(column)
    // Most columns have none: then no row has to be looked at.
    const blanks = rowsWhere(rows, (row) => blank[column.codes[row]!] === 1, most)
    if (blanks.count > 0) yield { kind: 'blank', column: name, ...blanks }
    if (!unreadable.includes(1)) return
    yield { kind: 'unreadable', column: name, ...rowsWhere(rows, (row) => unreadable[column.codes[row]!] === 1, most) }
    return
  }
  const isBlank =
    column.kind === 'text'
      ? (row: number) => column.offsets[row] === column.offsets[row + 1]
      : (row: number) => Number.isNaN(column.values[row]!)
  const blanks = rowsWhere(rows, isBlank, most)
  if (blanks.count > 0) yield { kind: 'blank', column: name, ...blanks }
}

/** Per code whether it is a gap of either kind. */
function gapCodes({ type, dictionary }: CodedColumn): { readonly blank: Uint8Array; readonly unreadable: Uint8Array } {
  const blank = new Uint8Array(MISSING_CODE + 1)
  const unreadable = new Uint8Array(MISSING_CODE + 1)
  blank[MISSING_CODE] = 1
  for (const [code, text] of dictionary.texts.entries()) {
    if (!Number.isNaN(dictionary.values[code]!)) continue
    if (isMissingWord(text, type)) blank[code] = 1
    else unreadable[code] = 1
  }
  return { blank, unreadable }
}

function constant(column: Column, rows: number, most: number): Finding | undefined {
  const value = commonest(column)
  if (!value || value.filled < LEAST_ROWS) return undefined
  const share = value.count / value.filled
  if (share < NEARLY_ALL) return undefined
  const differs = (row: number): boolean => {
    const x = valueAt(column, row)
    return !Number.isNaN(x) && x !== value.value
  }
  return { kind: 'constant', column: column.name, value: value.text, share, ...rowsWhere(rows, differs, most) }
}

/** The value that most rows have; rows that have any value. Floats have too many values for one to be everywhere. */
function commonest(column: Column) {
  if (column.kind !== 'coded') return undefined
  const { texts, values, counts } = column.dictionary
  let [at, filled] = [-1, 0]
  for (let code = 0; code < values.length; code++) {
    if (Number.isNaN(values[code]!)) continue
    filled += counts[code]!
    if (at < 0 || counts[code]! > counts[at]!) at = code
  }
  return at < 0 ? undefined : { text: texts[at]!, value: values[at]!, count: counts[at]!, filled }
}

/** A category or a text that no two rows share names the row and measures nothing. */
function oneValuePerRow(column: Column, rows: number): Finding | undefined {
  if (column.kind !== 'coded' || column.type !== 'category' || rows < LEAST_ROWS) return undefined
  const { values, counts } = column.dictionary
  const real = Array.from(values.keys()).filter((code) => !Number.isNaN(values[code]!))
  if (real.length < LEAST_ROWS || real.some((code) => counts[code]! > 1)) return undefined
  return { kind: 'one value per row', column: column.name, count: real.length }
}

function* outliers(column: Column, rows: number, most: number): Generator<Finding> {
  const fences = fencesOf(column)
  if (!fences) return
  const found = rowsWhere(rows, (row) => isOutlier(valueAt(column, row), fences), most)
  if (found.count > 0) yield { kind: 'outliers', column: column.name, ...fences, ...found }
}

function laterDates(column: Column, { table, roles, asOf }: QualityInput, most: number): Finding | undefined {
  if (column.type !== 'date' || asOf === undefined || liesAhead(column.name)) return undefined
  if (column.name === roles.outcome?.column) return undefined
  const day = (row: number): number => (typeof asOf === 'object' ? asOf[row]! : asOf)
  const found = rowsWhere(table.rows, (row) => valueAt(column, row) > day(row), most)
  return found.count > 0 ? { kind: 'later dates', column: column.name, ...found } : undefined
}

function knowsTheAnswer(
  column: Column,
  { training, asOf, table }: QualityInput,
  orderTells: number | undefined,
): Finding | undefined {
  if (!training || countOutcomes(training).events === 0 || column.type === 'text') return undefined
  const leak = leakOf({ column, outcome: training, asOf })
  if (leak && leak.kind !== 'dated after') return { kind: 'knows the answer', column: column.name, leak }
  if (leak || orderTells === undefined || !followsRows(column, table.rows)) return undefined
  return { kind: 'knows the answer', column: column.name, leak: { kind: 'row order', auc: orderTells } }
}

/** The cell that a finding is about, as written. */
export function findingCell(table: Table, column: string, row: number): string {
  const found = table.columns.find(({ name }) => name === column)
  return found ? textAt(found, row) : ''
}
