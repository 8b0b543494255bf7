import type { HealthModel, Metric, Rule, RuleAction } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'

/** A metric of numbers, 0 points at 0 and 100 at 10, unless told otherwise. */
export function metric(id: string, change: Partial<Metric> = {}): Metric {
  return {
    id,
    name: id.toUpperCase(),
    category: 'Usage',
    on: true,
    importance: 'supporting',
    column: id,
    scale: { kind: 'curve', knots: [{ x: 0, points: 0 }, { x: 10, points: 100 }] }, // prettier-ignore
    missing: 'skip',
    weight: 5,
    ...change,
  }
}

export function modelOf(metrics: readonly Metric[], change: Partial<HealthModel> = {}): HealthModel {
  return { ...EMPTY_MODEL, name: 'Test', metrics, ...change }
}

export function rule(
  id: string,
  when: string,
  kind: RuleAction['kind'],
  points: number,
  change: Partial<Rule> = {},
): Rule {
  return { id, name: id.toUpperCase(), on: true, when, then: { kind, points }, reason: '', ...change }
}
