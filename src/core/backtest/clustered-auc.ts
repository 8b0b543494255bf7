import { auc, withInterval, type Auc } from './auc'
import { totals, type OutcomeHistogram } from './outcome-histogram'

/** One judged row per index: its bin in a histogram (0 is the riskiest), its outcome, and whose row it is. */
export interface JudgedRows {
  readonly bins: ArrayLike<number>
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  /** Customer of each row, 0…customers − 1. */
  readonly customer: ArrayLike<number>
  readonly customers: number
}

/**
 * The AUC of rows that repeat customers, with the variance clustered by customer (Obuchowski 1997): a customer's rows
 * are not independent, and a plain interval would be too narrow. Same point as `auc`; no interval with fewer than two
 * customers on either side.
 */
export function clusteredAuc(histogram: OutcomeHistogram, rows: JudgedRows): Auc {
  const plain = auc(histogram)
  if (plain.auc === undefined) return plain
  const variance = clusteredVariance(histogram, rows, plain.auc)
  return variance === undefined
    ? { ...plain, variance: undefined, low: undefined, high: undefined }
    : withInterval(plain.auc, variance)
}

function clusteredVariance(histogram: OutcomeHistogram, rows: JudgedRows, value: number): number | undefined {
  const { events: n1, nonEvents: n0 } = totals(histogram)
  const { ofEvents, ofNonEvents } = placements(histogram, n1, n0)
  const a1 = new Float64Array(rows.customers)
  const a0 = new Float64Array(rows.customers)
  const has1 = new Uint8Array(rows.customers)
  const has0 = new Uint8Array(rows.customers)
  for (let row = 0; row < rows.bins.length; row++) {
    const who = rows.customer[row]!
    if (rows.outcome[row] === 1) {
      a1[who]! += ofEvents[rows.bins[row]!]! - value
      has1[who] = 1
    } else if (rows.outcome[row] === 0) {
      a0[who]! += ofNonEvents[rows.bins[row]!]! - value
      has0[who] = 1
    }
  }
  const i1 = sum(has1)
  const i0 = sum(has0)
  const i = has1.reduce((count, has, who) => count + (has | has0[who]!), 0)
  if (i1 < 2 || i0 < 2) return undefined
  let s11 = 0
  let s00 = 0
  let s10 = 0
  for (let who = 0; who < rows.customers; who++) {
    s11 += a1[who]! ** 2
    s00 += a0[who]! ** 2
    s10 += a1[who]! * a0[who]!
  }
  const variance =
    ((i1 / (i1 - 1)) * s11) / n1 ** 2 + ((i0 / (i0 - 1)) * s00) / n0 ** 2 + ((2 * i) / (i - 1)) * (s10 / (n1 * n0))
  return Math.max(0, variance)
}

/** For an event in each bin the share of non-events that it is riskier than, and the reverse for a non-event. */
function placements({ events, nonEvents }: OutcomeHistogram, n1: number, n0: number) {
  const ofEvents = new Float64Array(events.length)
  const ofNonEvents = new Float64Array(events.length)
  let safer = n0
  let riskier = 0
  for (let bin = 0; bin < events.length; bin++) {
    safer -= nonEvents[bin]!
    ofEvents[bin] = (safer + nonEvents[bin]! / 2) / n0
    ofNonEvents[bin] = (riskier + events[bin]! / 2) / n1
    riskier += events[bin]!
  }
  return { ofEvents, ofNonEvents }
}

function sum(flags: Uint8Array): number {
  return flags.reduce((count, flag) => count + flag, 0)
}
