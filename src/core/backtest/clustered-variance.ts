import { totals, type OutcomeHistogram } from './outcome-histogram'

/** Whose row each is, and what happened. */
export interface ClusteredRows {
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  /** Customer of each row, 0…customers − 1. */
  readonly customer: ArrayLike<number>
  readonly customers: number
}

/** Rows put in bins by their risk, and how far the share of its pairs that the event wins lies from the mean of all. */
export interface Ranking {
  /** Per row, 0 the riskiest; a bin that there is not passes the row over. */
  readonly bins: ArrayLike<number>
  /** Per bin, of a non-event and of an event in it. */
  readonly deviations: readonly [Float64Array, Float64Array]
}

/** @param histogram of the rows by bin; @param mean their AUC */
export function ranking(bins: ArrayLike<number>, { events, nonEvents }: OutcomeHistogram, mean: number): Ranking {
  const { events: n1, nonEvents: n0 } = totals({ events, nonEvents })
  const [ofNonEvents, ofEvents] = [new Float64Array(events.length), new Float64Array(events.length)]
  let safer = n0
  let riskier = 0
  for (let bin = 0; bin < events.length; bin++) {
    safer -= nonEvents[bin]!
    ofEvents[bin] = (safer + nonEvents[bin]! / 2) / n0 - mean
    ofNonEvents[bin] = (riskier + events[bin]! / 2) / n1 - mean
    riskier += events[bin]!
  }
  return { bins, deviations: [ofNonEvents, ofEvents] }
}

/**
 * The variance of an AUC, or of the difference of two, where a customer's rows are not independent (Obuchowski 1997):
 * with a₁ and a₀ a customer's deviations summed, of its events and of its non-events, I₁/(I₁−1)·Σa₁²/n₁² +
 * I₀/(I₀−1)·Σa₀²/n₀² + 2I/(I−1)·Σa₁a₀/(n₁n₀). Undefined with fewer than two customers on either side.
 * @param less the ranking whose deviations are taken from the first one's; rows that only one ranks are passed over
 */
export function clusteredVariance(rows: ClusteredRows, first: Ranking, less?: Ranking): number | undefined {
  // Per customer first of the non-events, then of the events.
  const sums = new Float64Array(2 * rows.customers)
  const counts = new Uint32Array(2 * rows.customers)
  if (less) addDifferences(rows, first, less, sums, counts)
  else addDeviations(rows, first, sums, counts)
  return varianceOf(sums, counts)
}

function addDeviations(
  { outcome, customer }: ClusteredRows,
  { bins, deviations: [ofNonEvents, ofEvents] }: Ranking,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  for (let row = 0; row < bins.length; row++) {
    const [happened, bin] = [outcome[row]!, bins[row]!]
    if (happened > 1 || bin >= ofEvents.length) continue
    const at = 2 * customer[row]! + happened
    sums[at] = sums[at]! + (happened === 1 ? ofEvents[bin]! : ofNonEvents[bin]!)
    counts[at]!++
  }
}

function addDifferences(
  { outcome, customer }: ClusteredRows,
  { bins: binsA, deviations: a }: Ranking,
  { bins: binsB, deviations: b }: Ranking,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  const [endA, endB] = [a[0].length, b[0].length]
  for (let row = 0; row < binsA.length; row++) {
    const happened = outcome[row]!
    const [inA, inB] = [binsA[row]!, binsB[row]!]
    if (happened > 1 || inA >= endA || inB >= endB) continue
    const at = 2 * customer[row]! + happened
    const side = happened as 0 | 1
    sums[at] = sums[at]! + (a[side][inA]! - b[side][inB]!)
    counts[at]!++
  }
}

function varianceOf(sums: Float64Array, counts: Uint32Array): number | undefined {
  let [n1, n0, i1, i0, i] = [0, 0, 0, 0, 0]
  let [s11, s00, s10] = [0, 0, 0]
  for (let at = 0; at < sums.length; at += 2) {
    const [a0, a1] = [sums[at]!, sums[at + 1]!]
    const [own0, own1] = [counts[at]!, counts[at + 1]!]
    n0 += own0
    n1 += own1
    i0 += Number(own0 > 0)
    i1 += Number(own1 > 0)
    i += Number(own0 + own1 > 0)
    s00 += a0 * a0
    s11 += a1 * a1
    s10 += a1 * a0
  }
  if (i1 < 2 || i0 < 2) return undefined
  const [ofEvents, ofNonEvents] = [((i1 / (i1 - 1)) * s11) / n1 ** 2, ((i0 / (i0 - 1)) * s00) / n0 ** 2]
  return Math.max(0, ofEvents + ofNonEvents + ((2 * i) / (i - 1)) * (s10 / (n1 * n0)))
}
