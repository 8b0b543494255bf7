import type { HealthModel, Rule } from './health-model'
import { newRuleId } from './new-model'

/** Adds a rule at the end, with an id that is new. */
export function addRule(model: HealthModel, rule: Omit<Rule, 'id'>): { model: HealthModel; id: string } {
  const id = newRuleId(model.rules)
  return { model: { ...model, rules: [...model.rules, { ...rule, id }] }, id }
}

/** The model with a rule changed; the same model when nothing changes. */
export function setRule(model: HealthModel, id: string, change: Partial<Omit<Rule, 'id'>>): HealthModel {
  const rule = model.rules.find((each) => each.id === id)
  if (!rule || Object.entries(change).every(([key, value]) => same(Reflect.get(rule, key), value))) return model
  return { ...model, rules: model.rules.map((each) => (each === rule ? { ...rule, ...change } : each)) }
}

function same(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

export function deleteRule(model: HealthModel, id: string): HealthModel {
  const rules = model.rules.filter((rule) => rule.id !== id)
  return rules.length === model.rules.length ? model : { ...model, rules }
}

/** Moves a rule by some places. The order is only for reading: rules act together. */
export function moveRule(model: HealthModel, id: string, by: number): HealthModel {
  const at = model.rules.findIndex((rule) => rule.id === id)
  const to = Math.min(Math.max(at + by, 0), model.rules.length - 1)
  if (at < 0 || to === at) return model
  return { ...model, rules: model.rules.toSpliced(at, 1).toSpliced(to, 0, model.rules[at]!) }
}
