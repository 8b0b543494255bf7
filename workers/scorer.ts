import type { DrawFrom } from '../src/core/backtest/drawing'
import type { ScoreHistogram } from '../src/core/backtest/score-histogram'
import type { PointsSum } from '../src/core/scoring/explain'
import type { Direction, Moving, Reasons } from '../src/core/scoring/reasons'
import type { Plan } from '../src/core/scoring/reference'
import type { OtherWeight, Reweigher, Reweighing } from './reweigher'

/** Which of the two executors is at work; they give the same scores bit for bit. */
export type Executor = 'kernel' | 'reference'

/** A column of points or of scores, one hundredth-number per customer, held by a scorer. */
export type Handle = number

/** Customers per tier that they were in and bin that they are in now: tier × MOVE_BINS + bin. */
export type Moves = Uint32Array

/**
 * Most rows whose num and den are kept: 8 bytes a row more in memory than the columns, points and scores. With millions of
 * rows there is to be no more than 1.3 times the stored columns.
 */
export const MOST_KEPT_ROWS = 2_000_000

/** Scores and counts the customers of one data set. It holds their points; a view of a column is valid until the next `column()` or `scoreAndKeep()`. */
export interface Scorer {
  /** Makes a column; its values are whatever was there. */
  readonly column: () => Handle
  /** Gives a column's room to the next one. */
  readonly release: (column: Handle) => void
  readonly values: (column: Handle) => Uint16Array
  /** Says whom the customers are counted as: a class of CLASSES and an amount in hundredths per row. */
  readonly judge: (classes: Uint8Array, amounts: Float64Array | undefined) => void
  /** Puts every customer's score into a column. */
  readonly score: (plan: Plan<Handle>, out: Handle) => void
  /** Does what `score` does, and keeps everybody's num and den for `rescore`. @returns whether it has kept them */
  readonly scoreAndKeep: (plan: Plan<Handle>, out: Handle) => boolean
  /**
   * Puts every customer's score by the plan that `scoreAndKeep` last kept into a column, one metric with another weight:
   * bit for bit what `score` says of that plan. The metric's points and the clamp have to be as they were.
   */
  readonly rescore: (other: OtherWeight, out: Handle) => void
  /** Customers per class and bin, class × BINS + score; who has no value is not counted. */
  readonly countCustomers: (column: Handle) => Uint32Array
  /** The points of a column added up, and of how many customers they are. */
  readonly sumPoints: (column: Handle) => PointsSum
  /** What moves each customer most in a direction, as `reasonsOf` says. */
  readonly reasons: (moving: Moving<Handle>, direction: Direction) => Reasons
  /** Each customer's weight, in hundredths, of the metrics that have points, as the function of that name says; each metric's is below 32,768. */
  readonly weightWithPoints: (plan: Plan<Handle>) => Uint32Array
  readonly count: (scores: Handle) => ScoreHistogram
  /** Keeps the tier of every score, for `countChanged`. @param tierOf tier per bin: see MOVE_BINS */
  readonly keepTiers: (scores: Handle, tierOf: Uint8Array) => void
  /** Customers in another tier than the one that was kept; not being scored counts as one. */
  readonly countChanged: (scores: Handle, tierOf: Uint8Array) => number
  /** Counts like `count`, and the scores against those of a baseline. @param tierOf the baseline's tier per bin; the same array for the same baseline */
  readonly countAgainst: (scores: Handle, baseline: Handle, tierOf: Uint8Array) => Against
  /** Counts scores of other weights; one at a time, the next one ends it. */
  readonly reweigher: (of: Reweighing) => Reweigher
  /** Draws customers anew; one at a time, the next one ends it. */
  readonly drawFrom: DrawFrom
  /** A number per class and bin of the baseline, summed per class and bin of the scores; a view, valid until the next call. */
  readonly sumPlacements: (scores: Handle, baseline: Handle, placements: Uint32Array) => Float64Array
}

/** Scores against a baseline. */
export interface Against {
  readonly histogram: ScoreHistogram
  readonly moves: Moves
  /** Whom only the scores have, and whom only the baseline has: per class × MOVE_BINS + bin. */
  readonly onlyScores: Uint32Array
  readonly onlyBaseline: Uint32Array
}
