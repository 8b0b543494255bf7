import type { Backtest } from '../../core/backtest/backtest'
import type { SetEvaluation } from '../../core/backtest/evaluation'
import type { OutcomeWords } from '../../core/backtest/outcome-words'
import { tooFew } from '../../core/backtest/too-few'

/** Whether figures of the training part can be shown, by the verdict's rule: ten of each outcome. */
export type Testability = 'yes' | 'no outcome' | 'one outcome' | 'too few'

export function testability({ outcomes }: SetEvaluation, { n, events }: Backtest): Testability {
  if (!outcomes) return 'no outcome'
  if (events === 0 || events === n) return 'one outcome'
  return tooFew(events, n - events) ? 'too few' : 'yes'
}

/** What is so where the training part has one outcome alone, or none. */
export function oneOutcome({ n, events, notScored }: Backtest, { happened }: OutcomeWords): string {
  if (n === 0 && notScored > 0) return 'No training customer with a known outcome is scored'
  if (n === 0) return 'No training customer has a known outcome'
  return `${events === 0 ? 'No' : 'Every'} training customer ${happened} by the outcome that is chosen`
}
