import { MISSING_POINTS } from './scale'

/** Metrics as they move customers away from the average one. */
export interface Moving<Points = Uint16Array> {
  /** One column per metric, in hundredths, 65535 missing; all of one length. */
  readonly points: readonly Points[]
  /** In hundredths, one per metric. */
  readonly weights: Uint16Array
  /** Mean points over the customers who have them, in hundredths, one per metric. */
  readonly bases: readonly number[]
}

/** What moves each customer most: in one direction, what `topReasons` finds for one of them. */
export interface Reasons {
  /** How far it moves the score, in hundredths, per row; 0 where nothing does. */
  readonly steps: Int16Array
  /** The place of the metric, per row; NO_METRIC where none moves the score that way. */
  readonly metrics: Uint16Array
}

/** In `Reasons.metrics`, of whom no metric moves that way. */
export const NO_METRIC = 65_535

/** 1 for what lifts a score, −1 for what pulls it down. */
export type Direction = 1 | -1

/**
 * The metric whose w·(s − base) is the most in a direction, the first of those that are alike, and that over den, rounded
 * half up to a hundredth (scoring.md, Contributions). This is the specification that the kernel equals bit for bit.
 */
export function reasonsOf({ points, weights, bases }: Moving, direction: Direction, customers: number): Reasons {
  const [most, den] = [new Int32Array(customers), new Int32Array(customers)]
  const [steps, metrics] = [new Int16Array(customers), new Uint16Array(customers).fill(NO_METRIC)]
  for (const [metric, column] of points.entries()) {
    const [weight, base] = [weights[metric]!, bases[metric]!]
    for (let row = 0; row < customers; row++) {
      const own = column[row]!
      if (own === MISSING_POINTS) continue
      den[row] = den[row]! + weight
      const moved = direction * weight * (own - base)
      if (moved <= most[row]!) continue
      most[row] = moved
      metrics[row] = metric
    }
  }
  for (let row = 0; row < customers; row++) {
    if (most[row]! > 0) steps[row] = Math.floor((direction * most[row]!) / den[row]! + 0.5)
  }
  return { steps, metrics }
}
