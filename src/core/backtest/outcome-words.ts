import type { HealthModel } from '../model/health-model'

/** How people speak of what a model predicts, and on which side of a cut it expects that. */
export interface OutcomeWords {
  /** "568 of 2,113 churned". */
  readonly happened: string
  /** "of all retained". */
  readonly stayed: string
  /** "do not predict churn", "the churn chance". */
  readonly event: string
  /** Where the flagged are: "below 41", "from 41 up". */
  readonly flagged: (cut: string) => string
  /** "the lowest-scoring 10%". */
  readonly riskiest: 'lowest' | 'highest'
  /** How the score of who has the event compares with that of who has not. */
  readonly scores: 'lower' | 'higher'
}

const WORDS: Readonly<Record<HealthModel['objective'], OutcomeWords>> = {
  churn: {
    happened: 'churned',
    stayed: 'retained',
    event: 'churn',
    flagged: (cut) => `below ${cut}`,
    riskiest: 'lowest',
    scores: 'lower',
  },
  expand: {
    happened: 'expanded',
    stayed: 'unchanged',
    event: 'expansion',
    flagged: (cut) => `from ${cut} up`,
    riskiest: 'highest',
    scores: 'higher',
  },
}

export function outcomeWords(objective: HealthModel['objective']): OutcomeWords {
  return WORDS[objective]
}
