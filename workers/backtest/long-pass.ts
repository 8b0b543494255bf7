import { auc, type Auc } from '../../src/core/backtest/auc'
import { bootstrap, type BootstrapResult } from '../../src/core/backtest/bootstrap'
import { calibrate, chances } from '../../src/core/backtest/calibration'
import { clusteredAuc } from '../../src/core/backtest/clustered-auc'
import { countOutcomes, UNKNOWN } from '../../src/core/backtest/outcome-histogram'
import { redundancy } from '../../src/core/backtest/redundancy'
import { reweighedOf, tierGroups } from '../../src/core/backtest/reweighed-counts'
import {
  BINS,
  CLASS_COUNT,
  countOutcomesPerScore,
  partHistogram,
  riskiestBins,
  scoreRisks,
  type Part,
} from '../../src/core/backtest/score-histogram'
import { sensitivity, withoutEach, type Reweigh } from '../../src/core/backtest/sensitivity'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import { actingCut } from '../../src/core/model/tier'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { hundredths } from '../../src/core/scoring/scale'
import type { Evaluator } from '../evaluator'
import type { MoreAnswer, MoreRequest } from './backtest-api'
import type { JudgedData } from './judged-data'
import type { QuickPass } from './quick-pass'
import { stabilities } from './stability-pass'

/** About how much of the work each step is. */
const SHARES = { sensitivity: 0.25, redundancy: 0.3, stability: 0.35, clustered: 0.4, drawn: 0.75 }

/**
 * What takes longer than a frame: everybody is scored again with other weights, and customers are drawn anew. Yields the
 * share done, 0…1. Whoever runs it has to end it when `evaluator.holds(model)` is no longer so.
 * @param current today's customers, where they are another data set
 */
export function* longPass(
  evaluator: Evaluator,
  quick: QuickPass,
  { model, part }: MoreRequest,
  current?: Evaluator,
): Generator<number, MoreAnswer> {
  const data = quick.judged(model)
  const metrics = evaluator.active(model)
  yield 0
  const reweighted = yield* within(weightPasses(evaluator, model, part), 0, SHARES.sensitivity)
  const alike = yield* within(metricRedundancy(evaluator, metrics, data), SHARES.sensitivity, SHARES.redundancy)
  const stability =
    current && (yield* within(stabilities(evaluator, current, model, metrics), SHARES.redundancy, SHARES.stability))
  const clustered = data.customers.groups && (yield* within(clusteredFigures(evaluator, data, model, part), SHARES.stability, SHARES.clustered)) // prettier-ignore
  const drawn = yield* within(drawing(evaluator, data, model, part), SHARES.clustered, SHARES.drawn)
  const training = part === 'holdout' ? yield* within(drawing(evaluator, data, model, 'training', 'alone'), SHARES.drawn, 1) : undefined // prettier-ignore
  return {
    ...{ part, metrics: metrics.map(({ id }) => id), ...reweighted, redundancy: alike },
    ...(stability && { stability }),
    ...(clustered && { clustered }),
    ...(drawn && { bootstrap: drawn }),
    ...(training && { training }),
  }
}

/** The whole score without each metric, and with each weight a fifth lower and higher. */
export function* weightPasses(
  evaluator: Evaluator,
  model: HealthModel,
  part: Part,
): Generator<number, Pick<MoreAnswer, 'without' | 'sensitivity'>> {
  const weights = evaluator.active(model).map(({ weight }) => hundredths(weight))
  const reweigh = reweighing(evaluator, model, part)
  const { histogram } = evaluator.scored(model)
  const today = { customers: evaluator.table.rows, auc: auc(partHistogram(histogram, part, model.objective)).auc }
  const without = yield* within(withoutEach(weights, reweigh, today), 0, 1 / 3)
  return { without, sensitivity: yield* within(sensitivity(weights, reweigh, today), 1 / 3, 1) }
}

/** A step of the work as a part of the whole. */
function* within<Value>(work: Generator<number, Value>, from: number, to: number): Generator<number, Value> {
  let step = work.next()
  for (; !step.done; step = work.next()) yield from + step.value * (to - from)
  return step.value
}

/** Scores everybody with other weights and counts them, in two passes of the scorer. */
function reweighing(evaluator: Evaluator, model: HealthModel, part: Part): Reweigh {
  const { scorer } = evaluator
  const { classes } = evaluator.customers(model)
  let grouped = false
  return (weights) => {
    if (!grouped)
      scorer.group(tierGroups(evaluator.scores(model), classes, model.tiers), CLASS_COUNT * (model.tiers.length + 1))
    grouped = true
    const scores = scorer.column()
    scorer.score(evaluator.reweighed(model, weights), scores)
    const reweighed = reweighedOf(scorer.countGroups(scores), part, model, evaluator.table.rows)
    scorer.release(scores)
    return reweighed
  }
}

/** Metrics that say the same thing. */
export function* metricRedundancy(evaluator: Evaluator, metrics: readonly Metric[], data: JudgedData) {
  const hashes = data.hashes(0)
  yield 0
  const points = metrics.map((metric) => evaluator.scorer.values(evaluator.pointsOf(metric).column))
  return yield* redundancy(points, hashes)
}

/** The intervals of the AUC where customers repeat. */
function* clusteredFigures(
  evaluator: Evaluator,
  data: JudgedData,
  model: HealthModel,
  part: Part,
): Generator<number, NonNullable<MoreAnswer['clustered']>> {
  const outcome = data.outcome(part)
  const { group: customer, groups: customers } = data.customers.groups!
  const of = (scores: Uint16Array, judged: Uint8Array): Auc => {
    const bins = riskBins(scores, model.objective)
    const known = judged.map((each, row) => (scores[row] === NOT_SCORED ? UNKNOWN : each))
    return clusteredAuc(countOutcomesPerScore(scores, judged, model.objective), {
      bins,
      outcome: known,
      customer,
      customers,
    })
  }
  const segments: Auc[] = []
  const { rows } = data.segments(part) ?? { rows: { group: new Uint8Array(), groups: 0 } }
  for (let segment = 0; segment < rows.groups; segment++) {
    yield (0.5 * segment) / rows.groups
    const own = outcome.map((each, row) => (rows.group[row] === segment ? each : UNKNOWN))
    segments.push(of(evaluator.scores(model), own))
  }
  const power = new Map<string, Auc>()
  const metrics = evaluator.active(model)
  for (const [i, metric] of metrics.entries()) {
    yield 0.5 + (0.5 * i) / metrics.length
    power.set(metric.id, of(evaluator.scorer.values(evaluator.pointsOf(metric).column), outcome))
  }
  return { segments, power }
}

/** Bins in the order of risk. */
function riskBins(scores: Uint16Array, objective: HealthModel['objective']): Uint16Array {
  if (objective === 'churn') return scores.slice()
  const [none, top] = [NOT_SCORED, BINS - 1]
  return scores.map((score) => (score === none ? none : top - score))
}

/** Draws customers of the part anew, with the pinned model where one is pinned and this one is not to be drawn alone. */
export function* drawing(
  evaluator: Evaluator,
  data: JudgedData,
  model: HealthModel,
  part: Part,
  alone?: 'alone',
): Generator<number, BootstrapResult | undefined> {
  const outcome = data.outcome(part)
  if (countOutcomes(outcome).customers === 0) return undefined
  const hashes = data.hashes(0)
  yield 0
  const { objective, economics, holdout } = model
  const { histogram, baseline } = evaluator.scored(model)
  const judgedBy = (counts: typeof histogram, judged: HealthModel) => {
    const learned = calibrate(partHistogram(counts, 'training', objective), scoreRisks(objective))
    return {
      cut: riskiestBins(actingCut(judged), objective),
      ...(learned.ok && { chance: chances(learned.value, scoreRisks(objective)) }),
      ...(economics && { economics }),
    }
  }
  const a = judgedBy(histogram, model)
  const pinned = baseline && !alone && { rows: riskBins(baseline.pinned.scores, objective), judged: judgedBy(baseline.pinned.histogram, baseline.pinned.model) } // prettier-ignore
  yield 0
  const { revenue } = data
  const { groups } = data.customers
  const rows = {
    ...{ a: riskBins(evaluator.scores(model), objective), bins: BINS, outcome, hashes },
    ...(pinned && { b: pinned.rows }),
    ...(revenue && { revenue }),
    ...(groups && { customer: groups.group }),
  }
  return yield* bootstrap(rows, { a, ...(pinned && { b: pinned.judged }), seed: holdout.seed })
}
