import { fixed, whole } from '../figure'
import type { HealthModel } from '../model/health-model'
import { Z95 } from './auc'
import type { Backtest } from './backtest'
import { outcomeWords } from './outcome-words'
import type { PairedDifference } from './paired-delong'
import type { Verdict } from './verdict'

/** What the hold-out has shown, for the head of the sheet and of a report. */
export interface VerdictWords {
  readonly heading: string
  /** The figures behind it, in one sentence. */
  readonly evidence: string
}

export interface VerdictInput {
  readonly objective: HealthModel['objective']
  /** Of the hold-out. */
  readonly verdict: Verdict
  readonly holdout: Backtest
  readonly training: Backtest
  /** Against another model, on the hold-out customers that both score. */
  readonly baseline?: { readonly name: string; readonly difference: PairedDifference } | undefined
}

/** Differences that luck gives less often than this are told from none. */
const SIGNIFICANT = 0.05

/** The verdict in words: never that something is better or worse where luck may be all of it. */
export function verdictWords(input: VerdictInput): VerdictWords {
  return { heading: heading(input), evidence: evidence(input) }
}

function heading({ verdict, holdout, training, objective, baseline }: VerdictInput): string {
  const { event, happened, stayed } = outcomeWords(objective)
  switch (verdict.kind) {
    case 'one outcome':
      return 'All known outcomes are the same, so nothing can be tested'
    case 'too few':
      return `Too few ${holdout.events < 10 ? happened : stayed} to tell`
    case 'no signal':
      return verdict.warnings.includes('inverted') ? 'This looks inverted' : `These columns do not predict ${event}`
    case 'signal':
      return baseline ? comparison(baseline, holds(training, holdout)) : alone(event, holds(training, holdout))
  }
}

const UNSEEN = 'customers it has not seen'

function alone(event: string, holding: boolean): string {
  return holding
    ? `This predicts ${event}, and it holds on ${UNSEEN}`
    : `This predicts ${event}, but less well on ${UNSEEN}`
}

function comparison({ name, difference }: NonNullable<VerdictInput['baseline']>, holding: boolean): string {
  const { difference: by, p } = difference
  if (by === undefined || p === undefined || p >= SIGNIFICANT) return 'Too close to call'
  if (by < 0) return `Worse than ${name} on ${UNSEEN}`
  return holding ? `Better than ${name}, and it holds on ${UNSEEN}` : `Better than ${name}, but less good on ${UNSEEN}`
}

/** Whether the AUC of the hold-out is not further below that of training than luck explains (95%). */
function holds({ auc: seen }: Backtest, { auc: unseen }: Backtest): boolean {
  if (seen.auc === undefined || unseen.auc === undefined) return true
  const variance = (seen.variance ?? 0) + (unseen.variance ?? 0)
  return seen.auc - unseen.auc <= Z95 * Math.sqrt(variance)
}

function evidence({ verdict, holdout, training, objective, baseline }: VerdictInput): string {
  const { happened } = outcomeWords(objective)
  const on = `on ${whole(holdout.n)} held-out customers`
  const { auc } = holdout.auc
  if (verdict.kind === 'one outcome' || auc === undefined) return `${whole(holdout.events)} of ${whole(holdout.n)} held-out customers ${happened}.` // prettier-ignore
  if (verdict.kind === 'too few') {
    const { low, high } = holdout.auc
    const range = low === undefined || high === undefined ? '' : ` (${fixed(low, 3)} to ${fixed(high, 3)})`
    return `AUC ${fixed(auc, 3)}${range} ${on}, ${whole(holdout.events)} of whom ${happened}.`
  }
  const compared = baseline && comparedWords(baseline.difference)
  const p = compared !== undefined && baseline?.difference.p !== undefined ? `, ${pWords(baseline.difference.p)}` : ''
  return `AUC ${compared ?? fixed(auc, 3)} ${on}${p}${gapWords(training.auc.auc, auc)}`
}

/** "0.839 against 0.825", of the customers that both score. */
function comparedWords({ aucA, aucB }: PairedDifference): string | undefined {
  return aucA === undefined || aucB === undefined ? undefined : `${fixed(aucA, 3)} against ${fixed(aucB, 3)}`
}

function gapWords(seen: number | undefined, unseen: number): string {
  if (seen === undefined) return '.'
  const gap = fixed(Math.abs(seen - unseen), 3)
  if (gap === '0.000') return ', as in training.'
  return seen > unseen ? `, ${gap} below training.` : `, ${gap} above training.`
}

/** "p < 0.001", "p 0.24". */
export function pWords(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p ${fixed(p, p < 0.1 ? 3 : 2)}`
}
