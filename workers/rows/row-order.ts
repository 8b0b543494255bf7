import { columnKey, type RowColumn } from '../../src/core/customers/row-query'
import { filled } from '../../src/core/filled'
import { columnNamed, MISSING_CODE, type Column, type TextColumn } from '../../src/core/column/column'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { NO_RULE, type ScoredRows } from './scored-rows'
import { floatDigits, radixSort, wholeDigits } from './radix-sort'
import type { TextOrders } from './text-orders'

/** Keys to sort by, least significant digit first, and which rows have one. */
interface Keys {
  readonly digits: readonly Uint16Array[]
  readonly has: (row: number) => boolean
}

/** Every row in the order of a column: who has no value comes last, whichever way it is sorted. */
export function rowOrder(
  column: RowColumn | undefined,
  descending: boolean,
  scored: ScoredRows,
  texts: TextOrders,
): Uint32Array {
  const { rows } = scored.table
  if (!column || column.kind === 'id') return idOrder(column, descending, scored, texts)
  const source = column.kind === 'source' ? columnNamed(scored.table, column.name) : undefined
  if (source?.kind === 'text') return textOrder(source, descending, rows, texts)
  const keys = source ? sourceKeys(source) : modelKeys(column, scored)
  return keys ? keyOrder(keys, descending, rows) : inFileOrder(rows, false)
}

/** A text that two orders share exactly when they are one; scores differ by `scored.key`. */
export function orderKey(column: RowColumn | undefined, descending: boolean, scored: ScoredRows): string {
  const by = !column || column.kind === 'source' ? '' : column.kind === 'id' ? (scored.id?.name ?? '') : scored.key
  return JSON.stringify([column && columnKey(column), descending, by])
}

function idOrder(
  column: RowColumn | undefined,
  descending: boolean,
  { table, id }: ScoredRows,
  texts: TextOrders,
): Uint32Array {
  if (!column || !id) return inFileOrder(table.rows, column !== undefined && descending)
  if (id.kind === 'text') return textOrder(id, descending, table.rows, texts)
  return keyOrder(sourceKeys(id)!, descending, table.rows)
}

function inFileOrder(rows: number, descending: boolean): Uint32Array {
  return filled(new Uint32Array(rows), (i) => (descending ? rows - 1 - i : i))
}

function textOrder(column: TextColumn, descending: boolean, rows: number, texts: TextOrders): Uint32Array {
  const rising = texts.of(column)
  const sorted = descending ? rising.toReversed() : rising
  const { offsets } = column
  return withRest(sorted, rows, (row) => offsets[row + 1]! > offsets[row]!)
}

function keyOrder({ digits, has }: Keys, descending: boolean, rows: number): Uint32Array {
  const having = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (has(row)) having[count++] = row
  return withRest(radixSort(having.subarray(0, count), digits, descending), rows, has)
}

function withRest(sorted: Uint32Array, rows: number, has: (row: number) => boolean): Uint32Array {
  if (sorted.length === rows) return sorted
  const all = new Uint32Array(rows)
  all.set(sorted)
  let at = sorted.length
  for (let row = 0; row < rows; row++) if (!has(row)) all[at++] = row
  return all
}

function sourceKeys(column: Column): Keys | undefined {
  switch (column.kind) {
    case 'coded': {
      const { codes, dictionary } = column
      return {
        digits: [codes],
        has: (row) => codes[row] !== MISSING_CODE && !Number.isNaN(dictionary.values[codes[row]!]),
      }
    }
    case 'float':
      return { digits: floatDigits(column.values), has: (row) => !Number.isNaN(column.values[row]) }
    case 'text':
      return undefined
  }
}

function modelKeys(column: RowColumn, scored: ScoredRows): Keys | undefined {
  switch (column.kind) {
    case 'score':
      return { digits: [scored.scores], has: (row) => scored.scores[row] !== NOT_SCORED }
    case 'tier': {
      const tiers = filled(new Uint16Array(scored.scores.length), (row) => scored.tier(scored.scores[row]!) + 1)
      return { digits: [tiers], has: (row) => scored.scores[row] !== NOT_SCORED }
    }
    case 'coverage':
      return {
        digits: wholeDigits(wholeNumbers(scored.coverage(), 1e6, 0)),
        has: () => true,
      }
    case 'down':
    case 'up': {
      const { steps, has } = scored.reasons(column.kind)
      return { digits: wholeDigits(wholeNumbers(steps, 1, 2 ** 31)), has: (row) => has[row] === 1 }
    }
    case 'rules': {
      const first = scored.firstRules()
      return { digits: [first], has: (row) => first[row] !== NO_RULE }
    }
    case 'outcome':
      return {
        digits: [filled(new Uint16Array(scored.classes.length), (row) => scored.classes[row]! & 1)],
        has: (row) => scored.classes[row]! < 4,
      }
    default:
      return undefined
  }
}

/** Every number times a factor, plus what makes it 0 or more, as a whole number. */
function wholeNumbers(values: Float64Array | Int32Array, factor: number, plus: number): Uint32Array {
  const whole = new Uint32Array(values.length)
  for (let row = 0; row < values.length; row++) whole[row] = Math.round(values[row]! * factor) + plus
  return whole
}
