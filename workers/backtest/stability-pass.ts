import { columnSpread, scoreSpread, stability, type Spread, type Stability } from '../../src/core/backtest/stability'
import { columnNamed } from '../../src/core/column/column'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import type { Evaluator } from '../evaluator'

/** How far today's customers are from those that judge. */
export interface Stabilities {
  /** Of the score; undefined where nobody is scored. */
  readonly score: Stability | undefined
  /** By metric; those that cannot be compared are left out. */
  readonly metrics: ReadonlyMap<string, Stability>
}

/** Compares today's customers with those that judge, in the score and in every metric. Yields the share done, 0…1. */
export function* stabilities(
  history: Evaluator,
  current: Evaluator,
  model: HealthModel,
  metrics: readonly Metric[],
): Generator<number, Stabilities> {
  const found = new Map<string, Stability>()
  for (const [i, { id, column }] of metrics.entries()) {
    yield i / metrics.length
    const before = spreadOf(history, model, column)
    yield (i + 0.5) / metrics.length
    const now = before && spreadOf(current, model, column)
    const both = now && stability(before, now)
    if (both) found.set(id, both)
  }
  const [before, now] = [history.scored(model), current.scored(model)].map(({ histogram }) => scoreSpread(histogram))
  return { score: stability(before!, now!), metrics: found }
}

function spreadOf(evaluator: Evaluator, model: HealthModel, name: string): Spread | undefined {
  const column = columnNamed(evaluator.table, name)
  return column && columnSpread(column, evaluator.customers(model).asOf)
}
