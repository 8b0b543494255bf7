import type { RuleFacts, RuleReport } from '../src/core/backtest/evaluation'
import { tierPerBin } from '../src/core/backtest/moves'
import { CLASSES } from '../src/core/backtest/score-histogram'
import type { HealthModel, Rule } from '../src/core/model/health-model'
import type { Plan } from '../src/core/scoring/reference'
import { Baseline } from './baseline'
import type { Customers } from './customers'
import type { Applied, RuleCache } from './rule-cache'
import type { Handle, Scorer } from './scorer'

interface Judging {
  readonly scorer: Scorer
  readonly rules: RuleCache
  readonly model: HealthModel
  /** The rules that act. */
  readonly active: readonly Rule[]
  /** The weighted mean that they act on. */
  readonly mean: Plan<Handle>
  readonly customers: Customers
}

/**
 * What every rule does: of one that is on, against the same rules without it; of one that is off, what it would do
 * beside those that are on. Together: the rules that are on against none.
 */
export function ruleReport(judging: Judging): RuleReport {
  const { scorer, rules, model, active } = judging
  const { asOf, classes } = judging.customers
  const current = scored(judging, active)
  const none = scored(judging, [])
  const byId = model.rules.map((rule): [string, RuleFacts] => {
    const isOn = active.includes(rule)
    const other = scored(judging, isOn ? active.filter((each) => each !== rule) : [...active, rule])
    const facts = factsOf(judging, rules.applied(rule, asOf), isOn ? [current, other] : [other, current])
    scorer.release(other)
    return [rule.id, facts]
  })
  const applied = active.map((rule) => rules.applied(rule, asOf))
  const together = factsOf(judging, anyOf(applied, classes.length), [current, none])
  scorer.release(current)
  scorer.release(none)
  return { byId: new Map(byId), together }
}

function scored({ scorer, rules, mean, customers }: Judging, acting: readonly Rule[]): Handle {
  const scores = scorer.column()
  const clamp = rules.clamp(acting, customers.asOf)
  scorer.score(clamp ? { ...mean, clamp } : mean, scores)
  return scores
}

function anyOf(applied: readonly Applied[], rows: number): Applied {
  const to = new Uint8Array(rows)
  for (const each of applied) for (let row = 0; row < rows; row++) to[row]! |= each.to[row]!
  return { to, errors: applied.reduce((sum, { errors }) => sum + errors, 0) }
}

function factsOf(judging: Judging, { to, errors }: Applied, [with_, without]: readonly [Handle, Handle]): RuleFacts {
  const { scorer, model, customers } = judging
  const { classes, outcomeCounts } = customers
  const baseline = new Baseline(scorer, without, model, customers)
  const { difference, low, high, p } = baseline.compare(with_, baseline.count(with_), model)
  const [now, before] = [scorer.values(with_), scorer.values(without)]
  const tierOf = tierPerBin(model.tiers)
  let [meets, scoreChanges, tierChanges, known, events] = [0, 0, 0, 0, 0]
  for (let row = 0; row < to.length; row++) {
    if (now[row] !== before[row]) {
      scoreChanges++
      if (tierOf[now[row]!] !== tierOf[before[row]!]) tierChanges++
    }
    if (to[row] === 0) continue
    meets++
    if (classes[row] === CLASSES.trainingEvent) events++
    if (classes[row] === CLASSES.trainingEvent || classes[row] === CLASSES.trainingStayed) known++
  }
  const figures = { meets, errors, scoreChanges, tierChanges, known, events }
  return outcomeCounts ? { ...figures, auc: { difference, low, high, p } } : figures
}
