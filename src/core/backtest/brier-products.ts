import { varianceOfSquares } from './customer-cells'
import type { CustomerRows } from './customer-rows'
import { differenceOf, NONE, type Difference } from './mean-difference'
import { totals, type OutcomeHistogram } from './outcome-histogram'

/** A squared difference of chance and outcome, 0…1, counted in so many parts: sums of 8 million of them are exact. */
const PARTS = 2 ** 30

/** What each bin's customers lose by the Brier score, in whole parts, with the event and without. */
export interface BrierLosses {
  readonly events: Uint32Array
  readonly nonEvents: Uint32Array
}

/** The losses of a model's bins. @param chance of the event per bin */
export function brierLosses(chance: Float64Array): BrierLosses {
  const losses = { events: new Uint32Array(chance.length), nonEvents: new Uint32Array(chance.length) }
  for (let bin = 0; bin < chance.length; bin++) {
    const p = chance[bin]!
    losses.events[bin] = Math.round(PARTS * (1 - p) * (1 - p))
    losses.nonEvents[bin] = Math.round(PARTS * p * p)
  }
  return losses
}

interface BrierCounts {
  /** The customers that both models score, by A's scores and by B's, and what those lose. */
  readonly a: OutcomeHistogram
  readonly b: OutcomeHistogram
  readonly lossA: BrierLosses
  readonly lossB: BrierLosses
  /** Per bin of A, the losses by B of the customers in it, summed, in parts. */
  readonly summedB: { readonly events: ArrayLike<number>; readonly nonEvents: ArrayLike<number> }
}

/**
 * How the Brier score of two models differs, as `brierDifference` says it, from sums per bin: the same whatever the order
 * of the rows, and without a joint count of both scores.
 */
export function brierFromSums({ a, b, lossA, lossB, summedB }: BrierCounts): Difference {
  const { customers } = totals(a)
  if (customers === 0) return NONE
  let [sumA, sumB, squares, products] = [0, 0, 0, 0]
  for (const side of ['events', 'nonEvents'] as const) {
    const [countsA, countsB, ofA, ofB, summed] = [a[side], b[side], lossA[side], lossB[side], summedB[side]]
    for (let bin = 0; bin < countsA.length; bin++) {
      const [x, y] = [ofA[bin]! / PARTS, ofB[bin]! / PARTS]
      sumA += countsA[bin]! * x
      sumB += countsB[bin]! * y
      squares += countsA[bin]! * x * x + countsB[bin]! * y * y
      products += x * (summed[bin]! / PARTS)
    }
  }
  const [meanA, meanB] = [sumA / customers, sumB / customers]
  const apart = squares - 2 * products
  // What is left of equal losses after subtraction is rounding.
  const centred = apart <= 1e-13 * squares ? 0 : Math.max(0, apart - customers * (meanA - meanB) ** 2)
  return differenceOf(meanA, meanB, customers < 2 ? undefined : centred / (customers - 1) / customers)
}

interface BrierRows {
  /** Per row of the table: its bin by A and by B, 0 the riskiest; one that there is not passes the row over. */
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  /** 1 event, 0 non-event. */
  readonly outcome: Uint8Array
  readonly lossA: BrierLosses
  readonly lossB: BrierLosses
  readonly customers: CustomerRows
}

/** The same where rows repeat customers, whose rows are not independent: its variance is clustered by customer. */
export function clusteredBrier({ a, b, outcome, lossA, lossB, customers: { rows, starts } }: BrierRows): Difference {
  const [ofA, ofB] = [[lossA.nonEvents, lossA.events] as const, [lossB.nonEvents, lossB.events] as const]
  const bins = lossA.events.length
  const [counts, apart] = [new Uint32Array(starts.length - 1), new Float64Array(starts.length - 1)]
  let [sumA, sumB, judged] = [0, 0, 0]
  for (let customer = 0; customer < counts.length; customer++) {
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const row = rows[i]!
      const [inA, inB] = [a[row]!, b[row]!]
      if (inA >= bins || inB >= bins) continue
      const side = outcome[row] as 0 | 1
      const [x, y] = [ofA[side][inA]!, ofB[side][inB]!]
      sumA += x
      sumB += y
      apart[customer]! += x - y
      counts[customer]!++
      judged++
    }
  }
  if (judged === 0) return NONE
  const mean = (sumA - sumB) / judged
  const squares = apart.map((sum, customer) => ((sum - counts[customer]! * mean) / judged / PARTS) ** 2)
  const variance = varianceOfSquares(squares.filter((_, customer) => counts[customer]! > 0))
  return differenceOf(sumA / judged / PARTS, sumB / judged / PARTS, variance)
}
