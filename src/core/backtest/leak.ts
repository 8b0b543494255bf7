import { MISSING_CODE, valueAt, type Column } from '../column/column'
import { fixed, whole } from '../figure'
import { liesAhead } from '../model/as-of'
import type { AsOf } from '../scoring/points'
import { auc } from './auc'
import { columnRisk } from './column-risk'
import { outcomeWords } from './outcome-words'
import { histogramOf, type OutcomeHistogram } from './outcome-histogram'
import { CHANCE, LEAST_CUSTOMERS, tellingValue } from './telling-value'
import { nullVariance } from './verdict'

/** Why a column may already know the answer: backtest.md, Guards, Leaks. */
export type Leak =
  | { readonly kind: 'separates'; readonly auc: number }
  | { readonly kind: 'value tells'; readonly value: string; readonly customers: number }
  | { readonly kind: 'filled tells'; readonly customers: number }
  | { readonly kind: 'dated after'; readonly rows: number }
  | { readonly kind: 'identifies' }
  | { readonly kind: 'row order'; readonly auc: number }

const SEPARATES = 0.95
/** The normal quantile of a two-sided p of .001. */
const Z_999 = 3.2905267314919255

export interface LeakInput {
  readonly column: Column
  /** Per row of the training part 1 or 0; other rows are left out. */
  readonly outcome: Uint8Array
  readonly asOf: AsOf | undefined
}

/** The first reason to suspect a column on the training part, by its raw values; undefined when there is none. */
export function leakOf({ column, outcome, asOf }: LeakInput): Leak | undefined {
  if (identifies(column)) return { kind: 'identifies' }
  return (
    separates(column, outcome, asOf) ?? telling(column, outcome) ?? filled(column, outcome) ?? datedAfter(column, asOf)
  )
}

/**
 * The same for the column of a metric: a date that lies ahead by its nature tells nothing, and a column that follows the rows
 * tells what their order does.
 * @param orderTells of `rowOrderAuc`
 */
export function metricLeak(
  input: LeakInput & { readonly rows: number; readonly orderTells: number | undefined },
): Leak | undefined {
  const { column, rows, orderTells } = input
  const leak = leakOf(input)
  if (leak && !(leak.kind === 'dated after' && liesAhead(column.name))) return leak
  return orderTells === undefined || !followsRows(column, rows) ? undefined : { kind: 'row order', auc: orderTells }
}

/** What a leak is, in words for whoever decides whether to use the column. */
export function describeLeak(leak: Leak, column: string, objective: 'churn' | 'expand' = 'churn'): string {
  const { happened, stayed } = outcomeWords(objective)
  switch (leak.kind) {
    case 'separates':
      return `Alone, “${column}” separates ${happened} from ${stayed} with AUC ${fixed(leak.auc, 3)}. Signs this strong are often recorded after the customer decided${objective === 'churn' ? ' to leave' : ''}.`
    case 'value tells':
      return leak.value === ''
        ? `“${column}” is blank for ${whole(leak.customers)} customers, all of whom ${happened}.`
        : `“${column}” is “${leak.value}” for ${whole(leak.customers)} customers, all of whom ${happened}.`
    case 'filled tells':
      return `“${column}” is filled for ${whole(leak.customers)} customers, all of whom ${happened}.`
    case 'dated after':
      return `“${column}” is dated after the as-of day for ${whole(leak.rows)} customers, so it was not known then.`
    case 'identifies':
      return `“${column}” is different for every customer: it names them and measures nothing.`
    case 'row order':
      return `“${column}” follows the order of the file, and the order of the file tells who ${happened} (AUC ${fixed(leak.auc, 3)}).`
  }
}

/** A value for every row and no number or date: it names customers. */
function identifies(column: Column): boolean {
  if (column.type === 'text') return true
  if (column.kind !== 'coded' || column.type !== 'category') return false
  const { counts } = column.dictionary
  return counts.length > 50 && counts.every((count) => count === 1)
}

function telling(column: Column, outcome: Uint8Array): Leak | undefined {
  const told = tellingValue(column, outcome)
  return told && { kind: 'value tells', ...told }
}

function separates(column: Column, outcome: Uint8Array, asOf: AsOf | undefined): Leak | undefined {
  const histogram = columnRisk(column, outcome, asOf)
  const value = histogram && auc(histogram).auc
  if (!histogram || value === undefined) return undefined
  const strength = Math.max(value, 1 - value)
  return strength >= SEPARATES && isBeyondChance(value, histogram) ? { kind: 'separates', auc: strength } : undefined
}

/** Two churned customers out of nine separate perfectly by luck: less than once in a thousand it must be. */
function isBeyondChance(value: number, histogram: OutcomeHistogram): boolean {
  return Math.abs(value - 0.5) / Math.sqrt(nullVariance(histogram)) > Z_999
}

/** A column that only churned customers have anything in, such as the reason why they left. */
function filled(column: Column, outcome: Uint8Array): Leak | undefined {
  let customers = 0
  let events = 0
  let known = 0
  let happened = 0
  const isBlankAt = blankOf(column)
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row]! > 1) continue
    known++
    happened += outcome[row]!
    if (isBlankAt(row)) continue
    customers++
    events += outcome[row]!
  }
  if (customers < LEAST_CUSTOMERS || customers === known || events < customers) return undefined
  return 2 * (happened / known) ** customers < CHANCE ? { kind: 'filled tells', customers } : undefined
}

/** Whether a row has nothing written, without making its text. */
function blankOf(column: Column): (row: number) => boolean {
  switch (column.kind) {
    case 'coded': {
      const { codes, dictionary } = column
      const blank = dictionary.texts.indexOf('')
      return (row) => codes[row] === MISSING_CODE || codes[row] === blank
    }
    case 'float': {
      const { values } = column
      return (row) => Number.isNaN(values[row]!)
    }
    case 'text': {
      const { offsets } = column
      return (row) => offsets[row] === offsets[row + 1]
    }
  }
}

function datedAfter(column: Column, asOf: AsOf | undefined): Leak | undefined {
  if (column.type !== 'date' || asOf === undefined) return undefined
  let rows = 0
  for (let row = 0; row < column.codes.length; row++) {
    if (valueAt(column, row) > (typeof asOf === 'object' ? asOf[row]! : asOf)) rows++
  }
  return rows > 0 ? { kind: 'dated after', rows } : undefined
}

/**
 * Whether the order of the file tells who churned: AUC of the row number outside .4 to .6 with p under .001 by the
 * variance under no signal. Gives the larger of the AUC and its mirror.
 */
export function rowOrderAuc(outcome: Uint8Array): number | undefined {
  const histogram: OutcomeHistogram = histogramOf(
    Float64Array.from(outcome, (_, row) => row),
    outcome,
  )
  const value = auc(histogram).auc
  if (value === undefined || Math.abs(value - 0.5) <= 0.1) return undefined
  return isBeyondChance(value, histogram) ? Math.max(value, 1 - value) : undefined
}

/** Whether a column's values rise, or fall, from every row to the next, as running numbers do. */
export function followsRows(column: Column, rows: number): boolean {
  if (rows < 3 || column.type === 'text' || column.type === 'category') return false
  const rising = valueAt(column, 1) > valueAt(column, 0)
  for (let row = 1; row < rows; row++) {
    const ahead = valueAt(column, row) - valueAt(column, row - 1)
    if (!(rising ? ahead > 0 : ahead < 0)) return false
  }
  return true
}
