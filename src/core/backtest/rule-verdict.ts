import type { RuleFacts } from './evaluation'

export type RuleVerdict = 'better' | 'worse' | 'too close' | 'no effect' | 'unknown'

/** Differences of the AUC that luck gives less often than this are told from none. */
const SIGNIFICANT = 0.05

/** What a rule does to how well the score separates: by the paired test of the AUC with it and without. */
export function ruleVerdict({ scoreChanges, auc }: RuleFacts): RuleVerdict {
  if (scoreChanges === 0) return 'no effect'
  if (auc?.difference === undefined || auc.p === undefined) return 'unknown'
  if (auc.p >= SIGNIFICANT) return 'too close'
  return auc.difference > 0 ? 'better' : 'worse'
}
