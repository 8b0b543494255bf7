import type { Auc } from './auc'
import type { ClusteredVariance } from './clustered-variance'
import type { OutcomeCounts } from './outcome'
import type { PairedDifference } from './paired-delong'
import type { Part, ScoreHistogram } from './score-histogram'

/** What the engine answers to a model: counts, never rows. */
export interface Evaluation {
  /** The revision of the model that was asked about. */
  readonly revision: number
  /** The customers that judge the model: those of the history, or of the only data set. */
  readonly history: SetEvaluation
  /** Today's customers, where a second data set holds them. */
  readonly current?: SetEvaluation
  /** Of the metrics whose facts are new since the last answer. */
  readonly metrics: ReadonlyMap<string, MetricFacts>
  /** Of every category, as if it were the model; absent while something is being dragged. */
  readonly categories?: ReadonlyMap<string, SignalFacts>
  /** Customers that are in another tier than under the model that was last settled; absent at the first. */
  readonly changedTier?: number
  /** Against the pinned model, where one is pinned. */
  readonly baseline?: BaselineEvaluation
  /** How long it took in the engine. */
  readonly milliseconds: number
}

/** A model (A) against the pinned one (B), on the customers of the training part that both score. */
export interface BaselineEvaluation extends PairedDifference {
  /** Customers, of all, that are in another tier than the pinned model puts them in. */
  readonly changedTier: number
}

export interface SetEvaluation {
  readonly customers: number
  readonly histogram: ScoreHistogram
  /** What the outcome column told; undefined where no outcome is chosen. */
  readonly outcomes?: OutcomeCounts
  /** How customers are told apart, which decides the split and the intervals. */
  readonly ids: 'unique' | 'repeated' | 'row numbers'
  /**
   * Where the model splits by time: the first day of the hold-out, in days since 1970-01-01, and earlier rows that no part
   * has; 'one date' where there is no later day to hold out, so that it is split by ID after all.
   */
  readonly byTime?: { readonly from: number; readonly overlapping: number } | 'one date'
  /** Where IDs repeat, the variance of the AUC clustered by customer, per part; absent where there is no AUC. */
  readonly clustered?: Readonly<Partial<Record<Part, ClusteredVariance>>>
}

/** How one signal alone separates the outcomes, on the training part, and how its customers lie. */
export interface SignalFacts {
  /** Of its points as a one-metric score; absent without an outcome. */
  readonly power?: Auc
  readonly spread: Spread
}

export interface MetricFacts extends SignalFacts {
  /** Share of all customers with a real value, 0…1; filled-in points do not count. */
  readonly coverage: number
}

/** What each rule does, and the rules that are on together. */
export interface RuleReport {
  readonly byId: ReadonlyMap<string, RuleFacts>
  readonly together: RuleFacts
}

/** What a rule changes, against the same model without it. */
export interface RuleFacts {
  /** Customers to whom it applies. */
  readonly meets: number
  /** Customers for whom its condition divides by zero or the like: it does not apply to them. */
  readonly errors: number
  readonly scoreChanges: number
  readonly tierChanges: number
  /** Of the customers of the training part to whom it applies: those with a known outcome, and the events among them. */
  readonly known: number
  readonly events: number
  /** How it changes the AUC of the training part; absent without an outcome. */
  readonly auc?: Pick<PairedDifference, 'difference' | 'low' | 'high' | 'p'>
}

/** Customers of the training part in up to 14 bars, by outcome; without an outcome all are `stayed`. */
export interface Spread {
  readonly events: readonly number[]
  readonly stayed: readonly number[]
  /** Where the bars begin and end on the value's scale; for values of a category, their texts in order. */
  readonly from: number
  readonly to: number
  readonly labels?: readonly string[]
}
