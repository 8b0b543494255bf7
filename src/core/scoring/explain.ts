import { roundedMean } from './reference'
import { MISSING_POINTS } from './scale'

/** A metric as it counts for one customer; hundredths. */
export interface CountedMetric {
  /** MISSING_POINTS where the customer has none. */
  readonly points: number
  readonly weight: number
  /** Mean points over the customers who have them. */
  readonly base: number
}

/** Why a customer has their score: from the average customer to it, in hundredths. */
export interface Explanation {
  readonly average: number
  readonly score: number
  /** Per metric, how far it moves the score; 0 for a metric without points. */
  readonly steps: readonly number[]
  /** How far it moves the score that some metrics have no value. */
  readonly noValue: number
}

/** The points of everybody who has them, added up. */
export interface PointsSum {
  readonly sum: number
  readonly customers: number
}

/** Mean points over the customers who have them, rounded half up to a hundredth; 0 where nobody has. */
export function basePoints({ sum, customers }: PointsSum): number {
  return customers === 0 ? 0 : roundedMean(sum, customers)
}

/** A customer's num and den of the weighted mean. */
export function weigh(metrics: readonly CountedMetric[]): { num: number; den: number } {
  let num = 0
  let den = 0
  for (const { points, weight } of metrics) {
    if (points === MISSING_POINTS) continue
    num += weight * points
    den += weight
  }
  return { num, den }
}

/** Share of the weight that a customer has points for, 0…1; 0 when nothing has a weight. */
export function coverageOf(metrics: readonly CountedMetric[]): number {
  const all = metrics.reduce((sum, { weight }) => sum + weight, 0)
  return all === 0 ? 0 : weigh(metrics).den / all
}

/**
 * The steps from the average customer to a customer's score (scoring.md, Contributions): w·(s − base)/den for each
 * metric with points, and one for the metrics without a value. They are rounded to hundredths by largest remainder, ties
 * in the model's order, so that average + steps = score exactly. Undefined for whoever has no weight with points.
 */
export function explain(metrics: readonly CountedMetric[]): Explanation | undefined {
  const { num, den } = weigh(metrics)
  if (den === 0) return undefined
  const all = metrics.reduce((sum, { weight }) => sum + weight, 0)
  const average = roundedMean(
    metrics.reduce((sum, { weight, base }) => sum + weight * base, 0),
    all,
  )
  const score = roundedMean(num, den)
  const exact = metrics.map(({ points, weight, base }) =>
    points === MISSING_POINTS ? NOTHING : fraction(weight * (points - base), den),
  )
  const [noValue, ...steps] = largestRemainder([noValueStep(metrics, den, all), ...exact], score - average)
  return { average, score, steps, noValue: noValue! }
}

/** Σ_present w·base/den − Σ_all w·base/W: in whole numbers, since the products are beyond float64. */
function noValueStep(metrics: readonly CountedMetric[], den: number, all: number): Fraction {
  let [present, every] = [0, 0]
  for (const { points, weight, base } of metrics) {
    every += weight * base
    if (points !== MISSING_POINTS) present += weight * base
  }
  if (den === all) return NOTHING
  return largeFraction(BigInt(present) * BigInt(all) - BigInt(every) * BigInt(den), BigInt(den) * BigInt(all))
}

/** A step as its floor and what is left of it, 0 ≤ rest < 1. */
interface Fraction {
  readonly floor: number
  readonly rest: number
  /** Whether it is a step at all: what is exactly nothing is not rounded to something. */
  readonly moves: boolean
}

const NOTHING: Fraction = { floor: 0, rest: 0, moves: false }

/** Exact: a quotient is at most 10⁸ and at least 5·10⁻⁷ from the next whole number that it is not. */
function fraction(top: number, bottom: number): Fraction {
  if (top === 0) return NOTHING
  const floor = Math.floor(top / bottom)
  return { floor, rest: (top - floor * bottom) / bottom, moves: true }
}

function largeFraction(top: bigint, bottom: bigint): Fraction {
  if (top === 0n) return NOTHING
  const down = top / bottom - (top % bottom < 0n ? 1n : 0n)
  return { floor: Number(down), rest: Number(top - down * bottom) / Number(bottom), moves: true }
}

/** Whole numbers that sum to `total`, each as near to its fraction as that allows. */
function largestRemainder(parts: readonly Fraction[], total: number): number[] {
  const whole = parts.map(({ floor }) => floor)
  let left = total - whole.reduce((sum, part) => sum + part, 0)
  const moving = parts.map((_, i) => i).filter((i) => parts[i]!.moves)
  // All steps nothing and yet a hundredth to give: the two means were rounded apart, and any step may take it.
  const takers = moving.length > 0 ? moving : parts.map((_, i) => i)
  const falling = takers.toSorted((a, b) => parts[b]!.rest - parts[a]!.rest)
  for (let turn = 0; left > 0; turn++, left--) whole[falling[turn % falling.length]!]!++
  const rising = takers.toSorted((a, b) => parts[a]!.rest - parts[b]!.rest)
  for (let turn = 0; left < 0; turn++, left++) whole[rising[turn % rising.length]!]!--
  return whole
}

/** The metrics that pull a customer down and lift them most, by w·(s − base); undefined where none does. */
export function topReasons(metrics: readonly CountedMetric[]): { down: number | undefined; up: number | undefined } {
  let [least, most] = [0, 0]
  let down: number | undefined
  let up: number | undefined
  for (const [i, { points, weight, base }] of metrics.entries()) {
    if (points === MISSING_POINTS) continue
    const moved = weight * (points - base)
    if (moved < least) [least, down] = [moved, i]
    if (moved > most) [most, up] = [moved, i]
  }
  return { down, up }
}
