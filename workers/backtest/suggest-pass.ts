import { auc, type Auc } from '../../src/core/backtest/auc'
import { migration } from '../../src/core/backtest/migration'
import { clusteredAuc } from '../../src/core/backtest/clustered-auc'
import { eachOnce } from '../../src/core/backtest/customer-rows'
import { totals, type OutcomeHistogram } from '../../src/core/backtest/outcome-histogram'
import { partHistogram, riskBins, type Part, type ScoreHistogram } from '../../src/core/backtest/score-histogram'
import { suggestWeights } from '../../src/core/backtest/suggest-weights'
import { noSuggestion, suggestionVerdict } from '../../src/core/backtest/suggestion-words'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import { hundredths } from '../../src/core/scoring/scale'
import { Baseline, type Paired } from '../baseline'
import type { Customers } from '../customers'
import type { Evaluator } from '../evaluator'
import type { Handle } from '../scorer'
import type { AucOfWeights, SuggestAnswer, SuggestedWeights, SuggestRequest } from './backtest-api'
import type { JudgedData } from './judged-data'
import type { QuickPass } from './quick-pass'

/** About how much of the work learning is. */
const LEARNING = 0.95

/**
 * Weights that the training part suggests, and how they do on the hold-out beside today's and equal ones: all three as the
 * model would score with them, rules and rounding included. Yields the share done, 0…1.
 */
export function* suggestPass(
  evaluator: Evaluator,
  quick: QuickPass,
  { model, step }: SuggestRequest,
): Generator<number, SuggestAnswer> {
  const data = quick.judged(model)
  const metrics = evaluator.active(model)
  yield 0
  const learning = suggestWeights(trainingRows(evaluator, data, metrics, model, step))
  let learned = learning.next()
  for (; !learned.done; learned = learning.next()) yield LEARNING * learned.value
  const result = learned.value
  if (!result.ok) return { verdict: noSuggestion(result.failure, model.objective) }
  const { weights, lambda, rows } = result.value
  const judged = judge(evaluator, quick, model, metrics, weights)
  return {
    verdict: suggestionVerdict(judged.againstToday, judged.againstEqual),
    suggestion: { weights: new Map(metrics.map(({ id }, i) => [id, weights[i]!])), lambda, rows, ...judged },
  }
}

/** The rows of the training part, copied: what the scorer holds may move while the work goes on. */
function trainingRows(
  evaluator: Evaluator,
  data: JudgedData,
  metrics: readonly Metric[],
  { objective }: HealthModel,
  step: number,
): Parameters<typeof suggestWeights>[0] {
  const outcome = data.outcome('training')
  const places = new Uint32Array(outcome.length)
  let rows = 0
  for (let row = 0; row < outcome.length; row++) if (outcome[row]! <= 1) places[rows++] = row
  const training = places.subarray(0, rows)
  const [folds, order] = [data.hashes(1), data.hashes(2)]
  const copy = <Values extends Uint8Array | Uint16Array | Uint32Array>(values: Values, own: Values): Values => {
    for (let i = 0; i < training.length; i++) own[i] = values[training[i]!]!
    return own
  }
  const repeated = data.customers.repeated('training')
  return {
    ...(repeated && { each: eachOnce(repeated, outcome) }),
    points: metrics.map((metric) =>
      copy(evaluator.scorer.values(evaluator.pointsOf(metric).column), new Uint16Array(rows)),
    ),
    outcome: copy(outcome, new Uint8Array(rows)),
    folds: copy(folds, new Uint32Array(rows)),
    order: copy(order, new Uint32Array(rows)),
    ...{ objective, step },
  }
}

type Judgement = Pick<
  SuggestedWeights,
  'training' | 'holdout' | 'againstToday' | 'againstEqual' | 'equalAgainstToday' | 'migration'
>

function judge(
  evaluator: Evaluator,
  quick: QuickPass,
  model: HealthModel,
  metrics: readonly Metric[],
  suggested: readonly number[],
): Judgement {
  const { scorer } = evaluator
  const { revenue, customers } = quick.judged(model)
  const scoresOf = (weights: readonly number[]): Handle => {
    const scores = scorer.column()
    scorer.score(evaluator.reweighed(model, weights.map(hundredths)), scores)
    return scores
  }
  const columns = {
    suggested: scoresOf(suggested),
    today: scoresOf(metrics.map(({ weight }) => weight)),
    equal: scoresOf(metrics.map(() => 1)),
  }
  const baselineOf = (scores: Handle): Baseline => new Baseline(scorer, scores, model, customers)
  const [today, equal] = [baselineOf(columns.today), baselineOf(columns.equal)]
  const against = (baseline: Baseline, scores: Handle): Paired['difference'] =>
    baseline.paired(scores, baseline.count(scores), 'holdout', model.objective).difference
  const counted = {
    suggested: { scores: columns.suggested, histogram: scorer.count(columns.suggested) },
    today: { scores: columns.today, histogram: today.histogram },
    equal: { scores: columns.equal, histogram: equal.histogram },
  }
  const of = (part: Part): AucOfWeights => {
    const { customers: n, events } = totals(partHistogram(counted.suggested.histogram, part, model.objective))
    const aucOf = ({ scores, histogram }: Counted): Auc =>
      partAuc(scorer.values(scores), partHistogram(histogram, part, model.objective), customers, part, model)
    return { n, events, suggested: aucOf(counted.suggested), today: aucOf(counted.today), equal: aucOf(counted.equal) }
  }
  const judgement: Judgement = {
    training: of('training'),
    holdout: of('holdout'),
    againstToday: against(today, columns.suggested),
    againstEqual: against(equal, columns.suggested),
    equalAgainstToday: against(today, columns.equal),
    migration: migration(
      { scores: scorer.values(columns.today), tiers: model.tiers },
      { scores: scorer.values(columns.suggested), tiers: model.tiers },
      revenue,
    ),
  }
  for (const column of Object.values(columns)) scorer.release(column)
  return judgement
}

interface Counted {
  readonly scores: Handle
  readonly histogram: ScoreHistogram
}

/** Clustered by customer where customers repeat. */
function partAuc(
  scores: Uint16Array,
  histogram: OutcomeHistogram,
  customers: Customers,
  part: Part,
  { objective }: HealthModel,
): Auc {
  const repeated = customers.repeated(part)
  const outcome = repeated && customers.outcome(part)
  if (!outcome) return auc(histogram)
  return clusteredAuc(histogram, { bins: riskBins(scores, objective), outcome, customers: repeated })
}
