import type { AucOverTime } from '../../../core/backtest/auc-over-time'
import { pWords, significance } from '../../../core/backtest/significance'
import { fixed, whole } from '../../../core/figure'
import { signed } from '../../parts/signed'

/** Whether a model ages, in a sentence. */
export function overTimeWords(found: AucOverTime | undefined): string {
  if (!found) return 'Three snapshots with 10 customers of each outcome are needed to see a trend.'
  const { days, least, most, slope } = found
  const change = `${signed(slope.difference, 3)} in 30 days (95% CI ${signed(slope.low, 3)} to ${signed(slope.high, 3)}, ${pWords(slope.p)})`
  const range = `From ${fixed(least, 3)} to ${fixed(most, 3)} over ${whole(days)} snapshots.`
  switch (significance(slope)) {
    case 'better':
      return `${range} The AUC rises by more than luck would: ${change}.`
    case 'worse':
      return `${range} The AUC falls by more than luck would: ${change}. The model ages.`
    default:
      return `${range} No trend beyond luck: ${change}.`
  }
}
