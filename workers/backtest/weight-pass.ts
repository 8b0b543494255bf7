import { aucPoint } from '../../src/core/backtest/auc'
import { UNKNOWN } from '../../src/core/backtest/outcome-histogram'
import { inRiskOrder, partHistogram, type Part } from '../../src/core/backtest/score-histogram'
import { reweighted, triedWeights, type Reweighed } from '../../src/core/backtest/sensitivity'
import { tierBins } from '../../src/core/backtest/tiers'
import type { HealthModel } from '../../src/core/model/health-model'
import { minDenOf } from '../../src/core/scoring/reference'
import { hundredths } from '../../src/core/scoring/scale'
import type { Evaluator } from '../evaluator'
import { CHUNK, SLOTS, type OtherWeight } from '../reweigher'
import type { MoreAnswer } from './backtest-api'
import { within } from './within'

/**
 * The whole score without each metric, and with each weight a fifth lower and higher; the other weights as they are.
 * Yields the share done, 0…1.
 */
export function* weightPass(
  evaluator: Evaluator,
  model: HealthModel,
  part: Part,
): Generator<number, Pick<MoreAnswer, 'without' | 'sensitivity'>> {
  const { histogram } = evaluator.scored(model)
  const today = { customers: evaluator.table.rows, auc: aucPoint(partHistogram(histogram, part, model.objective)) }
  const others = otherWeights(evaluator, model)
  const found: Reweighed[] = []
  for (let first = 0; first < others.length; first += SLOTS) {
    const tried = others.slice(first, first + SLOTS)
    const [from, to] = [first / others.length, (first + tried.length) / others.length]
    found.push(...(yield* within(reweigh(evaluator, model, part, tried), from, to)))
  }
  const figures = found.map((each) => reweighted(today, each))
  const metrics = Array.from({ length: figures.length / 3 }, (_, metric) => figures.slice(3 * metric, 3 * metric + 3))
  return {
    without: metrics.map(([without]) => without!),
    sensitivity: metrics.map(([, lower, higher]) => ({ lower: lower!, higher: higher! })),
  }
}

/** Per metric that counts: none, a fifth less and a fifth more of its weight. */
function otherWeights(evaluator: Evaluator, model: HealthModel): OtherWeight[] {
  const weights = evaluator.active(model).map(({ weight }) => hundredths(weight))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.flatMap((own, metric) => {
    const { without, lower, higher } = triedWeights(own)
    return [without, lower, higher].map((weight) => ({
      ...{ metric, weight },
      minDen: minDenOf(hundredths(model.minCoverage), total - own + weight),
    }))
  })
}

/** What as many weights make of everybody as can be counted at once. */
function* reweigh(
  evaluator: Evaluator,
  model: HealthModel,
  part: Part,
  tried: readonly OtherWeight[],
): Generator<number, Reweighed[]> {
  const { rows } = evaluator.table
  const outcome = evaluator.customers(model).outcome(part) ?? new Uint8Array(rows).fill(UNKNOWN)
  const cuts = tierBins(model.tiers.slice(1)).map(({ first }) => first)
  const reweigher = evaluator.scorer.reweigher({ outcome, cuts, slots: tried.length })
  for (let start = 0; start < rows; start += CHUNK) {
    yield start / rows
    // Asked for anew: points that are as they were may lie elsewhere.
    reweigher.take(evaluator.planOf(model), start)
    for (const [slot, other] of tried.entries()) reweigher.count(slot, other)
  }
  return tried.map((_, slot) => {
    const { events, nonEvents, changedTier } = reweigher.counted(slot)
    const counts = { events: events.slice(), nonEvents: nonEvents.slice() }
    return { histogram: inRiskOrder(counts, model.objective), changedTier }
  })
}
