import { bindCondition, columnsOf } from '../formula/bind'
import { isHundredth } from './hundredth'
import type { HealthModel, Rule } from './health-model'
import type { CheckedData } from './check'
import type { ModelProblem } from './model-problem'

/** What is wrong with the rules. Without data their columns are taken to be those that the model was made on. */
export function checkRules(model: HealthModel, data?: CheckedData): ModelProblem[] {
  const columns = data?.columns ?? model.columns
  return model.rules.flatMap((rule, i) => checkRule(rule, i + 1, model, columns))
}

function checkRule(
  rule: Rule,
  number: number,
  model: HealthModel,
  columns: Parameters<typeof bindCondition>[1],
): ModelProblem[] {
  const of = { about: 'model', rule: rule.id, number } as const
  const error = { ...of, severity: 'error' } as const
  const points: ModelProblem[] = isHundredth(rule.then.points, 100) ? [] : [{ ...error, kind: 'rule points' }]
  const bound = bindCondition(rule.when, columns)
  if (!bound.ok) return [...points, { ...error, kind: 'rule formula', formula: bound.failure }]
  const read = columnsOf(bound.value)
  const outcome = model.roles.outcome?.column
  if (outcome !== undefined && read.includes(outcome))
    return [...points, { ...error, kind: 'rule knows outcome', column: outcome }]
  const suspect = model.metrics.find(
    (metric) => metric.suspect && !metric.suspect.checked && read.includes(metric.column),
  )
  return suspect && rule.on
    ? [...points, { ...of, severity: 'warning', kind: 'rule may know outcome', column: suspect.column }]
    : points
}

/** The rules that act: on, and without an error. A rule with an error is off until it is fixed. */
export function activeRules(model: HealthModel, problems: readonly ModelProblem[]): Rule[] {
  const broken = new Set(
    problems.flatMap((problem) => ('rule' in problem && problem.severity === 'error' ? [problem.rule] : [])),
  )
  return model.rules.filter((rule) => rule.on && !broken.has(rule.id))
}
