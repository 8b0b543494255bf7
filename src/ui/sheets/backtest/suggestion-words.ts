import type { PairedDifference } from '../../../core/backtest/paired-delong'
import { fixed } from '../../../core/figure'
import type { SuggestedWeights } from './passes'
import { chanceText } from './signed'

const SIGNIFICANT = 0.05

/** Whether A is better than B by more than luck gives. */
function beats({ difference, p }: PairedDifference): boolean {
  return difference !== undefined && difference > 0 && p !== undefined && p < SIGNIFICANT
}

/** Whether the suggestion is worth being taken as it is: only where it beats equal weights on customers it has not seen. */
export function preselected({ againstEqual }: SuggestedWeights): boolean {
  return beats(againstEqual)
}

/** The finding as a heading and its evidence. */
export function suggestionWords({ auc, againstToday, againstEqual, judged }: SuggestedWeights): {
  readonly heading: string
  readonly evidence: string
} {
  if (auc.suggested.auc === undefined) {
    return {
      heading: 'These weights cannot be judged yet',
      evidence: 'The holdout has customers of one outcome only, or none that is scored.',
    }
  }
  const against = (value: number | undefined, words: string, p: number | undefined): string =>
    value === undefined ? '' : `${fixed(value, 3)} ${words}${p === undefined ? '' : ` (p ${pText(p)})`}`
  return {
    heading: heading(beats(againstToday), beats(againstEqual)),
    evidence: `On ${judged.toLocaleString('en')} customers they have not seen: AUC ${fixed(auc.suggested.auc, 3)} against ${against(
      auc.today.auc,
      'today',
      againstToday.p,
    )} and ${against(auc.equal.auc, 'with equal weights', againstEqual.p)}.`,
  }
}

function heading(today: boolean, equal: boolean): string {
  if (!equal) return 'No better than equal weights'
  return today
    ? 'Better than today’s weights, and better than equal ones'
    : 'Better than equal weights, too close to call against today’s'
}

function pText(p: number): string {
  const text = chanceText(p)
  return text.startsWith('<') ? text : `= ${text}`
}
