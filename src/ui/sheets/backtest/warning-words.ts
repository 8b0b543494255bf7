import type { SetEvaluation } from '../../../core/backtest/evaluation'
import type { Part } from '../../../core/backtest/score-histogram'
import { counted, whole } from '../../../core/figure'
import type { HealthModel } from '../../../core/model/health-model'
import type { Judged } from './judged.svelte'
import type { OutcomeWords } from './outcome-words'
import type { Passes, Resampling } from './passes'

interface Warned {
  readonly part: Part
  readonly judged: Judged
  readonly set: SetEvaluation
  readonly model: HealthModel
  readonly resampling: Resampling | undefined
  readonly passes: Passes | undefined
}

/** What to know before the figures are believed, each with its reason; the gravest first. */
export function warningWords(of: Warned, words: OutcomeWords): string[] {
  return [...direction(of, words), ...looks(of), ...whoIsJudged(of, words), ...howSure(of)]
}

function direction({ judged, model }: Warned, { event, scores, noun }: OutcomeWords): string[] {
  const inverted = judged.verdict.warnings.includes('inverted')
    ? [
        `This looks inverted: customers who ${event} score ${scores === 'lower' ? 'higher' : 'lower'}, not ${scores}. Check which value of the outcome means ${noun}, and which way each metric is better.`,
      ]
    : []
  const leaks = model.metrics.filter(({ on, suspect }) => on && suspect?.checked === true)
  if (leaks.length === 0) return inverted
  const names = leaks.map(({ name }) => name).join(', ')
  return [
    ...inverted,
    `${names} may already know the answer. It was checked and is used; if it does, all figures are too good.`,
  ]
}

function looks({ part, model: { holdout } }: Warned): string[] {
  if (part !== 'holdout' || holdout.looks < 2) return []
  return [
    `Looked at ${whole(holdout.looks)} versions; the best of ${whole(holdout.looks)} looks better than it is. A new seed, or next month’s customers, judge afresh.`,
  ]
}

function whoIsJudged({ judged, set }: Warned, { event }: OutcomeWords): string[] {
  const { notScored, notScoredEvents } = judged.figures
  const { outcomes } = set
  const aside = outcomes
    ? [
        [outcomes.alreadyGone, 'already gone on the as-of day'],
        [outcomes.leftDuringGap, 'left during the gap'],
        [outcomes.tooEarly, 'too early to know'],
      ]
        .filter(([count]) => Number(count) > 0)
        .map(([count, words]) => `${whole(Number(count))} ${String(words)}`)
    : []
  return [
    ...(notScored > 0
      ? [
          `${counted(notScored, 'customer')} with a known outcome ${notScored === 1 ? 'is' : 'are'} not scored, of whom ${whole(notScoredEvents)} ${event}: too few values. They are in no figure.`,
        ]
      : []),
    ...(aside.length > 0 ? [`Left out of the test: ${aside.join(', ')}.`] : []),
    ...(set.ids === 'row numbers'
      ? ['There is no ID, so the split goes by the place in the file: it holds only while the file’s order does.']
      : []),
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
