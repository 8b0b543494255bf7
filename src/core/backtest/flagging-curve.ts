import { totals, type OutcomeHistogram } from './outcome-histogram'

/** One place on the way from flagging nobody to flagging everybody: a point of the ROC curve and of the gains curve. */
export interface CurvePoint {
  /** Riskiest bins that are flagged. */
  readonly bins: number
  /** Of the events, of the non-events and of all customers, the share that is flagged, 0…1. */
  readonly caught: number
  readonly falseAlarms: number
  readonly flagged: number
}

const START: CurvePoint = { bins: 0, caught: 0, falseAlarms: 0, flagged: 0 }

/**
 * The ROC and gains curves, from nobody flagged to everybody, one point per bin that holds somebody. Of more than
 * `most` (2 or more) those are kept that are a step of equal size apart in customers flagged; the ends always are.
 * Undefined without an event or without a non-event.
 * @example flaggingCurve({ events: [1, 0], nonEvents: [0, 1] }) // (0, 0), (1, 0) at half the customers, (1, 1)
 */
export function flaggingCurve(histogram: OutcomeHistogram, most = 400): readonly CurvePoint[] | undefined {
  const { events, nonEvents } = histogram
  const all = totals(histogram)
  if (all.events === 0 || all.nonEvents === 0) return undefined
  const step = all.customers / (most - 1)
  const points = [START]
  let [caught, alarmed, kept] = [0, 0, 0]
  for (let bin = 0; bin < events.length; bin++) {
    if (events[bin] === 0 && nonEvents[bin] === 0) continue
    caught += events[bin]!
    alarmed += nonEvents[bin]!
    const flagged = caught + alarmed
    if (flagged - kept < step && flagged < all.customers) continue
    kept = flagged
    points.push({
      bins: bin + 1,
      caught: caught / all.events,
      falseAlarms: alarmed / all.nonEvents,
      flagged: flagged / all.customers,
    })
  }
  return points
}
