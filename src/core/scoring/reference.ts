import { MISSING_POINTS } from './scale'

/** The score of whoever has too few values to be scored. */
export const NOT_SCORED = 65535

/** A weighted mean to take: the points of the metrics that are on, and their weights for each run of customers. */
export interface Plan<Points = Uint16Array> {
  /** One points column per metric, in hundredths, 65535 missing; all of one length. */
  readonly points: readonly Points[]
  readonly runs: readonly Run[]
  /** What the rules that apply make of each customer's score: never under `low`, never over `high`; hundredths. */
  readonly clamp?: { readonly low: Points; readonly high: Points }
}

/** Customers that follow each other and have the same weights: a segment, or everybody. */
export interface Run {
  readonly start: number
  readonly customers: number
  /** In hundredths, one per points column. */
  readonly weights: Uint16Array
  /** Least weight, in hundredths, that a customer needs values for. At least 1. */
  readonly minDen: number
}

/** The least den that is scored: ceil(minCoverage·W / 10000), and never 0. minCoverage in hundredths of a percent. */
export function minDenOf(minCoverage: number, totalWeight: number): number {
  return Math.max(1, Math.ceil((minCoverage * totalWeight) / 10000))
}

/** num / den rounded half up: floor((2·num + den) / (2·den)). What every score and every mean of points is rounded by. */
export function roundedMean(num: number, den: number): number {
  return Math.floor((2 * num + den) / (2 * den))
}

/**
 * The score of every customer, in hundredths; NOT_SCORED where den < minDen. This is the specification that the
 * kernel and the SQL equal bit for bit: num = Σ w·s and den = Σ w over the metrics with points, then
 * floor((2·num + den) / (2·den)), which is exact in float64 (scoring.md, "Missing values and the weighted mean").
 */
export function scoreCustomers(plan: Plan, customers: number): Uint16Array {
  const scores = new Uint16Array(customers).fill(NOT_SCORED)
  for (const run of plan.runs) scoreRun(plan, run, scores)
  return scores
}

function scoreRun({ points, clamp }: Plan, run: Run, scores: Uint16Array): void {
  const { start, customers, weights, minDen } = run
  const { num, den } = sumPoints(points, weights, start, start + customers)
  for (let i = 0; i < customers; i++) scores[start + i] = scoreOf(num[i]!, den[i]!, minDen, clamp, start + i)
}

/** num = Σ w·s and den = Σ w over the metrics with points, of the rows from `start` to before `end`. */
export function sumPoints(
  points: readonly Uint16Array[],
  weights: Uint16Array,
  start: number,
  end: number,
): { readonly num: Float64Array; readonly den: Float64Array } {
  const num = new Float64Array(end - start)
  const den = new Float64Array(end - start)
  for (const [metric, column] of points.entries()) {
    const weight = weights[metric]!
    for (let i = 0; i < num.length; i++) {
      const s = column[start + i]!
      if (s === MISSING_POINTS) continue
      num[i] = num[i]! + weight * s
      den[i] = den[i]! + weight
    }
  }
  return { num, den }
}

/** The score that a row's sums give under the rules that apply to it; NOT_SCORED where den < minDen. */
export function scoreOf(num: number, den: number, minDen: number, clamp: Plan['clamp'], row: number): number {
  if (den < minDen) return NOT_SCORED
  const score = roundedMean(num, den)
  return clamp ? Math.min(Math.max(score, clamp.low[row]!), clamp.high[row]!) : score
}

/** Per customer, the weight in hundredths of the metrics that have points: den. Over Σ weights it is the coverage. */
export function weightWithPoints({ points, runs }: Plan, customers: number): Uint32Array {
  const den = new Uint32Array(customers)
  for (const { start, customers: count, weights } of runs) {
    for (const [metric, column] of points.entries()) {
      const weight = weights[metric]!
      for (let row = start; row < start + count; row++)
        if (column[row] !== MISSING_POINTS) den[row] = den[row]! + weight
    }
  }
  return den
}
