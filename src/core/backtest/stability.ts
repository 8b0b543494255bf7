import { MISSING_CODE, type CodedColumn, type Column } from '../column/column'
import type { AsOf } from '../scoring/points'
import { quantiles, weigh, type Weighted } from '../scoring/quantile'
import { countBetween, populationStability, tenthEdges, type PopulationStability } from './population-stability'
import { BINS, type ScoreHistogram } from './score-histogram'

/** How some customers spread over the values of a metric, or over scores. */
export interface Spread {
  /** Of numbers: rising values with their customers. */
  readonly numbers?: Weighted
  /** Whether the numbers are days before the as-of day. */
  readonly days?: boolean
  /** Of categories, and of yes and no: customers by name. */
  readonly names?: ReadonlyMap<string, number>
  /** Customers without a value. */
  readonly missing: number
}

/** What has changed most between two spreads. */
export type SpreadChange =
  | { readonly kind: 'median'; readonly before: number; readonly now: number }
  /** Medians of days before the as-of day; below 0 for days that were still to come. */
  | { readonly kind: 'days'; readonly before: number; readonly now: number }
  /** Shares of the customers, 0…1. */
  | { readonly kind: 'filled'; readonly before: number; readonly now: number }
  | { readonly kind: 'share'; readonly name: string; readonly before: number; readonly now: number }

export interface Stability extends PopulationStability {
  readonly change: SpreadChange
}

/** Most categories with a bin of their own: the commonest of the reference. The others share one. */
const MOST_NAMES = 20

/**
 * How far the customers of now are from those of the reference: by the tenths of the reference's numbers, or by
 * categories, with a bin for the missing. Undefined when there is nothing to compare: one side has nobody, all share a
 * bin, or numbers became categories.
 */
export function stability(reference: Spread, now: Spread): Stability | undefined {
  if (reference.numbers && now.numbers) return ofNumbers(reference.numbers, now.numbers, reference, now)
  if (reference.names && now.names) return ofNames(reference.names, now.names, reference, now)
  return undefined
}

function ofNumbers(before: Weighted, after: Weighted, reference: Spread, now: Spread): Stability | undefined {
  const edges = tenthEdges(before)
  const [old, recent] = [countBetween(before, reference.missing, edges), countBetween(after, now.missing, edges)]
  const found = populationStability(old, recent)
  if (!found) return undefined
  const filled = filledChange(reference, now)
  // A gap that opens or closes is told before a shift of those who remain.
  if (shareOfMove(old, recent, old.length - 1) > 0.5) return { ...found, change: filled }
  const [from] = quantiles(before, [0.5])
  const [to] = quantiles(after, [0.5])
  const isTold = !Number.isNaN(from) && !Number.isNaN(to)
  return { ...found, change: isTold ? { kind: reference.days ? 'days' : 'median', before: from!, now: to! } : filled }
}

function ofNames(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  reference: Spread,
  now: Spread,
): Stability | undefined {
  const commonest = [...before].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name)
  const bins = commonest.slice(0, MOST_NAMES)
  const others = (counts: ReadonlyMap<string, number>): number =>
    total(counts) - bins.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0)
  const binned = (counts: ReadonlyMap<string, number>, missing: number): number[] => [
    ...bins.map((name) => counts.get(name) ?? 0),
    others(counts),
    missing,
  ]
  const [old, recent] = [binned(before, reference.missing), binned(after, now.missing)]
  const found = populationStability(old, recent)
  if (!found) return undefined
  const parts = old.map((_, bin) => shareOfMove(old, recent, bin))
  const told = parts.indexOf(Math.max(...parts))
  // Of yes and no, which move alike, people ask for the yes.
  const most = bins[told] === 'No' && bins.includes('Yes') ? bins.indexOf('Yes') : told
  if (most === old.length - 1) return { ...found, change: filledChange(reference, now) }
  const share = (counts: readonly number[]): number => counts[most]! / sumOf(counts)
  return { ...found, change: { kind: 'share', name: bins[most] ?? 'others', before: share(old), now: share(recent) } }
}

/** How much of the distance between two counts is that of one bin, 0…1, empty cells counting half a customer. */
function shareOfMove(reference: readonly number[], now: readonly number[], bin: number): number {
  const [before, after] = [reference, now].map(sumOf)
  const moves = reference.map((count, i) => {
    if (count + now[i]! === 0) return 0
    const [expected, actual] = [(count || 0.5) / before!, (now[i]! || 0.5) / after!]
    return (actual - expected) * Math.log(actual / expected)
  })
  const all = sumOf(moves)
  return all === 0 ? 0 : moves[bin]! / all
}

function filledChange(reference: Spread, now: Spread): SpreadChange {
  const filled = (spread: Spread): number => {
    const present = spread.names ? total(spread.names) : sumOf(spread.numbers?.counts ?? [])
    return present / (present + spread.missing)
  }
  return { kind: 'filled', before: filled(reference), now: filled(now) }
}

function total(counts: ReadonlyMap<string, number>): number {
  return sumOf([...counts.values()])
}

function sumOf(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0)
}

/**
 * How a column's values spread: numbers, dates as days before the as-of day, names of categories, yes and no. Undefined
 * for text, and for dates without an as-of day.
 */
export function columnSpread(column: Column, asOf: AsOf | undefined): Spread | undefined {
  if (column.kind === 'text') return undefined
  if (column.kind === 'float') return numberSpread(weigh(column.values), column.values.length)
  const { type, dictionary, codes } = column
  if (type === 'number') return numberSpread(dictionaryNumbers(dictionary), codes.length)
  if (type === 'date')
    return asOf === undefined ? undefined : { ...numberSpread(daysBefore(column, asOf), codes.length), days: true }
  const names = new Map<string, number>()
  for (const [code, value] of dictionary.values.entries()) {
    if (Number.isNaN(value)) continue
    const name = type === 'boolean' ? (value === 1 ? 'Yes' : 'No') : dictionary.texts[code]!
    names.set(name, (names.get(name) ?? 0) + dictionary.counts[code]!)
  }
  return { names, missing: codes.length - total(names) }
}

function numberSpread(numbers: Weighted, rows: number): Spread {
  return { numbers, missing: rows - sumOf(numbers.counts) }
}

function dictionaryNumbers({ values, counts }: CodedColumn['dictionary']): Weighted {
  const real = Array.from(values.keys()).filter((code) => !Number.isNaN(values[code]!))
  return { values: real.map((code) => values[code]!), counts: real.map((code) => counts[code]!) }
}

function daysBefore({ codes, dictionary }: CodedColumn, asOf: AsOf): Weighted {
  const dayOf = (row: number): number => (typeof asOf === 'number' ? asOf : asOf[row]!)
  return weigh(
    Float64Array.from(codes, (code, row) => (code === MISSING_CODE ? NaN : dayOf(row) - dictionary.values[code]!)),
  )
}

/** How scores spread, 0…100, with those who are not scored as missing. */
export function scoreSpread({ counts, notScored }: ScoreHistogram): Spread {
  const customers = Array.from({ length: BINS }, (_, score) => {
    let sum = 0
    for (let at = score; at < counts.length; at += BINS) sum += counts[at]!
    return sum
  })
  const held = [...customers.keys()].filter((score) => customers[score]! > 0)
  return {
    numbers: { values: held.map((score) => score / 100), counts: held.map((score) => customers[score]!) },
    missing: sumOf(notScored),
  }
}
