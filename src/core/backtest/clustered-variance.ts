import { anyOrderSum } from './any-order-sum'
import type { CustomerRows } from './customer-rows'
import { totals, type OutcomeHistogram } from './outcome-histogram'
import { doubledPlacements, type Placements } from './placements'

/** Whose row each is, and what happened. */
export interface ClusteredRows {
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  readonly customers: CustomerRows
}

/** Rows put in bins by their risk, and what share of the pairs they win. */
export interface Ranking {
  /** Per row, 0 the riskiest; a bin that there is not passes the row over. */
  readonly bins: ArrayLike<number>
  readonly placed: Placements
  readonly events: number
  readonly nonEvents: number
  readonly auc: number
}

/** @param histogram of the rows by bin; @param auc theirs */
export function ranking(bins: ArrayLike<number>, histogram: OutcomeHistogram, auc: number): Ranking {
  const { events, nonEvents } = totals(histogram)
  return { bins, placed: doubledPlacements(histogram), events, nonEvents, auc }
}

/** Each customer's rows of one outcome: how many, and their doubled placements summed, exact. */
interface Side {
  readonly rows: Uint32Array
  readonly placed: Float64Array
}

/**
 * The variance of an AUC, or of the difference of two, where a customer's rows are not independent (Obuchowski 1997):
 * with a₁ and a₀ how far a customer's events and its non-events win more or fewer pairs than the mean of all, summed,
 * I₁/(I₁−1)·Σa₁²/n₁² + I₀/(I₀−1)·Σa₀²/n₀² + 2I/(I−1)·Σa₁a₀/(n₁n₀). The same to the last bit in any order of the rows.
 * Undefined with fewer than two customers on either side.
 * @param less the ranking that is taken from the first; rows that only one ranks are passed over
 */
export function clusteredVariance(rows: ClusteredRows, first: Ranking, less?: Ranking): number | undefined {
  const customers = rows.customers.starts.length - 1
  const side = (): Side => ({ rows: new Uint32Array(customers), placed: new Float64Array(customers) })
  const [nonEvents, events] = [side(), side()]
  if (less) addDifferences(rows, first, less, [nonEvents, events])
  else addPlacements(rows, first, [nonEvents, events])
  return varianceOf([nonEvents, events], first, first.auc - (less?.auc ?? 0))
}

type Sides = readonly [nonEvents: Side, events: Side]

function addPlacements(
  { outcome, customers: { rows, starts } }: ClusteredRows,
  { bins, placed }: Ranking,
  sides: Sides,
) {
  const of = [placed.nonEvents, placed.events] as const
  const end = placed.events.length
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const [happened, bin] = [outcome[rows[i]!]!, bins[rows[i]!]!]
      if (happened > 1 || bin >= end) continue
      const side = sides[happened as 0 | 1]
      side.rows[customer]!++
      side.placed[customer]! += of[happened as 0 | 1][bin]!
    }
  }
}

function addDifferences(
  { outcome, customers: { rows, starts } }: ClusteredRows,
  { bins: binsA, placed: a }: Ranking,
  { bins: binsB, placed: b }: Ranking,
  sides: Sides,
): void {
  const [ofA, ofB] = [[a.nonEvents, a.events] as const, [b.nonEvents, b.events] as const]
  const [endA, endB] = [a.events.length, b.events.length]
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const row = rows[i]!
      const happened = outcome[row]!
      const [inA, inB] = [binsA[row]!, binsB[row]!]
      if (happened > 1 || inA >= endA || inB >= endB) continue
      const side = sides[happened as 0 | 1]
      side.rows[customer]!++
      side.placed[customer]! += ofA[happened as 0 | 1][inA]! - ofB[happened as 0 | 1][inB]!
    }
  }
}

/** @param mean what the rows' placements are on average, as a share of the pairs */
function varianceOf([others, own]: Sides, { events: n1, nonEvents: n0 }: Ranking, mean: number): number | undefined {
  const customers = own.rows.length
  const [s11, s00, s10] = [new Float64Array(customers), new Float64Array(customers), new Float64Array(customers)]
  let [i1, i0, i] = [0, 0, 0]
  for (let customer = 0; customer < customers; customer++) {
    const [events, nonEvents] = [own.rows[customer]!, others.rows[customer]!]
    i1 += Number(events > 0)
    i0 += Number(nonEvents > 0)
    i += Number(events + nonEvents > 0)
    const a1 = own.placed[customer]! / (2 * n0) - events * mean
    const a0 = others.placed[customer]! / (2 * n1) - nonEvents * mean
    s11[customer] = a1 * a1
    s00[customer] = a0 * a0
    s10[customer] = a1 * a0
  }
  if (i1 < 2 || i0 < 2) return undefined
  const ofEvents = ((i1 / (i1 - 1)) * anyOrderSum(s11)) / n1 ** 2
  const ofNonEvents = ((i0 / (i0 - 1)) * anyOrderSum(s00)) / n0 ** 2
  return Math.max(0, ofEvents + ofNonEvents + ((2 * i) / (i - 1)) * (anyOrderSum(s10) / (n1 * n0)))
}
