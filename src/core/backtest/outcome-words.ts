import type { HealthModel } from '../model/health-model'

/** The words for the event that a model predicts, for those who did not have it, and for where the risky ones score. */
export interface OutcomeWords {
  /** "567 churned" */
  readonly happened: string
  /** "1,546 retained" */
  readonly stayed: string
  /** "do not predict churn" */
  readonly event: string
  readonly scores: 'lower' | 'higher'
}

const WORDS: Readonly<Record<HealthModel['objective'], OutcomeWords>> = {
  churn: { happened: 'churned', stayed: 'retained', event: 'churn', scores: 'lower' },
  expand: { happened: 'expanded', stayed: 'not expanded', event: 'expansion', scores: 'higher' },
}

export function outcomeWords(objective: HealthModel['objective']): OutcomeWords {
  return WORDS[objective]
}
