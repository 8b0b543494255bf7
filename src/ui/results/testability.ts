import type { Backtest } from '../../core/backtest/backtest'
import type { SetEvaluation } from '../../core/backtest/evaluation'
import { tooFew } from '../../core/backtest/too-few'

/** Whether figures of the training part can be shown, by the verdict's rule: ten of each outcome. */
export type Testability = 'yes' | 'no outcome' | 'one outcome' | 'too few'

export function testability({ outcomes }: SetEvaluation, { n, events }: Backtest): Testability {
  if (!outcomes) return 'no outcome'
  if (events === 0 || events === n) return 'one outcome'
  return tooFew(events, n - events) ? 'too few' : 'yes'
}
