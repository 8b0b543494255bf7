import type { SignalFacts } from '../src/core/backtest/evaluation'
import type { HealthModel } from '../src/core/model/health-model'
import type { Evaluator } from './evaluator'

/** How the metrics that count of each category separate together, by the category's name. */
export function categoryFacts(model: HealthModel, evaluator: Evaluator): ReadonlyMap<string, SignalFacts> {
  const active = evaluator.active(model)
  const categories = new Set(active.map((metric) => metric.category))
  return new Map(
    [...categories].map((category) => {
      const members = active.filter((metric) => metric.category === category)
      return [category, evaluator.categoryFacts(model, category, members)]
    }),
  )
}
