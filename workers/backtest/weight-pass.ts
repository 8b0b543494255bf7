import { aucPoint } from '../../src/core/backtest/auc'
import { UNKNOWN } from '../../src/core/backtest/outcome-histogram'
import { inRiskOrder, partHistogram, type Part } from '../../src/core/backtest/score-histogram'
import {
  reweighted,
  shareOf,
  triedWeights,
  type MetricSensitivity,
  type Reweighted,
  type TriedWeights,
} from '../../src/core/backtest/sensitivity'
import { tierBins } from '../../src/core/backtest/tiers'
import type { HealthModel } from '../../src/core/model/health-model'
import { minDenOf } from '../../src/core/scoring/reference'
import { hundredths } from '../../src/core/scoring/scale'
import type { Evaluator } from '../evaluator'
import { CHUNK, type OtherWeight } from '../reweigher'
import type { MoreAnswer } from './backtest-api'

/** About how much of the work it is to take everybody. */
const TAKING = 0.5

/**
 * The whole score without each metric, and with each weight a fifth lower and higher; the other weights as they are.
 * Yields the share done, 0…1.
 */
export function* weightPass(
  evaluator: Evaluator,
  model: HealthModel,
  part: Part,
): Generator<number, Pick<MoreAnswer, 'without' | 'sensitivity'>> {
  const { rows } = evaluator.table
  const { histogram } = evaluator.scored(model)
  const today = { customers: rows, auc: aucPoint(partHistogram(histogram, part, model.objective)) }
  const tried = evaluator.active(model).map((_, metric) => triedOf(evaluator, model, metric))
  const moved = tried.flatMap(({ lower, higher }) => [lower, higher])
  const outcome = evaluator.customers(model).outcome(part) ?? new Uint8Array(rows).fill(UNKNOWN)
  const cuts = tierBins(model.tiers.slice(1)).map(({ first }) => first)
  const mostWeight = moved.reduce((most, { weight }) => Math.max(most, weight), 0)
  const reweigher = evaluator.scorer.reweigher({ outcome, cuts, mostWeight })
  const changedTier = new Map(moved.map((other) => [other, 0]))
  for (let start = 0; start < rows; start += CHUNK) {
    yield (TAKING * start) / rows
    // Asked for anew: points that are as they were may lie elsewhere.
    reweigher.take(evaluator.planOf(model), start)
    for (const other of moved) changedTier.set(other, changedTier.get(other)! + reweigher.leaving(other))
  }
  const judged = (other: OtherWeight): Reweighted => {
    const { events, nonEvents } = reweigher.count(evaluator.planOf(model), other)
    const counts = { events: events.slice(), nonEvents: nonEvents.slice() }
    return reweighted(today, inRiskOrder(counts, model.objective))
  }
  const [without, sensitivity]: [Reweighted[], MetricSensitivity[]] = [[], []]
  for (const [metric, { without: none, lower, higher }] of tried.entries()) {
    yield TAKING + ((1 - TAKING) * metric) / tried.length
    const both = [lower, higher].map((other) => ({
      ...judged(other),
      changedTier: shareOf(changedTier.get(other)!, today),
    }))
    without.push(judged(none))
    sensitivity.push({ lower: both[0]!, higher: both[1]! })
  }
  return { without, sensitivity }
}

/** A metric without its weight, and with a fifth less and more of it. */
function triedOf(evaluator: Evaluator, model: HealthModel, metric: number): Record<keyof TriedWeights, OtherWeight> {
  const weights = evaluator.active(model).map(({ weight }) => hundredths(weight))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const own = weights[metric]!
  const other = (weight: number): OtherWeight => ({
    ...{ metric, weight },
    minDen: minDenOf(hundredths(model.minCoverage), total - own + weight),
  })
  const { without, lower, higher } = triedWeights(own)
  return { without: other(without), lower: other(lower), higher: other(higher) }
}
