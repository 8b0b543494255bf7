import { auc, withInterval, type Auc } from './auc'
import { clusteredVariance, ranking, type ClusteredRows } from './clustered-variance'
import type { OutcomeHistogram } from './outcome-histogram'

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
  const { variance } = clusteredVariance(rows, ranking(rows.bins, histogram, plain.auc))
  return withVariance(plain, variance)
}

/** An AUC with another variance, and the interval that it gives; without one, none. */
export function withVariance(plain: Auc, variance: number | undefined): Auc {
  return variance === undefined || plain.auc === undefined
    ? { ...plain, variance: undefined, low: undefined, high: undefined, complete: false }
    : withInterval(plain.auc, variance)
}
