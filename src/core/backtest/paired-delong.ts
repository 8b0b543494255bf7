import { auc, Z95, type Auc } from './auc'
import { clusteredVariance, ranking, type ClusteredRows } from './clustered-variance'
import { twoSidedP } from './normal'
import { totals, type OutcomeHistogram } from './outcome-histogram'
import { doubledPlacements } from './placements'

/** Two rankings of the same customers, counted: what the comparison of their AUCs needs. */
export interface PairedCounts {
  /** By the ranking A and by the ranking B; riskiest first. */
  readonly a: OutcomeHistogram
  readonly b: OutcomeHistogram
  /** Per bin of A, the doubled placements by B of the events and of the non-events in it, summed. */
  readonly placements: { readonly events: ArrayLike<number>; readonly nonEvents: ArrayLike<number> }
}

/** How the AUC of A differs from that of B. Undefined where there is no such figure. */
export interface PairedDifference {
  readonly aucA: number | undefined
  readonly aucB: number | undefined
  /** A − B. */
  readonly difference: number | undefined
  /** Ends of its 95% interval. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly z: number | undefined
  /** Two-sided. Equal curves give 1. */
  readonly p: number | undefined
}

/**
 * Whether two scores separate differently on the same customers (paired DeLong, DeLong et al. 1988): the variance of
 * the difference is that of each AUC less twice their covariance, from the centred products of the placements.
 */
export function pairedDelong({ a, b, placements }: PairedCounts): PairedDifference {
  const { events: n1, nonEvents: n0 } = totals(a)
  const [ofA, ofB] = [auc(a), auc(b)]
  return differenceOf(ofA, ofB, (aucA, aucB) => {
    if (ofA.variance === undefined || ofB.variance === undefined) return undefined
    const placedA = doubledPlacements(a)
    const ofEvents = centredProducts(placedA.events, placements.events, a.events, n0, aucA, aucB)
    const ofOthers = centredProducts(placedA.nonEvents, placements.nonEvents, a.nonEvents, n1, aucA, aucB)
    const covariance = ofEvents / (n1 - 1) / n1 + ofOthers / (n0 - 1) / n0
    return Math.max(0, ofA.variance + ofB.variance - 2 * covariance)
  })
}

/** Rows that two rankings have put in bins, and whose they are; a bin that a histogram does not have passes a row over. */
export interface PairedRows extends ClusteredRows {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
}

/**
 * The same where rows repeat customers, whose rows are not independent: the deviations of A less those of B, clustered by
 * customer as one AUC's are (Obuchowski 1997).
 * @param histograms of the rows that both rank
 */
export function clusteredPairedDelong({ a, b }: Pick<PairedCounts, 'a' | 'b'>, rows: PairedRows): PairedDifference {
  return differenceOf(
    auc(a),
    auc(b),
    (aucA, aucB) => clusteredVariance(rows, ranking(rows.a, a, aucA), ranking(rows.b, b, aucB)).variance,
  )
}

function differenceOf(
  ofA: Auc,
  ofB: Auc,
  varianceOf: (aucA: number, aucB: number) => number | undefined,
): PairedDifference {
  const { auc: aucA } = ofA
  const { auc: aucB } = ofB
  const none = { low: undefined, high: undefined, z: undefined, p: undefined }
  if (aucA === undefined || aucB === undefined) return { aucA, aucB, difference: undefined, ...none }
  const difference = aucA - aucB
  const variance = varianceOf(aucA, aucB)
  if (variance === undefined) return { aucA, aucB, difference, ...none }
  // What is left of equal curves after subtraction is rounding.
  if (variance <= 1e-14 * Math.max(ofA.variance ?? 0, ofB.variance ?? 0)) {
    // Without variance nothing is honest but that equal is equal.
    const equal = Math.abs(difference) < 1e-12
    return { aucA, aucB, difference, ...(equal ? { low: 0, high: 0, z: 0, p: 1 } : none) }
  }
  const se = Math.sqrt(variance)
  const z = difference / se
  return { aucA, aucB, difference, low: difference - Z95 * se, high: difference + Z95 * se, z, p: twoSidedP(z) }
}

/** Σ (V_A − AUC_A)(V_B − AUC_B) over one side's customers, from their doubled placements. */
function centredProducts(
  placedA: Float64Array,
  summedB: ArrayLike<number>,
  counts: ArrayLike<number>,
  others: number,
  aucA: number,
  aucB: number,
): number {
  let sum = 0
  for (let bin = 0; bin < placedA.length; bin++) {
    const centredB = summedB[bin]! / (2 * others) - counts[bin]! * aucB
    sum += (placedA[bin]! / (2 * others) - aucA) * centredB
  }
  return sum
}

/**
 * The counts of two rankings from rows: those that both rank and whose outcome is known.
 * @param a bin per row, 0 the riskiest; `none` or more where it ranks nobody; @param b the same
 */
export function pairedCounts(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  outcome: ArrayLike<number>,
  none: number,
): PairedCounts {
  const empty = (): { events: Float64Array; nonEvents: Float64Array } => ({
    events: new Float64Array(none),
    nonEvents: new Float64Array(none),
  })
  const counts = { a: empty(), b: empty() }
  const judged = (row: number): boolean => outcome[row]! <= 1 && a[row]! < none && b[row]! < none
  for (let row = 0; row < a.length; row++) {
    if (!judged(row)) continue
    const side = outcome[row] === 1 ? 'events' : 'nonEvents'
    counts.a[side][a[row]!]!++
    counts.b[side][b[row]!]!++
  }
  const placed = doubledPlacements(counts.b)
  const placements = empty()
  for (let row = 0; row < a.length; row++) {
    if (!judged(row)) continue
    const side = outcome[row] === 1 ? 'events' : 'nonEvents'
    placements[side][a[row]!]! += placed[side][b[row]!]!
  }
  return { ...counts, placements }
}
