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

/** The outcome of a customer whose outcome is not known, or who is left out of the test. */
export const UNKNOWN = 2

/**
 * Counts any ranked risk: rows with a NaN risk or an outcome other than 0 (non-event) and 1 (event) are left out. Equal
 * risks share a bin.
 * @example histogramOf([0.1, 0.4, 0.4], [0, 1, 0]) // events [1, 0], nonEvents [1, 1]
 */
export function histogramOf(risk: ArrayLike<number>, outcome: ArrayLike<number>): OutcomeHistogram {
  const judged = Array.from(risk, (_, row) => row).filter(
    (row) => !Number.isNaN(risk[row]!) && (outcome[row] === 0 || outcome[row] === 1),
  )
  const distinct = Float64Array.from(new Set(judged.map((row) => risk[row]! + 0)))
    .sort()
    .reverse()
  const binOf = new Map(Array.from(distinct, (value, bin) => [value, bin]))
  const events = new Float64Array(distinct.length)
  const nonEvents = new Float64Array(distinct.length)
  for (const row of judged) {
    const bin = binOf.get(risk[row]! + 0)!
    if (outcome[row] === 1) events[bin]!++
    else nonEvents[bin]!++
  }
  return { events, nonEvents }
}
