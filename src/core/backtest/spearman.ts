import { MISSING_POINTS } from '../scoring/scale'
import { BINS } from './score-histogram'

/** Spearman's rank correlation, and how many customers have both values. */
export interface RankCorrelation {
  /** −1…1; undefined where one side is the same for everybody, or nobody has both. */
  readonly rho: number | undefined
  readonly customers: number
}

/**
 * Spearman's ρ of two metrics' points: Pearson's correlation of midranks, over the customers who have both. Points are
 * counted, not sorted, and doubled ranks are whole numbers: up to 50,000 customers the sums are exact, so the order of
 * the rows is of no matter.
 * @param a, b points in hundredths per customer, 65535 missing
 */
export function spearman(a: Uint16Array, b: Uint16Array): RankCorrelation {
  const missing = MISSING_POINTS
  const countsA = new Uint32Array(BINS)
  const countsB = new Uint32Array(BINS)
  let customers = 0
  for (let row = 0; row < a.length; row++) {
    const [s, t] = [a[row]!, b[row]!]
    if (s === missing || t === missing) continue
    countsA[s]!++
    countsB[t]!++
    customers++
  }
  const [ranksA, ranksB] = [centredRanks(countsA, customers), centredRanks(countsB, customers)]
  let products = 0
  for (let row = 0; row < a.length; row++) {
    const [s, t] = [a[row]!, b[row]!]
    if (s !== missing && t !== missing) products += ranksA[s]! * ranksB[t]!
  }
  return { rho: correlation(products, squares(ranksA, countsA), squares(ranksB, countsB)), customers }
}

/** Per value, the doubled midrank of its customers less the mean: twice those below, plus those equal, less all. */
function centredRanks(counts: Uint32Array, customers: number): Float64Array {
  const ranks = new Float64Array(counts.length)
  let below = 0
  for (let value = 0; value < counts.length; value++) {
    ranks[value] = 2 * below + counts[value]! - customers
    below += counts[value]!
  }
  return ranks
}

function squares(ranks: Float64Array, counts: Uint32Array): number {
  let sum = 0
  for (let value = 0; value < ranks.length; value++) sum += counts[value]! * ranks[value]! ** 2
  return sum
}

function correlation(products: number, squaresA: number, squaresB: number): number | undefined {
  if (squaresA === 0 || squaresB === 0) return undefined
  return Math.min(1, Math.max(-1, products / Math.sqrt(squaresA * squaresB)))
}
