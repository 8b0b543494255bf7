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

/** A variance clustered by customer, and the customers it is of. */
export interface ClusteredVariance {
  /** Undefined with fewer than two customers on either side. */
  readonly variance: number | undefined
  /** Customers with an event, and with a non-event; one with rows of both is among both. */
  readonly events: number
  readonly nonEvents: number
}

/** Per customer: its rows and its events, and the doubled placements of all of them and of the events summed, exact. */
interface Sums {
  readonly rows: Uint32Array
  readonly events: Uint32Array
  readonly placed: Float64Array
  readonly eventsPlaced: Float64Array
}

/**
 * The variance of an AUC, or of the difference of two, where a customer's rows are not independent (Obuchowski 1997):
 * with a₁ and a₀ how far a customer's events and its non-events win more or fewer pairs than the mean of all, summed,
 * I₁/(I₁−1)·Σa₁²/n₁² + I₀/(I₀−1)·Σa₀²/n₀² + 2I/(I−1)·Σa₁a₀/(n₁n₀). The same to the last bit in any order of the rows.
 * @param less the ranking that is taken from the first; rows that only one ranks are passed over
 */
export function clusteredVariance(rows: ClusteredRows, first: Ranking, less?: Ranking): ClusteredVariance {
  const sums = less ? differenceSums(rows, first, less) : placementSums(rows, first)
  return varianceOf(sums, first, first.auc - (less?.auc ?? 0))
}

function sumsOf({ customers: { starts } }: ClusteredRows): Sums {
  const customers = starts.length - 1
  return {
    rows: new Uint32Array(customers),
    events: new Uint32Array(customers),
    placed: new Float64Array(customers),
    eventsPlaced: new Float64Array(customers),
  }
}

/** Of a non-event and of an event in each bin by turns: 2·bin and 2·bin + 1, so that a row is looked up without asking. */
function byTurns({ events, nonEvents }: Placements): Float64Array {
  return Float64Array.from({ length: 2 * events.length }, (_, i) => (i % 2 === 0 ? nonEvents : events)[i >> 1]!)
}

function placementSums(of: ClusteredRows, { bins, placed }: Ranking): Sums {
  const { outcome, customers: { rows, starts } } = of // prettier-ignore
  const sums = sumsOf(of)
  const [table, end] = [byTurns(placed), placed.events.length]
  for (let customer = 0; customer < sums.rows.length; customer++) {
    const last = starts[customer + 1]!
    let [own, events, all, ofEvents] = [0, 0, 0, 0]
    for (let i = starts[customer]!; i < last; i++) {
      const row = rows[i]!
      const happened = outcome[row]!
      const bin = bins[row]!
      if (happened > 1 || bin >= end) continue
      const won = table[2 * bin + happened]!
      own++
      events += happened
      all += won
      ofEvents += won * happened
    }
    put(sums, customer, own, events, all, ofEvents)
  }
  return sums
}

/** Apart from the sums of one ranking, which are of every row too and would look up twice as much. */
function differenceSums(
  of: ClusteredRows,
  { bins: binsA, placed: a }: Ranking,
  { bins: binsB, placed: b }: Ranking,
): Sums {
  const { outcome, customers: { rows, starts } } = of // prettier-ignore
  const sums = sumsOf(of)
  const [tableA, tableB, endA, endB] = [byTurns(a), byTurns(b), a.events.length, b.events.length]
  for (let customer = 0; customer < sums.rows.length; customer++) {
    const last = starts[customer + 1]!
    let [own, events, all, ofEvents] = [0, 0, 0, 0]
    for (let i = starts[customer]!; i < last; i++) {
      const row = rows[i]!
      const happened = outcome[row]!
      const inA = binsA[row]!
      const inB = binsB[row]!
      if (happened > 1 || inA >= endA || inB >= endB) continue
      const won = tableA[2 * inA + happened]! - tableB[2 * inB + happened]!
      own++
      events += happened
      all += won
      ofEvents += won * happened
    }
    put(sums, customer, own, events, all, ofEvents)
  }
  return sums
}

function put(sums: Sums, customer: number, rows: number, events: number, placed: number, eventsPlaced: number): void {
  sums.rows[customer] = rows
  sums.events[customer] = events
  sums.placed[customer] = placed
  sums.eventsPlaced[customer] = eventsPlaced
}

/** @param mean what the rows' placements are on average, as a share of the pairs */
function varianceOf(sums: Sums, { events: n1, nonEvents: n0 }: Ranking, mean: number): ClusteredVariance {
  const customers = sums.rows.length
  const [s11, s00, s10] = [new Float64Array(customers), new Float64Array(customers), new Float64Array(customers)]
  let [i1, i0, i] = [0, 0, 0]
  for (let customer = 0; customer < customers; customer++) {
    const events = sums.events[customer]!
    const nonEvents = sums.rows[customer]! - events
    i1 += Number(events > 0)
    i0 += Number(nonEvents > 0)
    i += Number(events + nonEvents > 0)
    const placed = sums.eventsPlaced[customer]!
    const a1 = placed / (2 * n0) - events * mean
    const a0 = (sums.placed[customer]! - placed) / (2 * n1) - nonEvents * mean
    s11[customer] = a1 * a1
    s00[customer] = a0 * a0
    s10[customer] = a1 * a0
  }
  if (i1 < 2 || i0 < 2) return { variance: undefined, events: i1, nonEvents: i0 }
  const ofEvents = ((i1 / (i1 - 1)) * anyOrderSum(s11)) / n1 ** 2
  const ofNonEvents = ((i0 / (i0 - 1)) * anyOrderSum(s00)) / n0 ** 2
  const across = ((2 * i) / (i - 1)) * (anyOrderSum(s10) / (n1 * n0))
  return { variance: Math.max(0, ofEvents + ofNonEvents + across), events: i1, nonEvents: i0 }
}
