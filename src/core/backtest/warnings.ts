import { counted, fixed, percent, whole } from '../figure'
import type { HealthModel } from '../model/health-model'
import type { Backtest } from './backtest'
import type { SetEvaluation } from './evaluation'
import { describeLeak, type Leak } from './leak'
import { outcomeWords } from './outcome-words'
import type { Redundancy } from './redundancy'
import { notFalling } from './score-bands'
import type { Verdict } from './verdict'

/** Something that a person has to know before leaning on a backtest. */
export interface Warning {
  readonly kind:
    | 'leak'
    | 'inverted'
    | 'no signal'
    | 'small sample'
    | 'redundancy'
    | 'tier order'
    | 'looks'
    | 'row numbers'
    | 'one date'
  /** What it is and why it matters. */
  readonly sentence: string
  /** Names of the metrics that it is about. */
  readonly metrics?: readonly string[]
}

export interface WarningInput {
  readonly model: HealthModel
  readonly set: Pick<SetEvaluation, 'ids' | 'byTime'>
  readonly verdict: Verdict
  /** Of the hold-out, and of the part whose tiers are shown. */
  readonly holdout: Backtest
  readonly tiers: Backtest['tiers']
  /** Of the metrics that are on, by their places in `metrics`. */
  readonly metrics: readonly { readonly name: string; readonly column: string; readonly leak?: Leak | undefined }[]
  /** Of those metrics; absent until it is known. */
  readonly redundancy?: Redundancy | undefined
}

/** Fewer events, or non-events, than this leave every figure wide. */
const SMALL = 30

/** Everything to be warned of, what spoils the test first. The sheet and the command line say the same. */
export function warnings(input: WarningInput): Warning[] {
  return [
    ...leaks(input),
    ...signal(input),
    ...smallSample(input),
    ...looks(input),
    ...split(input),
    ...tierOrder(input),
    ...redundant(input),
  ]
}

function leaks({ metrics, model }: WarningInput): Warning[] {
  return metrics.flatMap(({ name, column, leak }): Warning[] =>
    leak ? [{ kind: 'leak', sentence: describeLeak(leak, column, model.objective), metrics: [name] }] : [],
  )
}

function signal({ verdict, holdout, model }: WarningInput): Warning[] {
  const { happened, stayed, scores, event } = outcomeWords(model.objective)
  const { auc } = holdout.auc
  if (verdict.kind !== 'no signal' || auc === undefined) return []
  if (verdict.warnings.includes('inverted')) {
    const other = scores === 'lower' ? 'higher' : 'lower'
    return [{ kind: 'inverted', sentence: `This looks inverted: customers who ${happened} score ${other} than ${stayed} ones (AUC ${fixed(auc, 3)}). Turn the scales round.` }] // prettier-ignore
  }
  return [{ kind: 'no signal', sentence: `These columns do not predict ${event}: on unseen customers the score does no better than chance (AUC ${fixed(auc, 3)}).` }] // prettier-ignore
}

function smallSample({ verdict, holdout, model }: WarningInput): Warning[] {
  const { happened, stayed } = outcomeWords(model.objective)
  const nonEvents = holdout.n - holdout.events
  if (verdict.kind === 'one outcome' || holdout.n === 0 || Math.min(holdout.events, nonEvents) >= SMALL) return []
  const [few, what] = holdout.events < SMALL ? [holdout.events, happened] : [nonEvents, `were ${stayed}`]
  const of = `of ${counted(holdout.n, 'unseen customer')} ${what}`
  const sentence =
    few === 0
      ? `None ${of}, so nothing tells the two apart.`
      : `Only ${whole(few)} ${of}, so every figure may be far off.`
  return [{ kind: 'small sample', sentence }]
}

function looks({ model }: WarningInput): Warning[] {
  const { looks: count } = model.holdout
  return count < 2
    ? []
    : [{ kind: 'looks', sentence: `Looked at ${whole(count)} versions; the best of ${whole(count)} looks better than it is.` }] // prettier-ignore
}

function split({ set }: WarningInput): Warning[] {
  return [
    ...(set.byTime === 'one date'
      ? [{ kind: 'one date', sentence: 'There is no later day to hold out, so customers are held out by their ID.' } as const] // prettier-ignore
      : []),
    ...(set.ids === 'row numbers'
      ? [{ kind: 'row numbers', sentence: 'No column holds IDs, so the split holds only while the order of the file does.' } as const] // prettier-ignore
      : []),
  ]
}

function tierOrder({ tiers, model, verdict }: WarningInput): Warning[] {
  if (verdict.kind === 'one outcome') return []
  const { happened } = outcomeWords(model.objective)
  const riskiestFirst = model.objective === 'churn' ? tiers : tiers.toReversed()
  const shown = riskiestFirst.filter(({ faint }) => !faint)
  return notFalling(shown).map(({ riskier, safer }) => ({
    kind: 'tier order',
    sentence: `${percent(safer.rate!, 1)} of ${safer.name} ${happened}, not fewer than of ${riskier.name} (${percent(riskier.rate!, 1)}).`,
  }))
}

function redundant({ redundancy, metrics }: WarningInput): Warning[] {
  return (redundancy?.alike ?? []).map(({ a, b, rho }) => {
    const names = [metrics[a]!.name, metrics[b]!.name] as const
    const how = rho! > 0 ? 'say nearly the same thing' : 'say nearly the same thing turned round'
    return {
      kind: 'redundancy',
      sentence: `“${names[0]}” and “${names[1]}” ${how} (rank correlation ${fixed(rho!, 2)}): keep one, or share the weight.`,
      metrics: names,
    }
  })
}
