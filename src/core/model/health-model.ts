import type { Economics } from '../backtest/net-value'
import type { ColumnType } from '../column/column'
import type { ManualColumn } from '../manual/manual-column'
import type { Recipe } from '../recipe/recipe'

/**
 * A health model: everything that turns a customer's values into a score, as plain immutable data. It holds no
 * customer. Numbers are what people type: weights 0…100 and points 0…100 with at most two decimals.
 */
export interface HealthModel {
  readonly name: string
  readonly notes: string
  /** The event that the outcome stands for; decides whether a low or a high score is risky. */
  readonly objective: 'churn' | 'expand'
  readonly roles: Roles
  /** The columns the model was made on, so that another file's columns can be matched. */
  readonly columns: readonly ExpectedColumn[]
  /** How its data was joined of several files; next month's files are joined alike. */
  readonly recipe?: Recipe
  /** Columns that people fill in by hand; what they fill in is kept elsewhere. */
  readonly manual: readonly ManualColumn[]
  /** The day that dates are counted back from, as YYYY-MM-DD, where no snapshot column says it. */
  readonly asOf?: string
  readonly metrics: readonly Metric[]
  /** Red-flag rules: they act together, after the weighted mean. */
  readonly rules: readonly Rule[]
  /** Rising; the first starts at 0. */
  readonly tiers: readonly Tier[]
  /**
   * Customers under this tier's start are flagged, or from it up where the outcome tells who bought more; absent: the
   * second tier's start.
   */
  readonly actBelow?: string
  /** Least share of the weight, in percent with two decimals, that a customer must have values for. */
  readonly minCoverage: number
  readonly holdout: Holdout
  /** What reaching customers costs and brings; absent until a person says it. */
  readonly economics?: Economics
  /** How many customers can be reached at most: a whole number. */
  readonly capacity?: number
  /** Fields of the file that this version does not know, kept for the next one that does. */
  readonly unknown?: Unknown
}

/** What a newer or other program wrote beside our fields, by name. */
export type Unknown = Readonly<Record<string, unknown>>

export interface ExpectedColumn {
  readonly name: string
  readonly type: ColumnType
}

/** Which column is what. */
export interface Roles {
  readonly id?: string
  readonly name?: string
  readonly revenue?: string
  readonly segment?: string
  /** The date at which a row was true of its customer. */
  readonly snapshot?: string
  readonly outcome?: Outcome
}

export type Outcome = OutcomeByValue | OutcomeByDate

/** What happened, as a column of values: one is the event, the rest are not, or are left out. */
export interface OutcomeByValue {
  readonly column: string
  /** The cell's text as written. */
  readonly event: string
  readonly leaveOut: readonly string[]
}

/** What happened, as a column of dates: backtest.md, Guards, "Outcome by date". Dates are YYYY-MM-DD, spans are days. */
export interface OutcomeByDate {
  readonly column: string
  readonly gap: number
  readonly horizon: number
  readonly observedUntil: string
}

export const IMPORTANCES = ['critical', 'supporting', 'supplementary'] as const
export type Importance = (typeof IMPORTANCES)[number]

/** One signal of the model: a source column, a scale, a weight. */
export interface Metric {
  /** Unique within the model and stable under renaming. */
  readonly id: string
  readonly name: string
  /** The heading that it is listed under; metrics of one category are neighbours. */
  readonly category: string
  readonly on: boolean
  readonly importance: Importance
  readonly column: string
  readonly scale: Scale
  /** Marks that colour the value; they never change points. A number, or a value's text. */
  readonly red?: number | string
  readonly green?: number | string
  /** What a missing value does: leaves the mean, or counts as so many points. */
  readonly missing: 'skip' | number
  readonly weight: number
  /** Why the draft left it off; cleared when a person switches it on after checking. */
  readonly suspect?: Suspect
  readonly unknown?: Unknown
}

/** A metric that may already know the answer, and the evidence in words. */
export interface Suspect {
  readonly reason: string
  readonly checked: boolean
}

/** Maps a raw value to points, 0 (worst) to 100 (best): scoring.md, Scales. */
export type Scale = Curve | Bands | Values

export interface Curve {
  readonly kind: 'curve'
  /** At least two, x strictly rising. */
  readonly knots: readonly Knot[]
}

export interface Knot {
  readonly x: number
  readonly points: number
}

export interface Bands {
  readonly kind: 'bands'
  /** `below` rises; the last band has none. */
  readonly bands: readonly Band[]
}

export interface Band {
  readonly below?: number
  readonly points: number
}

export interface Values {
  readonly kind: 'values'
  readonly values: readonly ValuePoints[]
  /** Points of any other value; 'missing' treats it as a missing one. */
  readonly otherwise: number | 'missing'
}

export interface ValuePoints {
  readonly value: string
  readonly points: number
}

/** What a customer's score may not go beyond, whatever the mean says, where a condition is true: scoring.md, Red-flag rules. */
export interface Rule {
  /** Unique among the rules and stable under renaming. */
  readonly id: string
  readonly name: string
  readonly on: boolean
  /** A formula that comes to true, false or missing; missing does not apply. As typed, with its = or without. */
  readonly when: string
  readonly then: RuleAction
  /** What people read beside a customer on whom it acts. */
  readonly reason: string
  readonly unknown?: Unknown
}

export const RULE_ACTIONS = ['cap', 'floor', 'set'] as const

/** A score of at most, at least, or exactly so many points; 0…100, at most two decimals. */
export interface RuleAction {
  readonly kind: (typeof RULE_ACTIONS)[number]
  readonly points: number
}

/** A named band of the score: it holds scores from `from` (0…100, two decimals) up to the next tier. */
export interface Tier {
  readonly name: string
  readonly from: number
}

export const SPLITS = ['id', 'time'] as const
export type SplitBy = (typeof SPLITS)[number]

/** Who is kept for the test. */
export interface Holdout {
  /** Whole number, 0 or more. */
  readonly seed: number
  /** Customers by the hash of their ID unless it says the latest snapshots. */
  readonly by?: SplitBy
  /** How many distinct models were checked on unseen customers. */
  readonly looks: number
  /** Fingerprints of the models that were counted, so that none is counted twice. */
  readonly looked?: readonly string[]
}
