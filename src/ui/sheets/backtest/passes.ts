import type { Auc } from '../../../core/backtest/auc'
import type { BootstrapResult } from '../../../core/backtest/bootstrap'
import type { Difference } from '../../../core/backtest/mean-difference'
import type { Leak } from '../../../core/backtest/leak'
import type { MetricPower } from '../../../core/backtest/metric-power'
import type { Migration } from '../../../core/backtest/migration'
import type { OutcomeHistogram } from '../../../core/backtest/outcome-histogram'
import type { PairedDifference } from '../../../core/backtest/paired-delong'
import type { Redundancy } from '../../../core/backtest/redundancy'
import type { Part } from '../../../core/backtest/score-histogram'
import type { MetricSensitivity, Reweighted } from '../../../core/backtest/sensitivity'
import type { Stability } from '../../../core/backtest/stability'
import type { SuggestionVerdict } from '../../../core/backtest/suggestion-words'
import type { Tier } from '../../../core/model/health-model'
import type { Interval } from '../../../core/backtest/wilson'
import type { Result } from '../../../core/result'

/** What a pass over the rows found, or why it cannot find anything, in a sentence. Absent: not asked yet. */
type Answer<Value> = Result<Value, string> | undefined

/** What counts per score cannot tell: it takes a pass over the rows, of the part that is judged on. */
export interface Passes {
  readonly part: Part
  readonly judgeOn: (part: Part) => void
  /** How far the passes are, 0…1; undefined while none runs. */
  readonly progress: number | undefined
  /** Whether the answers are of an earlier model. */
  readonly stale: boolean
  /** Asks for all of it, of the model as it is. */
  readonly check: () => void
  /** Against the pinned model; absent without one. */
  readonly comparison?: Answer<Comparison>
  /** Intervals that no formula gives, of this model alone: of the part, and of the training part for what is compared with it. */
  readonly resampled?: Answer<Resampling>
  readonly segments?: Answer<readonly SegmentFigures[]>
  /** Intervals of event rates where customers repeat: per tier, riskiest first, and per band, lowest first. */
  readonly rates?: Answer<Rates>
  /** Of the net value per 1,000 customers at the cut; absent without value inputs. */
  readonly netValue?: Interval
  /** By the id of the metric, of those that are on. */
  readonly power?: Answer<ReadonlyMap<string, PowerOfMetric>>
  readonly without?: Answer<ReadonlyMap<string, Reweighted>>
  readonly sensitivity?: Answer<ReadonlyMap<string, MetricSensitivity>>
  readonly redundancy?: Answer<NamedRedundancy>
  /** Today's customers beside those that judge; absent where they are one data set. */
  readonly stability?: Answer<NamedStability>
  /** Where a file holds several snapshots. */
  readonly dates?: Answer<readonly DateFigures[]>
  readonly suggestion?: Answer<SuggestedWeights>
  /** How far they are, 0…1; undefined while none are worked out. */
  readonly suggesting?: number | undefined
  /** Whether the weights were suggested for an earlier model. */
  readonly suggestionStale?: boolean
  /** Why the last passes over the rows did not come to an end. */
  readonly failed?: string | undefined
  /** Why the last weights that were asked for did not come. */
  readonly suggestFailed?: string | undefined
  /** Asks for weights; they are worked out on the training part. */
  readonly suggest: () => void
  /** Gives up the weights that are being worked out. */
  readonly cancelSuggestion: () => void
}

interface Rates {
  readonly tiers: readonly (Interval | undefined)[]
  readonly bands: readonly (Interval | undefined)[]
}

export interface Resampling {
  readonly part: BootstrapResult
  readonly training?: BootstrapResult
  readonly holdout?: BootstrapResult
}

/** This model (A) against the pinned one (B), on the customers of the part that both score. */
export interface Comparison {
  /** What the pinned model is called. */
  readonly name: string
  readonly customers: number
  readonly auc: PairedDifference
  /** At each model's own cut. */
  readonly recall: Difference
  readonly precision: Difference
  readonly brier?: Difference
  /** Per 1,000 customers, at each model's own cut. */
  readonly netValue?: Difference
  /** Of average precision, KS and lift; absent while customers are still being drawn. */
  readonly resampled?: BootstrapResult
  /** The pinned model's customers, riskiest first: its curves are drawn beside this model's. */
  readonly histogram: OutcomeHistogram
  /** Its event revenue per bin, in hundredths; absent without a revenue column. */
  readonly eventRevenue?: ArrayLike<number>
  /** Who is in another tier. */
  readonly migration?: { readonly tiers: readonly Tier[]; readonly moves: Migration }
}

interface SegmentFigures {
  readonly name: string
  readonly customers: number
  readonly events: number
  /** Under ten customers of an outcome, each counted once. */
  readonly few: boolean
  readonly auc: Auc
  /** At the cut. */
  readonly recall: number | undefined
  /** Of the pinned model. */
  readonly baseline?: Auc
}

interface DateFigures {
  /** In days since 1970-01-01. */
  readonly day: number
  readonly customers: number
  readonly events: number
  /** Under ten customers of an outcome, each counted once. */
  readonly few: boolean
  readonly auc: Auc
}

/** With the reason why its column may know the answer already. */
interface PowerOfMetric extends MetricPower {
  readonly leak?: Leak
}

interface NamedRedundancy {
  readonly names: readonly string[]
  readonly redundancy: Redundancy
}

export interface NamedStability {
  readonly score: Stability | undefined
  /** Metrics that cannot be compared: texts, or a column that is missing or of one value. */
  readonly left: number
  readonly metrics: readonly { readonly id: string; readonly name: string; readonly stability: Stability }[]
}

/** Weights that the training part suggests, judged on the hold-out beside today's and equal ones. */
export interface SuggestedWeights {
  /** Whether they are worth taking, in words. */
  readonly verdict: SuggestionVerdict
  readonly metrics: readonly {
    readonly id: string
    readonly name: string
    readonly today: number
    readonly equal: number
    readonly suggested: number
  }[]
  /** Training customers they were learned from, and hold-out customers they were judged on. */
  readonly learned: number
  readonly judged: number
  readonly auc: { readonly today: Auc; readonly equal: Auc; readonly suggested: Auc }
  /** Suggested (A) against today's and against equal weights (B). */
  readonly againstToday: PairedDifference
  readonly againstEqual: PairedDifference
  /** From today's tiers to those of the suggested weights, of everybody. */
  readonly moves?: Migration
}
