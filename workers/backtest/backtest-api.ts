import type { Auc } from '../../src/core/backtest/auc'
import type { BootstrapResult } from '../../src/core/backtest/bootstrap'
import type { SetEvaluation } from '../../src/core/backtest/evaluation'
import type { GroupFigures } from '../../src/core/backtest/group-figures'
import type { Leak } from '../../src/core/backtest/leak'
import type { Difference } from '../../src/core/backtest/mean-difference'
import type { MetricPower } from '../../src/core/backtest/metric-power'
import type { Migration } from '../../src/core/backtest/migration'
import type { OutcomeHistogram } from '../../src/core/backtest/outcome-histogram'
import type { PairedDifference } from '../../src/core/backtest/paired-delong'
import type { Redundancy } from '../../src/core/backtest/redundancy'
import type { Part } from '../../src/core/backtest/score-histogram'
import type { MetricSensitivity, Reweighted } from '../../src/core/backtest/sensitivity'
import type { SuggestionVerdict } from '../../src/core/backtest/suggestion-words'
import type { Interval } from '../../src/core/backtest/wilson'
import type { HealthModel } from '../../src/core/model/health-model'
import type { Stabilities } from './stability-pass'

export interface BacktestRequest {
  readonly model: HealthModel
  readonly part: Part
  /** Of the model, to tell an answer that came too late. */
  readonly revision: number
}

/** What a backtest needs besides the counts of one model, of one part of the customers. */
export interface BacktestAnswer {
  readonly revision: number
  readonly part: Part
  /** The counts that every figure of the model itself comes from. */
  readonly set: SetEvaluation
  /** Against the pinned model, where one is pinned. */
  readonly comparison?: Comparison
  /** By the segment column, the largest first; absent without one. */
  readonly segments?: Segments
  /** By id, of every metric whose column is there. */
  readonly power: ReadonlyMap<string, PowerOfMetric>
  /** By as-of date, where there are several; the earliest first. */
  readonly dates?: readonly DateFigures[]
  readonly misses: { readonly missed: MissedCustomers; readonly spared: MissedCustomers }
  /** Of the net value per 1,000 customers at the model's cut; absent without economics, or where it has none. */
  readonly netValue?: Interval
  readonly milliseconds: number
}

/** A model (A) against the pinned one (B), on the customers of the part that both score. */
export interface Comparison {
  readonly name: string
  /** The customers by either score, riskiest first. */
  readonly a: OutcomeHistogram
  readonly b: OutcomeHistogram
  /** The pinned model's counts of everybody. */
  readonly set: SetEvaluation
  readonly auc: PairedDifference
  /** Each model at the cut below which it acts. */
  readonly recall: Difference
  readonly precision: Difference
  /** Undefined where one of the two has no calibration. */
  readonly brier?: Difference
  /** Per 1,000 customers, each at the cut where it acts; undefined without economics. */
  readonly netValue?: Difference
  /** The same, each at its best cut on the training part. */
  readonly bestValue?: Difference & { readonly cutA: number; readonly cutB: number }
  /** Of everybody. */
  readonly migration: Migration
  /** Customers that are in another tier. */
  readonly changedTier: number
  /** The pinned model's tiers, riskiest first. */
  readonly tiers: readonly string[]
}

export interface Segments {
  readonly column: string
  readonly groups: readonly (GroupFigures & { readonly name: string })[]
  /** Smaller segments that are left out. */
  readonly others: number
}

export interface PowerOfMetric extends MetricPower {
  /** Why the metric's column may know the answer already, on the training part. */
  readonly leak?: Leak
}

export interface DateFigures extends GroupFigures {
  /** In days since 1970-01-01. */
  readonly day: number
}

export interface MissedCustomers {
  readonly customers: number
  /** The most surprising first, at most a hundred. */
  readonly first: readonly MissedCustomer[]
}

export interface MissedCustomer {
  readonly row: number
  readonly id: string
  readonly name?: string
  /** 0…100. */
  readonly score: number
  /** As the file has it; absent where it is missing. */
  readonly revenue?: number
}

export type MoreRequest = Omit<BacktestRequest, 'revision'>

/** What takes longer. Of the metrics that count, in their order. */
export interface MoreAnswer {
  readonly part: Part
  readonly metrics: readonly string[]
  /** The whole score without each metric. */
  readonly without: readonly Reweighted[]
  /** With each weight a fifth lower and a fifth higher. */
  readonly sensitivity: readonly MetricSensitivity[]
  readonly redundancy: Redundancy
  /** Today's customers against those that judge; absent where there is one data set. */
  readonly stability?: Stabilities
  /** Undefined without an outcome, or where nobody of the part is judged. */
  readonly bootstrap?: BootstrapResult
  /** Of the training part, the figures that the hold-out is compared in; only where the hold-out was asked for. */
  readonly training?: BootstrapResult
  /** Where customers repeat: intervals clustered by customer, per segment as listed and per metric. */
  readonly clustered?: { readonly segments: readonly Auc[]; readonly power: ReadonlyMap<string, Auc> }
  /** Where customers repeat: of the event rate of each tier, riskiest first, and of each band of ten scores, lowest first. */
  readonly rates?: DrawnRates
}

export interface DrawnRates {
  readonly tiers: readonly (Interval | undefined)[]
  readonly bands: readonly (Interval | undefined)[]
}

export interface SuggestRequest {
  readonly model: HealthModel
  /** Weights are rounded to multiples of it. */
  readonly step: number
}

/** Suggested weights beside today's and equal ones, all by the integer score with the rounded weights. */
export interface SuggestAnswer {
  readonly verdict: SuggestionVerdict
  /** Undefined where there is nothing to suggest. */
  readonly suggestion?: SuggestedWeights
}

export interface SuggestedWeights {
  /** By id of the metrics that count; they add up to 100. */
  readonly weights: ReadonlyMap<string, number>
  readonly lambda: number
  /** Training customers that were learned from. */
  readonly rows: number
  readonly training: AucOfWeights
  readonly holdout: AucOfWeights
  /** On the hold-out. */
  readonly againstToday: PairedDifference
  readonly againstEqual: PairedDifference
  readonly equalAgainstToday: PairedDifference
  /** Of everybody: rows are today's tiers, columns those by the suggested weights. */
  readonly migration: Migration
}

export interface AucOfWeights {
  readonly n: number
  readonly events: number
  readonly suggested: Auc
  readonly today: Auc
  readonly equal: Auc
}
