import { valueAt, type CodedColumn, type Column } from '../column/column'
import type { AsOf } from '../scoring/points'
import { histogramOf, type OutcomeHistogram } from './outcome-histogram'

/**
 * A raw column as a risk, untransformed: the larger value is the riskier, equal values tie. A date counts the days
 * before the as-of day, 0 and 1 stand for a boolean. Categories and texts have no order: undefined.
 * @param outcome per row 1 event, 0 non-event; other rows are left out
 */
export function columnRisk(column: Column, outcome: Uint8Array, asOf?: AsOf): OutcomeHistogram | undefined {
  if (column.type === 'text' || column.type === 'category') return undefined
  if (column.kind === 'coded' && typeof asOf !== 'object') return codedRisk(column, outcome)
  return histogramOf(risks(column, outcome.length, asOf), outcome)
}

/** A raw column's risk by row, as `columnRisk` has it; the days of dates count from 1970 where there is one as-of day. */
function risks(column: Column, rows: number, asOf: AsOf | undefined): Float64Array {
  if (column.type !== 'date') return Float64Array.from({ length: rows }, (_, row) => valueAt(column, row))
  const from = (row: number): number => (typeof asOf === 'object' ? asOf[row]! : 0)
  return Float64Array.from({ length: rows }, (_, row) => from(row) - valueAt(column, row))
}

/** The judged rows of a raw column by risk, and the bin of each: what a clustered AUC is made of. */
export interface BinnedRisk {
  readonly histogram: OutcomeHistogram
  /** Per row, 0 the riskiest; one that there is not where it has no value. */
  readonly bins: Uint32Array
}

/** As `columnRisk`, with the bin of every row. */
export function binnedRisk(column: Column, outcome: Uint8Array, asOf?: AsOf): BinnedRisk | undefined {
  if (column.type === 'text' || column.type === 'category') return undefined
  const values = risks(column, outcome.length, asOf)
  const known = values.filter((value) => !Number.isNaN(value))
  const falling = Array.from(new Set(known)).sort((a, b) => b - a)
  const binOf = new Map(falling.map((value, bin) => [value, bin]))
  const bins = Uint32Array.from(values, (value) => binOf.get(value) ?? falling.length)
  const histogram = { events: new Float64Array(falling.length), nonEvents: new Float64Array(falling.length) }
  for (let row = 0; row < bins.length; row++) {
    if (outcome[row]! > 1 || bins[row] === falling.length) continue
    histogram[outcome[row] === 1 ? 'events' : 'nonEvents'][bins[row]!]!++
  }
  return { histogram, bins }
}

/** By counting codes: dictionaries rise, so the riskiest value is the last one, or the first of dates. */
function codedRisk({ codes, dictionary, type }: CodedColumn, outcome: Uint8Array): OutcomeHistogram {
  const { values } = dictionary
  const counts = [new Float64Array(values.length + 1), new Float64Array(values.length + 1)] as const
  for (let row = 0; row < codes.length; row++) {
    const happened = outcome[row]!
    if (happened > 1) continue
    counts[happened as 0 | 1][Math.min(codes[row]!, values.length)]!++
  }
  const order = Array.from(values.keys()).filter((code) => !Number.isNaN(values[code]!))
  if (type !== 'date') order.reverse()
  const nonEvents: number[] = []
  const events: number[] = []
  let before: number | undefined
  for (const code of order) {
    if (values[code] !== before) {
      events.push(0)
      nonEvents.push(0)
    }
    before = values[code]!
    events[events.length - 1]! += counts[1][code]!
    nonEvents[nonEvents.length - 1]! += counts[0][code]!
  }
  return { events: Float64Array.from(events), nonEvents: Float64Array.from(nonEvents) }
}
