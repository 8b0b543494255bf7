import { columnKey, type RowColumn, type RowQuery } from '../../src/core/customers/row-query'
import { filled } from '../../src/core/filled'
import { columnNamed, MISSING_CODE, type Column, type TextColumn } from '../../src/core/column/column'
import { NO_METRIC } from '../../src/core/scoring/reasons'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { NO_RULE } from './acting-rules'
import { floatDigits, radixSort, wholeDigits } from './radix-sort'
import { DIRECTIONS, type ScoredRows } from './scored-rows'

/** Keys to sort by, least significant digit first, and which rows have one. */
interface Keys {
  readonly digits: readonly Uint16Array[]
  readonly has: (row: number) => boolean
}

/** The column of texts that a list is sorted by, if it is by one. */
export function sortedText(sort: RowQuery['sort'], scored: ScoredRows): TextColumn | undefined {
  const column = sort && sourceOf(sort.column, scored)
  return column?.kind === 'text' ? column : undefined
}

/** Every row in the order of a column that is not of texts: who has no value comes last, whichever way it is sorted. */
export function rowOrder(sort: RowQuery['sort'], scored: ScoredRows): Uint32Array {
  const { rows } = scored.table
  if (!sort) return inFileOrder(rows, false)
  const { column, descending } = sort
  // Without a column of IDs a customer's ID is their place in the file.
  if (column.kind === 'id' && !scored.id) return inFileOrder(rows, descending)
  const source = sourceOf(column, scored)
  const keys = source ? sourceKeys(source) : modelKeys(column, scored)
  return keys ? keyOrder(keys, descending, rows) : inFileOrder(rows, false)
}

/** A text that two orders share exactly when they are one; scores differ by `scored.key`. */
export function orderKey(sort: RowQuery['sort'], scored: ScoredRows): string {
  if (!sort) return ''
  const { column, descending } = sort
  const by = column.kind === 'source' ? '' : column.kind === 'id' ? (scored.id?.name ?? '') : scored.key
  return JSON.stringify([columnKey(column), descending, by])
}

function sourceOf(column: RowColumn, { table, id }: ScoredRows): Column | undefined {
  if (column.kind === 'id') return id
  return column.kind === 'source' ? columnNamed(table, column.name) : undefined
}

function inFileOrder(rows: number, descending: boolean): Uint32Array {
  return filled(new Uint32Array(rows), (i) => (descending ? rows - 1 - i : i))
}

function keyOrder({ digits, has }: Keys, descending: boolean, rows: number): Uint32Array {
  const [having, rest] = [new Uint32Array(rows), new Uint32Array(rows)]
  let [count, others] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (has(row)) having[count++] = row
    else rest[others++] = row
  }
  const sorted = radixSort(having.subarray(0, count), digits, descending)
  if (others === 0) return sorted
  const all = new Uint32Array(rows)
  all.set(sorted)
  all.set(rest.subarray(0, others), count)
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
      return { digits: wholeDigits(scored.coverage().weights), has: () => true }
    case 'down':
    case 'up': {
      const { steps, metrics } = scored.reasons(DIRECTIONS[column.kind])
      const rising = new Uint16Array(steps.length)
      for (let row = 0; row < steps.length; row++) rising[row] = steps[row]! + 32_768
      return { digits: [rising], has: (row) => metrics[row] !== NO_METRIC }
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
