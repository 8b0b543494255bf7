import type { HealthModel, Tier } from '../model/health-model'
import { tierOf } from '../model/tier'
import { auc } from './auc'
import { countOutcomesPerScore } from './score-histogram'

/** Scores every row with other weights: hundredths per metric in, hundredths or NOT_SCORED per row out. */
export type Scorer = (weights: readonly number[]) => Uint16Array

/** What scores are judged by. */
export interface ScoreJudge {
  /** 1 event, 0 non-event; other rows count for tiers alone. */
  readonly outcome: Uint8Array
  readonly objective: HealthModel['objective']
  readonly tiers: readonly Tier[]
}

/** A model with other weights, against the model as it is. */
export interface Reweighted {
  /** Of the whole score; undefined without an event or a non-event. */
  readonly auc: number | undefined
  /** Less that of the model as it is. */
  readonly difference: number | undefined
  /** Share of the customers who are in another tier, 0…1; not being scored counts as one. Undefined for nobody. */
  readonly changedTier: number | undefined
}

export interface MetricSensitivity {
  /** With the metric's weight a fifth lower and a fifth higher. */
  readonly lower: Reweighted
  readonly higher: Reweighted
}

const FIFTH = 0.2

/**
 * How much hangs on each weight: the score with it 20% lower and 20% higher, rounded to hundredths, the others as they
 * are. Yields the share done, 0…1.
 * @param weights of the metrics that are on, in hundredths
 */
export function* sensitivity(
  weights: readonly number[],
  scorer: Scorer,
  judge: ScoreJudge,
): Generator<number, MetricSensitivity[]> {
  const today = scorer(weights)
  const found: MetricSensitivity[] = []
  for (const [metric, weight] of weights.entries()) {
    yield metric / weights.length
    const by = (factor: number): Reweighted =>
      reweighted(today, scorer(weights.with(metric, Math.round(weight * factor))), judge)
    found.push({ lower: by(1 - FIFTH), higher: by(1 + FIFTH) })
  }
  return found
}

/** What each metric adds: the whole score without it. Yields the share done, 0…1. */
export function* withoutEach(
  weights: readonly number[],
  scorer: Scorer,
  judge: ScoreJudge,
): Generator<number, Reweighted[]> {
  const today = scorer(weights)
  const found: Reweighted[] = []
  for (const metric of weights.keys()) {
    yield metric / weights.length
    found.push(reweighted(today, scorer(weights.with(metric, 0)), judge))
  }
  return found
}

function reweighted(today: Uint16Array, scores: Uint16Array, judge: ScoreJudge): Reweighted {
  const aucOf = (of: Uint16Array): number | undefined =>
    auc(countOutcomesPerScore(of, judge.outcome, judge.objective)).auc
  const [before, after] = [aucOf(today), aucOf(scores)]
  return {
    auc: after,
    difference: before === undefined || after === undefined ? undefined : after - before,
    changedTier: scores.length === 0 ? undefined : moved(today, scores, judge.tiers) / scores.length,
  }
}

function moved(before: Uint16Array, after: Uint16Array, tiers: readonly Tier[]): number {
  let customers = 0
  for (let row = 0; row < before.length; row++) {
    if (before[row] !== after[row] && tierOf(before[row]!, tiers) !== tierOf(after[row]!, tiers)) customers++
  }
  return customers
}
