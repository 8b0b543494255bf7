import { valueAt, type Column } from '../column/column'
import { quantiles } from '../scoring/quantile'
import type { AsOf } from '../scoring/points'
import type { Spread } from './evaluation'
import { BINS } from './score-histogram'

/** Bars of a spread. */
const BARS = 14

/** A column's distinct values, rising, with the customers that have each, by outcome. */
export interface ValueCounts {
  readonly values: readonly number[]
  readonly events: readonly number[]
  readonly stayed: readonly number[]
  /** The code of each, where the column has codes. */
  readonly codes?: readonly number[]
}

/**
 * Counts a column's values by outcome. Dates count back from the as-of day; categories and booleans count by code.
 * @param outcome per row 1 event, 0 not; other rows are left out
 */
export function countValues(column: Column, outcome: Uint8Array, asOf: AsOf | undefined): ValueCounts {
  if (column.kind === 'text') return { values: [], events: [], stayed: [] }
  if (column.kind === 'coded' && (column.type !== 'date' || typeof asOf !== 'object')) {
    return countCodes(column, outcome, typeof asOf === 'number' ? asOf : undefined)
  }
  const back = column.type === 'date' && typeof asOf === 'object' ? asOf : undefined
  const counts = new Map<number, [number, number]>()
  for (let row = 0; row < outcome.length; row++) {
    const value = back ? back[row]! - valueAt(column, row) : valueAt(column, row)
    if (outcome[row]! > 1 || Number.isNaN(value)) continue
    const count = counts.get(value) ?? [0, 0]
    count[outcome[row] as 0 | 1]++
    counts.set(value, count)
  }
  const values = Array.from(Float64Array.from(counts.keys()).sort())
  return {
    values,
    events: values.map((value) => counts.get(value)![1]),
    stayed: values.map((value) => counts.get(value)![0]),
  }
}

function countCodes(column: Column & { kind: 'coded' }, outcome: Uint8Array, asOf: number | undefined): ValueCounts {
  const { values } = column.dictionary
  const events = new Float64Array(65536)
  const stayed = new Float64Array(65536)
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] === 1) events[column.codes[row]!]!++
    else if (outcome[row] === 0) stayed[column.codes[row]!]!++
  }
  const codes = Array.from(values.keys()).filter(
    (code) => !Number.isNaN(values[code]!) && events[code]! + stayed[code]! > 0,
  )
  if (column.type === 'date') codes.reverse()
  const valueOf = (code: number): number => (column.type === 'date' ? (asOf ?? 0) - values[code]! : values[code]!)
  return {
    values: codes.map(valueOf),
    events: codes.map((code) => events[code]!),
    stayed: codes.map((code) => stayed[code]!),
    codes,
  }
}

/**
 * A column's customers in up to 14 bars. Few values have a bar each; many are cut into equal steps between the first
 * and the last percentile, and what lies beyond is in the end bars. Of many categories the most frequent are shown.
 */
export function spreadOf(column: Column, counts: ValueCounts): Spread {
  if (column.kind === 'coded' && (column.type === 'category' || column.type === 'boolean'))
    return categorySpread(column, counts)
  const { values, events, stayed } = counts
  if (values.length <= BARS) return { events, stayed, from: values[0] ?? 0, to: values.at(-1) ?? 0 }
  const customers = values.map((_, i) => events[i]! + stayed[i]!)
  const [from, to] = quantiles({ values, counts: customers }, [0.01, 0.99])
  return bars(counts, from!, to! > from! ? to! : values.at(-1)!)
}

function bars({ values, events, stayed }: ValueCounts, from: number, to: number): Spread {
  const spread = { events: new Array<number>(BARS).fill(0), stayed: new Array<number>(BARS).fill(0), from, to }
  for (const [i, value] of values.entries()) {
    const bar = Math.min(BARS - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * BARS)))
    spread.events[bar]! += events[i]!
    spread.stayed[bar]! += stayed[i]!
  }
  return spread
}

function categorySpread(column: Column & { kind: 'coded' }, { events, stayed, codes = [] }: ValueCounts): Spread {
  const frequent = [...codes.keys()].sort((a, b) => events[b]! + stayed[b]! - events[a]! - stayed[a]!).slice(0, BARS)
  const shown = frequent.sort((a, b) => a - b)
  return {
    events: shown.map((i) => events[i]!),
    stayed: shown.map((i) => stayed[i]!),
    from: 0,
    to: Math.max(0, shown.length - 1),
    labels: shown.map((i) => column.dictionary.texts[codes[i]!]!),
  }
}

/** Scores in 14 bars from 0 to 100, from the customers per score of each outcome. */
export function scoreSpread(events: ArrayLike<number>, stayed: ArrayLike<number>): Spread {
  const barsOf = (counts: ArrayLike<number>): number[] => {
    const bars = new Array<number>(BARS).fill(0)
    for (let score = 0; score < BINS; score++) {
      bars[Math.min(BARS - 1, Math.floor((score * BARS) / 10000))]! += counts[score]!
    }
    return bars
  }
  return { events: barsOf(events), stayed: barsOf(stayed), from: 0, to: 100 }
}
