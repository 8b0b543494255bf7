import { backtest, cutFigures, holdoutVerdict, type Backtest } from '../../src/core/backtest/backtest'
import type { SetEvaluation } from '../../src/core/backtest/evaluation'
import { netValueAt } from '../../src/core/backtest/net-value'
import { partHistogram, partRevenue, riskiestBins, type Part } from '../../src/core/backtest/score-histogram'
import type { Warning } from '../../src/core/backtest/warnings'
import type { Interval } from '../../src/core/backtest/wilson'
import type { HealthModel } from '../../src/core/model/health-model'

/** Per part and tier, the interval of its event rate where customers repeat; undefined where none does. */
export type TierRates = Readonly<Record<Part, readonly (Interval | undefined)[]>> | undefined

/** Figures in the names of headless.md; what does not exist is null, with a reason. */
function partJson(set: SetEvaluation, part: Part, model: HealthModel, rates: TierRates) {
  const figures = backtest(set, part, model)
  return {
    n: figures.n,
    events: figures.events,
    notScored: figures.notScored,
    notScoredEvents: figures.notScoredEvents,
    ...aucJson(figures),
    averagePrecision: orNull(figures.averagePrecision),
    ks: orNull(figures.ks?.ks),
    gini: orNull(figures.gini),
    lift: figures.gains?.lift ?? [],
    capture: figures.gains?.capture ?? [],
    tiers: figures.tiers.map(({ name, customers, events, rate, ...interval }, tier) => {
      const { low, high } = rates ? (rates[part][tier] ?? {}) : interval
      return { name, customers, events, rate: orNull(rate), low: orNull(low), high: orNull(high) }
    }),
    cuts: cutsOf(model).map((cut) => cutJson(set, part, cut, model)),
    reasons: reasonsOf(figures, model),
  }
}

function aucJson({ auc }: Backtest) {
  return { auc: orNull(auc.auc), low: orNull(auc.low), high: orNull(auc.high) }
}

/** Why figures are null, by their names. */
function reasonsOf({ n, events, auc }: Backtest, { economics, roles }: HealthModel): Record<string, string> {
  const one = n === 0 ? 'nobody is scored whose outcome is known' : 'all known outcomes are the same'
  return {
    ...(auc.auc === undefined && { auc: one, ks: one, gini: one }),
    ...(events === 0 && { averagePrecision: 'there is no event', lift: 'there is no event' }),
    ...(auc.auc !== undefined &&
      auc.low === undefined && {
        low: auc.complete ? 'the score separates completely' : 'fewer than two customers had one of the outcomes',
      }),
    ...(!economics && { value: 'the model says nothing of costs and values' }),
    ...(economics?.value.kind === 'revenue' &&
      roles.revenue === undefined && { value: 'the value is by revenue, and no column holds it' }),
  }
}

/** Every whole score, and the cuts of the tiers. */
function cutsOf({ tiers }: HealthModel): number[] {
  const whole = Array.from({ length: 99 }, (_, i) => i + 1)
  const own = tiers.slice(1).map(({ from }) => from)
  return [...new Set([...whole, ...own])].sort((a, b) => a - b)
}

function cutJson(set: SetEvaluation, part: Part, cut: number, { objective, economics, roles }: HealthModel) {
  const { flagged, caught, missed, falseAlarms, recall, precision, specificity, f1, lift } = cutFigures(
    set,
    part,
    cut,
    objective,
  )
  const histogram = partHistogram(set.histogram, part, objective)
  const eventRevenue = partRevenue(set.histogram, part, objective).events
  const valued = { histogram, ...(roles.revenue !== undefined && { eventRevenue }) }
  const value = economics && netValueAt(valued, economics, riskiestBins(cut, objective))
  return {
    cut,
    flagged,
    caught,
    missed,
    falseAlarms,
    recall: orNull(recall),
    precision: orNull(precision),
    specificity: orNull(specificity),
    f1: orNull(f1),
    lift: orNull(lift),
    value: orNull(value?.net),
  }
}

/** What does not exist is null in JSON. */
export function orNull(value: number | undefined): number | null {
  return value ?? null
}

/** The answer of `backtest`: all customers with a known outcome, then each part, then the verdict. */
export function backtestJson(set: SetEvaluation, model: HealthModel, warnings: readonly Warning[], rates: TierRates) {
  const { auc, low, high, notScoredEvents: _, ...all } = partJson(set, 'all', model, rates)
  const { kind, sentence } = holdoutVerdict(set, model.objective)
  return {
    n: all.n,
    events: all.events,
    notScored: all.notScored,
    auc,
    aucLow: low,
    aucHigh: high,
    averagePrecision: all.averagePrecision,
    ks: all.ks,
    gini: all.gini,
    lift: all.lift,
    capture: all.capture,
    tiers: all.tiers,
    cuts: all.cuts,
    reasons: all.reasons,
    train: partJson(set, 'training', model, rates),
    holdout: partJson(set, 'holdout', model, rates),
    verdict: { kind, sentence },
    warnings,
  }
}
