import { customersPerBin, totals, type OutcomeHistogram } from './outcome-histogram'
import { perTenth } from './riskiest'

/** Ten equal parts of the customers, the riskiest first. */
export interface Gains {
  /** Events in each tenth; fractions where a tie straddles a boundary. */
  readonly events: readonly number[]
  /** Event rate of each tenth over the event rate of all. */
  readonly lift: readonly number[]
  /** Event rate of the riskiest k tenths over that of all. */
  readonly cumulativeLift: readonly number[]
  /** Share of all events in the riskiest k tenths. */
  readonly capture: readonly number[]
}

const TENTHS = 10

/** Gains and lift by tenths; customers of one risk that straddle a boundary are split pro rata. Undefined without events. */
export function gains(histogram: OutcomeHistogram): Gains | undefined {
  const all = totals(histogram)
  if (all.events === 0) return undefined
  const events = perTenth(customersPerBin(histogram), histogram.events, all.customers)
  const expected = all.events / TENTHS
  const lift = events.map((count) => count / expected)
  const capture: number[] = []
  let caught = 0
  for (const count of events) {
    caught += count
    capture.push(Math.min(1, caught / all.events))
  }
  return { events, lift, cumulativeLift: capture.map((share, k) => (share * TENTHS) / (k + 1)), capture }
}
