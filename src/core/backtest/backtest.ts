import type { HealthModel, Tier } from '../model/health-model'
import { auc, type Auc } from './auc'
import { averagePrecision } from './average-precision'
import { withVariance } from './clustered-auc'
import { atCut, type CutFigures } from './cut'
import type { SetEvaluation } from './evaluation'
import { gains, type Gains } from './gains'
import { kolmogorovSmirnov, type KolmogorovSmirnov } from './kolmogorov-smirnov'
import { totals, type OutcomeHistogram } from './outcome-histogram'
import { CLASSES, everybody, partHistogram, riskiestBins, type Part } from './score-histogram'
import { perTier, tierFigures, type TierFigures } from './tiers'
import { tooFew } from './too-few'
import { verdict, type Verdict } from './verdict'

/** Every figure of one part of the customers with a known outcome. Undefined where a figure does not exist. */
export interface Backtest {
  /** Scored customers with a known outcome, and those of them with the event. */
  readonly n: number
  readonly events: number
  /** Under ten customers of an outcome, each counted once: too few to judge. */
  readonly few: boolean
  /** Customers with a known outcome that are not scored, and those of them with the event. */
  readonly notScored: number
  readonly notScoredEvents: number
  readonly auc: Auc
  /** 2·AUC − 1. */
  readonly gini: number | undefined
  readonly averagePrecision: number | undefined
  readonly ks: KolmogorovSmirnov | undefined
  readonly gains: Gains | undefined
  /** From the riskiest up. */
  readonly tiers: readonly TierFigures[]
}

type Judging = Pick<HealthModel, 'objective' | 'tiers'>

/** The figures of one part, from counts alone. The panel, the sheets and the files all take theirs from here. */
export function backtest(set: SetEvaluation, part: Part, { objective, tiers }: Judging): Backtest {
  return {
    ...withoutCuts(set, part, objective),
    tiers: tierFigures(partHistogram(set.histogram, part, 'churn'), tiers),
  }
}

type WithoutCuts = Omit<Backtest, 'tiers'>

/** Kept with their counts: while a cut is dragged they stay the same. */
const kept = new WeakMap<SetEvaluation, Map<string, WithoutCuts>>()

/** The figures that no cut changes. */
function withoutCuts(set: SetEvaluation, part: Part, objective: HealthModel['objective']): WithoutCuts {
  const ofSet = kept.get(set) ?? new Map<string, WithoutCuts>()
  kept.set(set, ofSet)
  const key = `${part} ${objective}`
  const known = ofSet.get(key) ?? countedFigures(set, part, objective)
  ofSet.set(key, known)
  return known
}

function countedFigures(set: SetEvaluation, part: Part, objective: HealthModel['objective']): WithoutCuts {
  const histogram = partHistogram(set.histogram, part, objective)
  const { events, customers } = totals(histogram)
  const value = partAuc(set, part, histogram)
  const each = set.ids === 'repeated' ? set.clustered?.[part] : undefined
  return {
    n: customers,
    events,
    few: tooFew(each?.events ?? events, each?.nonEvents ?? customers - events),
    ...notScored(set, part),
    auc: value,
    gini: value.auc === undefined ? undefined : 2 * value.auc - 1,
    averagePrecision: averagePrecision(histogram),
    ks: kolmogorovSmirnov(histogram),
    gains: gains(histogram),
  }
}

/** With the interval clustered by customer where IDs repeat. */
function partAuc({ ids, clustered }: SetEvaluation, part: Part, histogram: OutcomeHistogram): Auc {
  const plain = auc(histogram)
  if (ids !== 'repeated' || plain.auc === undefined) return plain
  return withVariance(plain, clustered?.[part]?.variance)
}

function notScored({ histogram }: SetEvaluation, part: Part): Pick<Backtest, 'notScored' | 'notScoredEvents'> {
  const { trainingStayed, trainingEvent, holdoutStayed, holdoutEvent } = CLASSES
  const of = (index: number): number => histogram.notScored[index]!
  const training = part === 'holdout' ? 0 : 1
  const holdout = part === 'training' ? 0 : 1
  const events = training * of(trainingEvent) + holdout * of(holdoutEvent)
  return { notScored: events + training * of(trainingStayed) + holdout * of(holdoutStayed), notScoredEvents: events }
}

/** The figures of acting on everybody on the risky side of a cut: below it for churn, from it up for expansion. */
export function cutFigures(
  set: SetEvaluation,
  part: Part,
  cut: number,
  objective: HealthModel['objective'],
): CutFigures {
  return atCut(partHistogram(set.histogram, part, objective), riskiestBins(cut, objective))
}

/** The verdict on the customers that the model was not made with. */
export function holdoutVerdict(set: SetEvaluation, objective: HealthModel['objective']): Verdict {
  const histogram = partHistogram(set.histogram, 'holdout', objective)
  const scored = totals(partHistogram(set.histogram, 'all', objective))
  const rest = notScored(set, 'all')
  const known = {
    events: scored.events + rest.notScoredEvents,
    nonEvents: scored.nonEvents + rest.notScored - rest.notScoredEvents,
  }
  const clustered = set.ids === 'repeated' ? set.clustered?.holdout : undefined
  return verdict({ histogram, auc: auc(histogram).auc, ...(clustered && { clustered }), known, objective }) // prettier-ignore
}

/** Everybody in a tier, whether their outcome is known or not. */
export interface TierCount {
  readonly customers: number
  /** Of all scored customers, 0…1. */
  readonly share: number
  /** In hundredths. */
  readonly revenue: number
}

/** Customers and revenue per tier, riskiest first, and how many are not scored. */
export function tierCounts({ histogram }: SetEvaluation, tiers: readonly Tier[]) {
  const { counts, revenue } = everybody(histogram)
  const customers = perTier(counts, tiers)
  const amounts = perTier(revenue, tiers)
  const scored = customers.reduce((sum, count) => sum + count, 0)
  return {
    scored,
    notScored: histogram.notScored.reduce((sum, count) => sum + count, 0),
    tiers: customers.map((count, i): TierCount => ({
      customers: count,
      share: scored === 0 ? 0 : count / scored,
      revenue: amounts[i]!,
    })),
  }
}
