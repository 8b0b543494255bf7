/**
 * Customers with a known outcome, counted per distinct risk; index 0 is the riskiest. Counts are float64 or uint32 and
 * may be 0 on both sides. Scores have 10,001 of them, a raw column as many as it has values.
 */
export interface OutcomeHistogram {
  readonly events: Counts
  readonly nonEvents: Counts
}

type Counts = Float64Array | Uint32Array

/** How many events, non-events and customers a histogram holds: n₁, n₀ and N of backtest.md. */
export interface Totals {
  readonly events: number
  readonly nonEvents: number
  readonly customers: number
}

export function totals({ events, nonEvents }: OutcomeHistogram): Totals {
  let n1 = 0
  let n0 = 0
  for (let i = 0; i < events.length; i++) {
    n1 += events[i]!
    n0 += nonEvents[i]!
  }
  return { events: n1, nonEvents: n0, customers: n1 + n0 }
}

/** Customers per bin, whatever their outcome. */
export function customersPerBin({ events, nonEvents }: OutcomeHistogram): Float64Array {
  const customers = new Float64Array(events.length)
  for (let bin = 0; bin < customers.length; bin++) customers[bin] = events[bin]! + nonEvents[bin]!
  return customers
}

/** The outcome of a customer whose outcome is not known, or who is left out of the test. */
export const UNKNOWN = 2

/** How many rows have the event (1) and how many do not (0); other rows are left out. */
export function countOutcomes(outcome: Uint8Array): Totals {
  let events = 0
  let nonEvents = 0
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] === 1) events++
    else if (outcome[row] === 0) nonEvents++
  }
  return { events, nonEvents, customers: events + nonEvents }
}

/**
 * Counts any ranked risk: rows with a NaN risk or an outcome other than 0 (non-event) and 1 (event) are left out. Equal
 * risks share a bin.
 * @example histogramOf([0.1, 0.4, 0.4], [0, 1, 0]) // events [1, 0], nonEvents [1, 1]
 */
export function histogramOf(risk: ArrayLike<number>, outcome: ArrayLike<number>): OutcomeHistogram {
  const had = fallingRisks(risk, outcome, 1)
  const without = fallingRisks(risk, outcome, 0)
  const events = new Float64Array(had.length + without.length)
  const nonEvents = new Float64Array(events.length)
  let bins = 0
  for (let i = 0, j = 0; i < had.length || j < without.length; bins++) {
    const value = Math.max(had[i] ?? -Infinity, without[j] ?? -Infinity)
    for (; had[i] === value; i++) events[bins]!++
    for (; without[j] === value; j++) nonEvents[bins]!++
  }
  return { events: events.slice(0, bins), nonEvents: nonEvents.slice(0, bins) }
}

/** The risks of the rows with one outcome, the riskiest first; −0 is 0. */
function fallingRisks(risk: ArrayLike<number>, outcome: ArrayLike<number>, which: 0 | 1): Float64Array {
  const risks = new Float64Array(risk.length)
  let count = 0
  for (let row = 0; row < risk.length; row++) {
    if (outcome[row] === which && !Number.isNaN(risk[row]!)) risks[count++] = risk[row]! + 0
  }
  return risks.subarray(0, count).sort().reverse()
}
