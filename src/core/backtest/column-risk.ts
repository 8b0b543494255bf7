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
  const ofRow =
    column.type === 'date' && typeof asOf === 'object'
      ? (row: number) => asOf[row]! - valueAt(column, row)
      : (row: number) => valueAt(column, row)
  return histogramOf(
    Float64Array.from(outcome, (_, row) => ofRow(row)),
    outcome,
  )
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
