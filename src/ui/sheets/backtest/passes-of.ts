import type { Auc } from '../../../core/backtest/auc'
import { withVariance } from '../../../core/backtest/clustered-auc'
import { totals } from '../../../core/backtest/outcome-histogram'
import type { HealthModel, Tier } from '../../../core/model/health-model'
import { failure, success } from '../../../core/result'
import type { Backtesting } from '../../../state/backtesting.svelte'
import type { Passes, SuggestedWeights } from './passes'

/** The passes of the open workbook as the cards take them. @param pinnedTiers of the model that is compared with */
export function passesOf(backtesting: Backtesting, model: HealthModel, pinnedTiers: readonly Tier[]): Passes {
  const { part, progress, suggesting, stale, moreStale } = backtesting
  return {
    part,
    judgeOn: (to) => backtesting.choose(to),
    progress,
    suggesting,
    stale: stale || moreStale,
    check: () => backtesting.check(),
    suggestionStale: backtesting.suggestionStale,
    failed: backtesting.failed,
    suggestFailed: backtesting.suggestFailed,
    suggest: () => void backtesting.suggest(),
    cancelSuggestion: () => backtesting.cancelSuggestion(),
    ...quickOf(backtesting, pinnedTiers),
    ...moreOf(backtesting, model),
    ...suggestionOf(backtesting, model),
  }
}

/** Answers about another part are not those that were asked for. */
function quickOf({ quick, more, part }: Backtesting, tiers: readonly Tier[]): Partial<Passes> {
  if (quick?.part !== part) return {}
  const { comparison, segments, power, dates, netValue, set } = quick
  const clustered = more?.part === part ? more.clustered : undefined
  /** Where customers repeat, an interval that takes their rows for independent is none. */
  const honest = (plain: Auc, own: Auc | undefined): Auc =>
    set.ids === 'repeated' ? withVariance(plain, own?.variance) : plain
  const drawn = more?.part === part ? more.bootstrap : undefined
  return {
    ...(comparison && {
      comparison: success({
        ...comparison,
        customers: totals(comparison.a).customers,
        histogram: comparison.b,
        ...(drawn?.difference && { resampled: drawn }),
        migration: { tiers, moves: comparison.migration },
      }),
    }),
    segments: segments
      ? success(segments.groups.map((each, i) => ({ ...each, auc: honest(each.auc, clustered?.segments[i]) })))
      : failure('No column says which segment a customer is in. Choose one on the Data sheet.'),
    power: success(
      new Map([...power].map(([id, each]) => [id, { ...each, auc: honest(each.auc, clustered?.power.get(id)) }])),
    ),
    ...(dates && { dates: success(dates) }),
    ...(netValue && { netValue }),
  }
}

function moreOf({ more, part }: Backtesting, { metrics }: HealthModel): Partial<Passes> {
  if (more?.part !== part) return {}
  const byId = <Value>(values: readonly Value[]): ReadonlyMap<string, Value> =>
    new Map(more.metrics.flatMap((id, i) => (values[i] === undefined ? [] : [[id, values[i]] as const])))
  const nameOf = new Map(metrics.map(({ id, name }) => [id, name]))
  return {
    without: success(byId(more.without)),
    sensitivity: success(byId(more.sensitivity)),
    redundancy: success({ names: more.metrics.map((id) => nameOf.get(id) ?? id), redundancy: more.redundancy }),
    ...(more.stability && {
      stability: success({
        score: more.stability.score,
        left: more.metrics.length - more.stability.metrics.size,
        metrics: [...more.stability.metrics].map(([id, stability]) => ({ id, name: nameOf.get(id) ?? id, stability })),
      }),
    }),
    ...(more.rates && { rates: success(more.rates) }),
    ...(more.bootstrap && {
      resampled: success({
        part: more.bootstrap,
        [part]: more.bootstrap,
        ...(more.training && { training: more.training }),
      }),
    }),
  }
}

function suggestionOf({ suggestion: answer, suggestionStale }: Backtesting, { metrics }: HealthModel): Partial<Passes> {
  if (!answer) return {}
  const { suggestion, verdict } = answer
  // Why another model had none is no answer for this one: it can be asked.
  if (!suggestion)
    return suggestionStale ? {} : { suggestion: failure(`${verdict.heading}. ${verdict.evidence}`.trim()) }
  const { weights, rows, holdout, againstToday, againstEqual, migration } = suggestion
  const counting = metrics.filter(({ id }) => weights.has(id))
  const total = counting.reduce((sum, { weight }) => sum + weight, 0)
  const suggested: SuggestedWeights = {
    verdict,
    // Suggested weights add up to 100, so those of today are shown as shares of it.
    metrics: counting.map(({ id, name, weight }) => ({
      id,
      name,
      today: total === 0 ? 0 : (100 * weight) / total,
      equal: 100 / weights.size,
      suggested: weights.get(id)!,
    })),
    learned: rows,
    judged: holdout.n,
    auc: holdout,
    againstToday,
    againstEqual,
    moves: migration,
  }
  return { suggestion: success(suggested) }
}
