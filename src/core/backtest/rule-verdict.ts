import type { RuleFacts } from './evaluation'
import { significance, type Significance } from './significance'

export type RuleVerdict = Significance | 'no effect'

/** What a rule does to how well the score separates: by the paired test of the AUC with it and without. */
export function ruleVerdict({ scoreChanges, auc }: RuleFacts): RuleVerdict {
  return scoreChanges === 0 ? 'no effect' : significance(auc ?? { difference: undefined, p: undefined })
}
