import type { Totals } from './outcome-histogram'

/** Whose row each is, and what happened. */
export interface ClusteredRows {
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  /** Customer of each row, 0…customers − 1. */
  readonly customer: ArrayLike<number>
  readonly customers: number
}

/**
 * The variance of a mean over all pairs of an event and a non-event, where a customer's rows are not independent
 * (Obuchowski 1997): with a₁ and a₀ a customer's deviations summed, of its events and of its non-events,
 * I₁/(I₁−1)·Σa₁²/n₁² + I₀/(I₀−1)·Σa₀²/n₀² + 2I/(I−1)·Σa₁a₀/(n₁n₀). Undefined with fewer than two customers on either side.
 * @param deviations per row, how far what it wins of its pairs lies from the mean; NaN passes a row over
 * @param totals of the rows that are not passed over
 */
export function clusteredVariance(
  deviations: ArrayLike<number>,
  { outcome, customer, customers }: ClusteredRows,
  { events: n1, nonEvents: n0 }: Totals,
): number | undefined {
  // Per customer first of the non-events, then of the events.
  const sums = new Float64Array(2 * customers)
  const has = new Uint8Array(2 * customers)
  for (let row = 0; row < deviations.length; row++) {
    const happened = outcome[row]!
    const deviation = deviations[row]!
    if (happened > 1 || Number.isNaN(deviation)) continue
    const at = 2 * customer[row]! + happened
    sums[at] = sums[at]! + deviation
    has[at] = 1
  }
  let [i1, i0, i] = [0, 0, 0]
  let [s11, s00, s10] = [0, 0, 0]
  for (let at = 0; at < sums.length; at += 2) {
    const [a0, a1] = [sums[at]!, sums[at + 1]!]
    i0 += has[at]!
    i1 += has[at + 1]!
    i += has[at]! | has[at + 1]!
    s00 += a0 * a0
    s11 += a1 * a1
    s10 += a1 * a0
  }
  if (i1 < 2 || i0 < 2) return undefined
  const [ofEvents, ofNonEvents] = [((i1 / (i1 - 1)) * s11) / n1 ** 2, ((i0 / (i0 - 1)) * s00) / n0 ** 2]
  return Math.max(0, ofEvents + ofNonEvents + ((2 * i) / (i - 1)) * (s10 / (n1 * n0)))
}
