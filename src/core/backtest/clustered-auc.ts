import { auc, withInterval, type Auc } from './auc'
import { clusteredVariance, type ClusteredRows } from './clustered-variance'
import { totals, type OutcomeHistogram } from './outcome-histogram'

/** Rows with their bin in a histogram: 0 is the riskiest, one that it does not have passes a row over. */
export interface JudgedRows extends ClusteredRows {
  readonly bins: ArrayLike<number>
}

/**
 * The AUC of rows that repeat customers, with the variance clustered by customer (Obuchowski 1997): a customer's rows
 * are not independent, and a plain interval would be too narrow. Same point as `auc`; no interval with fewer than two
 * customers on either side.
 */
export function clusteredAuc(histogram: OutcomeHistogram, rows: JudgedRows): Auc {
  const plain = auc(histogram)
  if (plain.auc === undefined) return plain
  const deviations = pairDeviations(histogram, plain.auc, rows)
  const variance = clusteredVariance(deviations, rows, totals(histogram))
  return variance === undefined
    ? { ...plain, variance: undefined, low: undefined, high: undefined }
    : withInterval(plain.auc, variance)
}

/** Per row, how far the share of its pairs that the event wins lies from their mean; NaN where the histogram has no such bin. */
export function pairDeviations(
  histogram: OutcomeHistogram,
  mean: number,
  { bins, outcome }: Pick<JudgedRows, 'bins' | 'outcome'>,
): Float64Array {
  const { events: n1, nonEvents: n0 } = totals(histogram)
  const { events, nonEvents } = histogram
  // By outcome, as the rows say it.
  const won = [new Float64Array(events.length), new Float64Array(events.length)] as const
  let safer = n0
  let riskier = 0
  for (let bin = 0; bin < events.length; bin++) {
    safer -= nonEvents[bin]!
    won[1][bin] = (safer + nonEvents[bin]! / 2) / n0 - mean
    won[0][bin] = (riskier + events[bin]! / 2) / n1 - mean
    riskier += events[bin]!
  }
  const deviations = new Float64Array(bins.length).fill(NaN)
  for (let row = 0; row < deviations.length; row++) {
    const [happened, bin] = [outcome[row]!, bins[row]!]
    if (happened <= 1 && bin < events.length) deviations[row] = won[happened as 0 | 1][bin]!
  }
  return deviations
}
