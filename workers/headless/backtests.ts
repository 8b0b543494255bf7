import { auc } from '../../src/core/backtest/auc'
import { backtest, holdoutVerdict } from '../../src/core/backtest/backtest'
import { clusteredAuc } from '../../src/core/backtest/clustered-auc'
import { binnedRisk, columnRisk } from '../../src/core/backtest/column-risk'
import type { CustomerRows } from '../../src/core/backtest/customer-rows'
import { metricLeak, rowOrderAuc } from '../../src/core/backtest/leak'
import { totals } from '../../src/core/backtest/outcome-histogram'
import type { Part } from '../../src/core/backtest/score-histogram'
import { warnings, type Warning } from '../../src/core/backtest/warnings'
import { columnNamed, type Column } from '../../src/core/column/column'
import type { ColumnProfile } from '../../src/core/column/import-report'
import { defaultAsOf } from '../../src/core/model/as-of'
import type { HealthModel, Metric, Roles } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import type { AsOf } from '../../src/core/scoring/points'
import { metricRedundancy } from '../backtest/long-pass'
import { QuickPass } from '../backtest/quick-pass'
import { tierRates } from '../backtest/rate-pass'
import { suggestPass } from '../backtest/suggest-pass'
import type { Evaluator } from '../evaluator'
import { UsageError, type Arguments } from './arguments'
import { backtestJson, orNull, type TierRates } from './figures'
import { loadData, loadModel, outcomeOption, rolesOf, usableModel } from './load'

/** `backtest`: every figure of a model on customers whose outcome is known. */
export async function backtestCommand(args: Arguments): Promise<object> {
  const evaluator = await loadData(args)
  const model = judgedBy(args, evaluator, await usableModel(args, evaluator))
  const found = warningsOf(evaluator, model)
  return backtestJson(evaluator.evaluate(model), model, found, ratesOf(evaluator, model))
}

/** The intervals of the tiers' event rates where customers repeat, of drawn customers. */
function ratesOf(evaluator: Evaluator, model: HealthModel): TierRates {
  const data = new QuickPass(evaluator).judged(model)
  if (!data.customers.repeated('all')) return undefined
  const of = (part: Part) => finished(tierRates({ evaluator, data, model, part })) ?? []
  return { training: of('training'), holdout: of('holdout'), all: of('all') }
}

/** The model with the outcome and the day that the command sets. */
function judgedBy(args: Arguments, { report }: Evaluator, file: HealthModel): HealthModel {
  const outcome = outcomeOption(args, report.columns)
  const asOf = args.get('as-of')
  const model = { ...file, roles: { ...file.roles, ...(outcome && { outcome }) }, ...(asOf !== undefined && { asOf }) }
  if (!model.roles.outcome) throw new UsageError('The model names no outcome: give --outcome "Column=Value".')
  return model
}

function warningsOf(evaluator: Evaluator, model: HealthModel): Warning[] {
  const quick = new QuickPass(evaluator)
  const power = quick.power(model, 'training')
  const metrics = evaluator.active(model)
  const set = evaluator.evaluate(model)
  return warnings({
    ...{ model, set, verdict: holdoutVerdict(set, model.objective) },
    holdout: backtest(set, 'holdout', model),
    tiers: backtest(set, 'all', model).tiers,
    metrics: metrics.map(({ id, name, column }) => ({ name, column, leak: power.get(id)?.leak })),
    redundancy: finished(metricRedundancy(evaluator, metrics, quick.judged(model))),
  })
}

/** `power`: how each raw column alone separates the outcomes. */
export async function powerCommand(args: Arguments): Promise<object> {
  const evaluator = await loadData(args)
  const { report } = evaluator
  const roles = rolesOf(args, evaluator)
  const outcomeColumn = roles.outcome?.column
  if (outcomeColumn === undefined) throw new UsageError('power needs --outcome "Column=Value".')
  return report.columns
    .filter(({ name, type }) => name !== outcomeColumn && name !== roles.id && type !== 'text')
    .map(powerOf(args, evaluator, roles))
}

function powerOf(args: Arguments, evaluator: Evaluator, roles: Roles): (profile: ColumnProfile) => object {
  const { table, report } = evaluator
  const day = args.get('as-of') ?? (roles.snapshot === undefined ? defaultAsOf(report.columns, roles) : undefined)
  const customers = evaluator.customers({ ...EMPTY_MODEL, roles, ...(day !== undefined && { asOf: day }) })
  const { asOf } = customers
  const [outcome, training] = [customers.outcome('all')!, customers.outcome('training')!]
  const orderTells = rowOrderAuc(training)
  const repeated = customers.repeated('all')
  return ({ name, missing }) => {
    const column = columnNamed(table, name)!
    const risk = columnRisk(column, outcome, asOf)
    const value = repeated ? clusteredPower(column, outcome, repeated, asOf) : risk && auc(risk)
    const leak = metricLeak({ column, outcome: training, asOf, rows: table.rows, orderTells })
    return {
      column: name,
      auc: orNull(value?.auc),
      low: orNull(value?.low),
      high: orNull(value?.high),
      n: risk ? totals(risk).customers : report.rows - missing,
      missing,
      flags: leak ? [leak.kind] : [],
    }
  }
}

/** A raw column's AUC with the interval clustered by customer. */
function clusteredPower(column: Column, outcome: Uint8Array, customers: CustomerRows, asOf: AsOf | undefined) {
  const risk = binnedRisk(column, outcome, asOf)
  return risk && clusteredAuc(risk.histogram, { bins: risk.bins, outcome, customers })
}

/** `suggest`: weights that the training part suggests, judged on the hold-out. */
export async function suggestCommand(args: Arguments): Promise<object> {
  const evaluator = await loadData(args)
  const model = judgedBy(args, evaluator, await usableModel(args, evaluator))
  const { verdict, suggestion } = finished(suggestPass(evaluator, new QuickPass(evaluator), { model, step: 1 }))
  const { training, holdout, weights } = suggestion ?? {}
  return {
    weights: weights ? namedWeights(evaluator.active(model), weights) : {},
    train: { auc: orNull(training?.suggested.auc) },
    holdout: {
      auc: orNull(holdout?.suggested.auc),
      aucToday: orNull(holdout?.today.auc),
      aucEqual: orNull(holdout?.equal.auc),
      p: orNull(suggestion?.againstToday.p),
      pEqual: orNull(suggestion?.againstEqual.p),
    },
    verdict: { kind: verdict.kind, sentence: `${verdict.heading}. ${verdict.evidence}` },
  }
}

/** By name; by id where two have one name. */
function namedWeights(metrics: readonly Metric[], weights: ReadonlyMap<string, number>): Record<string, number> {
  const isTaken = (name: string): boolean => metrics.filter((metric) => metric.name === name).length > 1
  return Object.fromEntries(metrics.map(({ id, name }) => [isTaken(name) ? id : name, weights.get(id)!]))
}

/** `compare`: a model against a baseline on the customers that both score; on all with a known outcome, and on each part. */
export async function compareCommand(args: Arguments): Promise<object> {
  const evaluator = await loadData(args)
  const model = judgedBy(args, evaluator, await usableModel(args, evaluator))
  evaluator.pin(await loadModel(args, 'baseline'))
  const quick = new QuickPass(evaluator)
  const of = (part: Part) => {
    const { auc: difference, migration } = quick.answer({ model, part, revision: 0 }).comparison!
    const { aucA, aucB, difference: by, low, high, z, p } = difference
    const figures = { aucA, aucB, difference: by, low, high, z, p }
    return {
      figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, orNull(value)])),
      migration,
    }
  }
  const { figures, migration } = of('all')
  return { ...figures, migration: migration.customers, train: of('training').figures, holdout: of('holdout').figures }
}

/** Runs work that is done in steps to its end: nobody else waits for the command line. */
function finished<Value>(work: Generator<unknown, Value>): Value {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
