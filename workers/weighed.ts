import type { Metric, Rule } from '../src/core/model/health-model'
import type { Direction, Reasons } from '../src/core/scoring/reasons'
import type { Plan } from '../src/core/scoring/reference'
import type { ScoreHistogram } from '../src/core/backtest/score-histogram'
import type { Baseline } from './baseline'
import type { Against, Handle } from './scorer'

/** A plan, and a text that two plans share exactly when they score everyone alike. */
export interface KeyedPlan extends Plan<Handle> {
  readonly key: string
  /** One per metric: equal ones mean equal points, where a column is written anew when they change. */
  readonly versions: readonly number[]
  /** Says what `clamp` holds. */
  readonly clampKey?: string
}

/** A model's plan and what it made of everybody. Views of points and scores are valid until the model is another. */
export interface Weighed {
  readonly key: string
  readonly metrics: readonly Metric[]
  /** Hundredths, one per metric. */
  readonly weights: Uint16Array
  readonly minDen: number
  /** Index into CLASSES per row. */
  readonly classes: Uint8Array
  /** Those that act, and per rule 1 for every row to which it applies. */
  readonly rules: readonly Rule[]
  readonly applied: readonly Uint8Array[]
  readonly points: () => readonly Uint16Array[]
  /** Mean points of each metric over the customers who have them, hundredths. */
  readonly bases: () => readonly number[]
  readonly scores: () => Uint16Array
  /** The scores without any rule. */
  readonly means: () => Uint16Array
  /** What moves each customer most in a direction; places are those in `metrics`. */
  readonly reasons: (direction: Direction) => Reasons
  readonly coverage: () => Coverage
}

/** How much of the weight has values. */
export interface Coverage {
  /** Hundredths, per row. */
  readonly weights: Uint32Array
  /** The weight of all metrics, hundredths. */
  readonly all: number
}

/** The share of the weight that has values for the customer of a row, 0…1; 0 when nothing has a weight. */
export function coverageAt({ weights, all }: Coverage, row: number): number {
  return all === 0 ? 0 : weights[row]! / all
}

/** A model's scores, counted, and the pinned model that they are compared with. */
export interface Scored {
  readonly key: string
  readonly histogram: ScoreHistogram
  readonly scores: Handle
  readonly baseline?: { readonly pinned: Baseline; readonly against: Against }
}
