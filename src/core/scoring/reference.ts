import { MISSING_POINTS } from './scale'

/** The score of whoever has too few values to be scored. */
export const NOT_SCORED = 65535

/** A weighted mean to take: one points column and one weight per metric that is on. */
export interface Plan {
  /** Points in hundredths, 65535 missing; all of one length. */
  readonly points: readonly Uint16Array[]
  /** Weights in hundredths, one per points column. */
  readonly weights: Uint16Array
  /** Least weight, in hundredths, that a customer needs values for. At least 1. */
  readonly minDen: number
}

/** The least den that is scored: ceil(minCoverage·W / 10000), and never 0. minCoverage in hundredths of a percent. */
export function minDenOf(minCoverage: number, totalWeight: number): number {
  return Math.max(1, Math.ceil((minCoverage * totalWeight) / 10000))
}

/**
 * The score of every customer, in hundredths; NOT_SCORED where den < minDen. This is the specification that the
 * kernel and the SQL equal bit for bit: num = Σ w·s and den = Σ w over the metrics with points, then
 * floor((2·num + den) / (2·den)), which is exact in float64 (scoring.md, "Missing values and the weighted mean").
 */
export function scoreCustomers({ points, weights, minDen }: Plan, customers: number): Uint16Array {
  const num = new Float64Array(customers)
  const den = new Float64Array(customers)
  for (const [metric, column] of points.entries()) {
    const weight = weights[metric]!
    for (let row = 0; row < customers; row++) {
      const s = column[row]!
      if (s === MISSING_POINTS) continue
      num[row] = num[row]! + weight * s
      den[row] = den[row]! + weight
    }
  }
  const scores = new Uint16Array(customers).fill(NOT_SCORED)
  for (let row = 0; row < customers; row++) {
    const d = den[row]!
    if (d >= minDen) scores[row] = Math.floor((2 * num[row]! + d) / (2 * d))
  }
  return scores
}

/** Per customer, the weight in hundredths of the metrics that have points: den. Over Σ weights it is the coverage. */
export function weightWithPoints({ points, weights }: Omit<Plan, 'minDen'>, customers: number): Float64Array {
  const den = new Float64Array(customers)
  for (const [metric, column] of points.entries()) {
    const weight = weights[metric]!
    for (let row = 0; row < customers; row++) if (column[row] !== MISSING_POINTS) den[row] = den[row]! + weight
  }
  return den
}
