import { Z95 } from './auc'
import { fixed, percent, whole } from '../figure'
import type { HealthModel } from '../model/health-model'
import type { ClusteredVariance } from './clustered-variance'
import { totals, type OutcomeHistogram } from './outcome-histogram'
import { outcomeWords, type OutcomeWords } from './outcome-words'
import { LEAST, tooFew } from './too-few'

export type VerdictKind = 'signal' | 'no signal' | 'too few' | 'one outcome'

/** Whether a score has been shown to tell the customers apart, on customers it was not made with. */
export interface Verdict {
  readonly kind: VerdictKind
  readonly sentence: string
  readonly warnings: readonly 'inverted'[]
  /** Of too few: the customers with the event and without it, each counted once. */
  readonly few?: { readonly events: number; readonly nonEvents: number }
}

export interface Judged {
  /** The hold-out customers with a known outcome, riskiest first. */
  readonly histogram: OutcomeHistogram
  /** AUC of that histogram. */
  readonly auc: number | undefined
  /** Where IDs repeat, the variance clustered by customer, in the place of the null variance, and the customers. */
  readonly clustered?: ClusteredVariance
  /** Known outcomes in the whole data, not just this part, scored or not. */
  readonly known: { readonly events: number; readonly nonEvents: number }
  /** For the words; churn where it is absent. */
  readonly objective?: HealthModel['objective']
}

/**
 * The verdict by backtest.md: under ten events or ten non-events it is too few to say, each customer counted once (with two
 * customers of twelve rows each, chance alone would be called a signal in 15 of 100); else the AUC is compared with
 * a half by the tie-corrected variance that holds when there is no signal, with a continuity correction.
 */
export function verdict({ histogram, auc, clustered, known, objective = 'churn' }: Judged): Verdict {
  const { events: n1, nonEvents: n0 } = totals(histogram)
  const words = outcomeWords(objective)
  if (known.events === 0 || known.nonEvents === 0)
    return { kind: 'one outcome', sentence: oneOutcomeSentence(known), warnings: [] }
  const each = clustered ?? { events: n1, nonEvents: n0 }
  if (tooFew(each.events, each.nonEvents) || auc === undefined) {
    const few = { events: each.events, nonEvents: each.nonEvents }
    return { kind: 'too few', sentence: tooFewSentence(n1 === 0 && n0 === 0, few, words), warnings: [], few }
  }
  // Complete separation leaves no variance between customers, and yet is no chance.
  const variance = clustered?.variance || nullVariance(histogram)
  const z = variance === 0 ? 0 : (auc - 0.5 - 1 / (2 * n1 * n0)) / Math.sqrt(variance)
  if (z > Z95) return { kind: 'signal', sentence: signal(auc, words), warnings: [] }
  return { kind: 'no signal', sentence: noSignal(auc), warnings: z < -Z95 ? ['inverted'] : [] }
}

/** V₀ = (N + 1 − Σ(t³ − t)/(N(N − 1))) / (12·n₁·n₀), t the sizes of tie groups: the AUC's variance under no signal. */
export function nullVariance(histogram: OutcomeHistogram): number {
  const { events: n1, nonEvents: n0, customers: n } = totals(histogram)
  let ties = 0
  for (let bin = 0; bin < histogram.events.length; bin++) {
    const t = histogram.events[bin]! + histogram.nonEvents[bin]!
    ties += t ** 3 - t
  }
  return (n + 1 - ties / (n * (n - 1))) / (12 * n1 * n0)
}

function oneOutcomeSentence({ events, nonEvents }: Judged['known']): string {
  const why = events + nonEvents === 0 ? 'No outcome is known' : 'All known outcomes are the same'
  return `${why}, so nothing can be tested. The scores are not affected.`
}

function tooFewSentence(
  isNobody: boolean,
  { events, nonEvents }: NonNullable<Verdict['few']>,
  { happened, stayed }: OutcomeWords,
): string {
  if (isNobody) return 'None of the unseen customers with a known outcome is scored, so nothing can be tested.'
  const [count, what] = events < LEAST ? [events, happened] : [nonEvents, `were ${stayed}`]
  const some = count === 0 ? 'None' : `Only ${whole(count)}`
  return `${some} of the unseen customers ${what}: too few to tell. At least ${LEAST} are needed.`
}

function signal(auc: number, { happened, stayed, scores }: OutcomeWords): string {
  return (
    `On customers it has not seen, the score tells the two apart: of one ${happened} and one ${stayed} customer, ` +
    `the ${happened} one scores ${scores} ${percent(auc)} of the time.`
  )
}

function noSignal(auc: number): string {
  return `On customers it has not seen, the score does no better than chance would (AUC ${fixed(auc, 3)}).`
}
