import type { SetEvaluation } from '../../../core/backtest/evaluation'
import type { OutcomeWords } from '../../../core/backtest/outcome-words'
import type { Part } from '../../../core/backtest/score-histogram'
import { warnings } from '../../../core/backtest/warnings'
import { counted, whole } from '../../../core/figure'
import type { HealthModel } from '../../../core/model/health-model'
import type { Judged } from './judged.svelte'
import type { Passes, Resampling } from './passes'

interface Warned {
  readonly part: Part
  readonly judged: Judged
  readonly set: SetEvaluation
  readonly model: HealthModel
  readonly resampling: Resampling | undefined
  readonly passes: Passes | undefined
}

/** What to know before the figures are believed, each with its reason; what spoils the test comes first. */
export function warningWords(of: Warned, words: OutcomeWords): string[] {
  return [...spoilt(of), ...leftOff(of), ...whoIsJudged(of, words), ...howSure(of)]
}

/** What the command line warns of, too; but for what the heading or a card of its own says. */
function spoilt({ part, judged, set, model, passes }: Warned): string[] {
  const power = passes?.power?.ok ? passes.power.value : undefined
  const found = warnings({
    ...{ model, set, verdict: judged.verdict, holdout: judged.holdout, tiers: [] },
    metrics: model.metrics
      .filter(({ on }) => on)
      .map(({ id, name, column }) => ({ name, column, leak: power?.get(id)?.leak })),
  })
  const isSaid = (kind: (typeof found)[number]['kind']): boolean =>
    kind === 'no signal' || (part !== 'holdout' && kind !== 'leak' && kind !== 'row numbers')
  return found.filter(({ kind }) => !isSaid(kind)).map(({ sentence }) => sentence)
}

/** Metrics that the draft left off since they may know the answer: nobody has decided about them yet. */
function leftOff({ model }: Warned): string[] {
  return model.metrics.flatMap(({ on, suspect, name }) =>
    !on && suspect && !suspect.checked ? [`${name} is left off: ${suspect.reason}`] : [],
  )
}

function whoIsJudged({ judged, set }: Warned, { happened, did }: OutcomeWords): string[] {
  const { n, notScored, notScoredEvents } = judged.figures
  const { outcomes } = set
  const aside = outcomes
    ? [
        [outcomes.alreadyGone, 'already gone on the as-of day'],
        [outcomes.leftDuringGap, `${did} during the gap`],
        [outcomes.tooEarly, 'too early to know'],
      ]
        .filter(([count]) => Number(count) > 0)
        .map(([count, words]) => `${whole(Number(count))} ${String(words)}`)
    : []
  return [
    // Where nobody is scored the verdict says why.
    ...(notScored > 0 && n > 0
      ? [
          `${counted(notScored, 'customer')} with a known outcome ${notScored === 1 ? 'is' : 'are'} not scored, of whom ${whole(notScoredEvents)} ${happened}: too few values. They are in no figure.`,
        ]
      : []),
    ...(aside.length > 0 ? [`Left out of the test: ${aside.join(', ')}.`] : []),
  ]
}

function howSure({ set, resampling, passes }: Warned): string[] {
  const drawn = resampling?.part
  const sampled =
    drawn && drawn.drawnFrom < drawn.customers
      ? [
          `Intervals without a formula are drawn from ${whole(drawn.drawnFrom)} of ${whole(drawn.customers)} customers and narrowed to match.`,
        ]
      : []
  const repeated =
    set.ids === 'repeated' && !passes?.resampled?.ok
      ? [
          'Customers appear more than once: intervals count each of them once, and shares have none until customers are drawn.',
        ]
      : []
  return [...repeated, ...sampled]
}
