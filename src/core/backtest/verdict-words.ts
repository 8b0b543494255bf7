import { counted, fixed, whole } from '../figure'
import type { HealthModel } from '../model/health-model'
import { Z95 } from './auc'
import type { Backtest } from './backtest'
import { outcomeWords } from './outcome-words'
import type { PairedDifference } from './paired-delong'
import type { Part } from './score-histogram'
import { pWords, significance } from './significance'
import type { Verdict } from './verdict'
import { LEAST } from './too-few'

/** What a part of the customers has shown, for the head of the sheet and of a report. */
export interface VerdictWords {
  readonly heading: string
  /** The figures behind it, in one line. */
  readonly evidence: string
}

export interface VerdictInput {
  readonly objective: HealthModel['objective']
  /** Only the hold-out judges; of the other parts it is said that they do not. */
  readonly part: Part
  /** Of the hold-out. */
  readonly verdict: Verdict
  /** Of the part. */
  readonly figures: Backtest
  readonly training: Backtest
  /** Against another model, on the customers of the part that both score. */
  readonly baseline?: { readonly name: string; readonly difference: PairedDifference } | undefined
  /** Why nobody at all is scored, and what to do, where the model is the reason: `whyNobodyIsScored`. */
  readonly nobody?: string | undefined
}

/** The verdict in words: never that something is better or worse where luck may be all of it. */
export function verdictWords(input: VerdictInput): VerdictWords {
  return { heading: heading(input), evidence: evidence(input) }
}

function heading({ part, verdict, figures, training, objective, baseline }: VerdictInput): string {
  const { event, happened, stayed } = outcomeWords(objective)
  if (part === 'training') return 'How it looks on the customers it was made with'
  if (part === 'all') return 'All customers, seen and unseen'
  switch (verdict.kind) {
    case 'one outcome':
      return `${knows(training) || knows(figures) ? 'All known outcomes are the same' : 'No outcome is known'}, so nothing can be tested`
    case 'too few':
      if (figures.n === 0) return 'None of the held-out customers is scored, so nothing can be tested'
      return `Too few ${(verdict.few ?? figures).events < LEAST ? happened : stayed} to tell`
    case 'no signal':
      return verdict.warnings.includes('inverted') ? 'This looks inverted' : `These columns do not predict ${event}`
    case 'signal':
      return baseline ? comparison(baseline, holds(training, figures)) : alone(event, holds(training, figures))
  }
}

function knows({ n, notScored }: Backtest): boolean {
  return n + notScored > 0
}

const UNSEEN = 'customers it has not seen'

function alone(event: string, holding: boolean): string {
  return holding
    ? `This predicts ${event}, and it holds on ${UNSEEN}`
    : `This predicts ${event}, but less well on ${UNSEEN}`
}

function comparison({ name, difference }: NonNullable<VerdictInput['baseline']>, holding: boolean): string {
  switch (significance(difference)) {
    case 'better':
      return holding
        ? `Better than ${name}, and it holds on ${UNSEEN}`
        : `Better than ${name}, but less good on ${UNSEEN}`
    case 'worse':
      return `Worse than ${name} on ${UNSEEN}`
    default:
      return `Too close to call against ${name}`
  }
}

/** Whether the AUC of the hold-out is not further below that of training than luck explains (95%). */
function holds({ auc: seen }: Backtest, { auc: unseen }: Backtest): boolean {
  if (seen.auc === undefined || unseen.auc === undefined) return true
  const variance = (seen.variance ?? 0) + (unseen.variance ?? 0)
  return seen.auc - unseen.auc <= Z95 * Math.sqrt(variance)
}

const PART_WORDS: Readonly<Record<Part, string>> = { holdout: 'held-out', training: 'training', all: 'scored' }

function evidence({ part, verdict, figures, training, objective, baseline, nobody }: VerdictInput): string {
  const { happened } = outcomeWords(objective)
  const { auc, n, events } = figures
  if (auc.auc === undefined) return (n === 0 ? nobody : undefined) ?? withoutAuc(figures, part, happened)
  const on = `${whole(n)} ${PART_WORDS[part]} customers`
  if (part === 'training')
    return `AUC ${fixed(auc.auc, 3)} on ${on}. Figures look better here than they are: only unseen customers judge.`
  if (part === 'all')
    return `AUC ${fixed(auc.auc, 3)} on ${on}. The model has seen most of them: only the holdout judges.`
  if (verdict.kind === 'too few') {
    return `AUC ${fixed(auc.auc, 3)}${interval(figures)} on ${on}, ${whole(verdict.few?.events ?? events)} of whom ${happened}: at least 10 of each outcome are needed for a verdict.`
  }
  const compared = baseline && comparedWords(baseline.difference)
  if (compared !== undefined) return `AUC ${compared} on ${on}${gapWords(training.auc.auc, auc.auc)}.`
  return `AUC ${fixed(auc.auc, 3)}${interval(figures)} on ${on}${gapWords(training.auc.auc, auc.auc)}. 0.5 is a coin toss.`
}

function withoutAuc({ n, events, notScored }: Backtest, part: Part, happened: string): string {
  if (n === 0) {
    const unscored = `${counted(notScored, 'customer')} with a known outcome ${notScored === 1 ? 'has' : 'have'} too few values`
    const why = notScored > 0 ? `is scored: ${unscored}` : 'has a known outcome'
    return `Nobody of the ${part === 'all' ? 'customers' : `${PART_WORDS[part]} customers`} ${why}.`
  }
  const who = events === 0 ? `None of ${counted(n, 'customer')}` : `All ${counted(n, 'customer')}`
  return `${who} ${happened}, so accuracy cannot be measured. The scores are not affected.`
}

function interval({ auc: { low, high, complete } }: Backtest): string {
  if (complete) return ' (it separates them completely, so there is no interval)'
  return low === undefined || high === undefined ? '' : ` (95% CI ${fixed(low, 3)} to ${fixed(high, 3)})`
}

/** "0.839 against 0.825 (p < 0.001)", of the customers that both score. */
function comparedWords({ aucA, aucB, p }: PairedDifference): string | undefined {
  if (aucA === undefined || aucB === undefined) return undefined
  return `${fixed(aucA, 3)} against ${fixed(aucB, 3)}${p === undefined ? '' : ` (${pWords(p)})`}`
}

function gapWords(seen: number | undefined, unseen: number): string {
  if (seen === undefined) return ''
  const gap = fixed(Math.abs(seen - unseen), 3)
  if (gap === '0.000') return ', the same as in training'
  return seen > unseen ? `, ${gap} below training` : `, ${gap} above training`
}
