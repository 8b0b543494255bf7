import type { Backtest } from '../../../core/backtest/backtest'
import type { Part } from '../../../core/backtest/score-histogram'
import type { Verdict } from '../../../core/backtest/verdict'
import { counted, fixed, whole } from '../../../core/figure'
import { measureVerdict } from './measures'
import type { OutcomeWords } from './outcome-words'
import type { Comparison } from './passes'
import { chanceText } from './signed'

interface Judgement {
  readonly part: Part
  readonly verdict: Verdict
  readonly figures: Backtest
  readonly training: Backtest
  readonly comparison: Comparison | undefined
}

/** The finding as a heading, and the evidence for it in one line. */
export function verdictWords(of: Judgement, words: OutcomeWords): { heading: string; evidence: string } {
  return { heading: heading(of, words), evidence: evidence(of, words) }
}

function heading({ part, verdict, comparison }: Judgement, { event, other }: OutcomeWords): string {
  if (part === 'training') return 'How it looks on the customers it was made with'
  if (part === 'all') return 'All customers, seen and unseen'
  if (verdict.kind === 'one outcome') return 'Nothing to test: all known outcomes are the same'
  if (verdict.kind === 'too few') return 'Too few unseen customers to tell'
  if (comparison) return against(comparison, verdict)
  return verdict.kind === 'signal'
    ? `It tells ${event} from ${other} on customers it has not seen`
    : 'No better than chance on customers it has not seen'
}

function against({ name, auc }: Comparison, verdict: Verdict): string {
  const holds = verdict.kind === 'signal' ? 'and it holds on customers it has not seen' : 'but no better than chance'
  switch (measureVerdict({ against: { ...auc, a: auc.aucA, b: auc.aucB }, lower: false })) {
    case 'better':
      return `Better than ${name}, ${holds}`
    case 'worse':
      return `Worse than ${name} on customers it has not seen`
    default:
      return `Too close to call against ${name}`
  }
}

const PART_WORDS: Readonly<Record<Part, string>> = {
  holdout: 'held-out',
  training: 'training',
  all: 'scored',
}

function evidence({ part, verdict, figures, training, comparison }: Judgement, { event }: OutcomeWords): string {
  const { auc, n, events } = figures
  if (auc.auc === undefined) return noAuc(figures, part, event)
  const customers = `${whole(n)} ${PART_WORDS[part]} customers`
  if (verdict.kind === 'too few' && part === 'holdout') {
    return `${counted(events, 'customer')} of ${customers} ${event}: at least 10 of each outcome are needed. The figures are shown with their intervals, without a verdict.`
  }
  if (part === 'training')
    return `AUC ${fixed(auc.auc, 3)} on ${customers}. Figures look better here than they are: only unseen customers judge.`
  if (part === 'all')
    return `AUC ${fixed(auc.auc, 3)} on ${customers}. The model has seen most of them: only the holdout judges.`
  const beside = training.auc.auc === undefined ? '' : `, ${gapWords(auc.auc - training.auc.auc)}`
  if (comparison?.auc.aucB !== undefined) {
    const p = comparison.auc.p === undefined ? '' : `, p ${pText(comparison.auc.p)}`
    return `AUC ${fixed(auc.auc, 3)} against ${fixed(comparison.auc.aucB, 3)} on ${customers}${p}${beside}.`
  }
  return `AUC ${fixed(auc.auc, 3)}${interval(figures)} on ${customers}${beside}. 0.5 is a coin toss.`
}

function noAuc({ n, events, notScored }: Backtest, part: Part, event: string): string {
  if (n === 0) {
    const scored = notScored > 0 ? `: ${counted(notScored, 'customer')} with a known outcome have too few values` : ''
    return `Nobody of the ${part === 'all' ? 'customers' : `${PART_WORDS[part]} customers`} is scored${scored}.`
  }
  return events === 0
    ? `None of ${counted(n, 'customer')} ${event}, so accuracy cannot be measured. The scores are not affected.`
    : `All ${counted(n, 'customer')} ${event}, so accuracy cannot be measured. The scores are not affected.`
}

function interval({ auc: { low, high, complete } }: Backtest): string {
  if (complete) return ' (it separates them completely, so there is no interval)'
  return low === undefined || high === undefined ? '' : ` (95% CI ${fixed(low, 3)} to ${fixed(high, 3)})`
}

function gapWords(gap: number): string {
  const size = fixed(Math.abs(gap), 3)
  if (Number(size) === 0) return 'the same as in training'
  return gap < 0 ? `${size} below training` : `${size} above training`
}

function pText(p: number): string {
  const text = chanceText(p)
  return text.startsWith('<') ? text : `= ${text}`
}
