import { auc } from '../src/core/backtest/auc'
import type { MetricFacts, SetEvaluation, SignalFacts, Spread } from '../src/core/backtest/evaluation'
import { BINS } from '../src/core/backtest/score-histogram'
import { countValues, scoreSpread, spreadOf } from '../src/core/backtest/spread'
import { columnNamed, MISSING_CODE, type Column, type Table } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import { activeMetrics, checkModel } from '../src/core/model/check'
import type { HealthModel, Metric, Tier } from '../src/core/model/health-model'
import { tierBins } from '../src/core/backtest/tiers'
import { metricPoints } from '../src/core/scoring/points'
import { minDenOf, NOT_SCORED, scoreCustomers, type Plan } from '../src/core/scoring/reference'
import { hundredths } from '../src/core/scoring/scale'
import { Customers } from './customers'

interface CachedMetric {
  /** What the points were made from. */
  readonly key: string
  readonly points: Uint16Array
  facts?: MetricFacts
}

/** What a model made of the customers: their scores, and the tier of every score. */
interface Settled {
  readonly scores: Uint16Array
  readonly tierAt: Int8Array
}

/**
 * One data set under a changing model. It redoes only what changed: points when a scale does, the pass over the
 * customers when a weight does, everything when the roles do.
 */
export class Evaluator {
  readonly table: Table
  readonly report: ImportReport
  #customers: Customers | undefined
  #customersKey = ''
  readonly #metrics = new Map<string, CachedMetric>()
  readonly #spreads = new Map<string, Spread>()
  readonly #coverages = new Map<string, number>()
  /** The model that was last settled, against which tier changes are counted. */
  #settled: Settled | undefined

  constructor(table: Table, report: ImportReport) {
    this.table = table
    this.report = report
  }

  /** The customers under the roles of a model. */
  customers({ roles, asOf, holdout, objective }: HealthModel): Customers {
    const key = JSON.stringify([roles, asOf, holdout.seed])
    if (!this.#customers || this.#customersKey !== key) {
      this.#customers = new Customers(this.table, { roles, holdout, objective, ...(asOf !== undefined && { asOf }) })
      this.#customersKey = key
      this.#metrics.clear()
      this.#spreads.clear()
    }
    return this.#customers
  }

  /** The metrics that count, by the columns of this data set. */
  active(model: HealthModel): Metric[] {
    const { columns, rows } = this.report
    const hasAsOf = this.customers(model).asOf !== undefined
    return activeMetrics(model, checkModel(model, { columns, rows, hasAsOf }))
  }

  /** What is averaged for a model, or for some of its metrics as if they were all. */
  plan(model: HealthModel, metrics: readonly Metric[]): Plan {
    const weights = Uint16Array.from(metrics, (metric) => hundredths(metric.weight))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return {
      points: metrics.map((metric) => this.points(model, metric).points),
      weights,
      minDen: minDenOf(hundredths(model.minCoverage), total),
    }
  }

  scores(model: HealthModel): Uint16Array {
    return scoreCustomers(this.plan(model, this.active(model)), this.table.rows)
  }

  evaluate(model: HealthModel, scores: Uint16Array): SetEvaluation {
    return this.customers(model).evaluate(scores, model.objective)
  }

  /** How many customers are in another tier than under the model that was last settled; undefined at the first. */
  changedTier(scores: Uint16Array, { tiers }: HealthModel, settled: boolean): number | undefined {
    const before = this.#settled
    const after = { scores, tierAt: tierPerScore(tiers) }
    if (settled) this.#settled = after
    if (!before) return undefined
    const tier = ({ scores: own, tierAt }: Settled, row: number): number =>
      own[row] === NOT_SCORED ? -1 : tierAt[own[row]!]!
    let changed = 0
    for (let row = 0; row < scores.length; row++) if (tier(after, row) !== tier(before, row)) changed++
    return changed
  }

  /** How each metric alone separates; undefined where its column is missing or its scale does not fit. */
  metricFacts(model: HealthModel, metric: Metric): MetricFacts | undefined {
    const column = columnNamed(this.table, metric.column)
    if (!column || column.kind === 'text') return undefined
    const cached = this.points(model, metric)
    cached.facts ??= {
      ...this.#power(model, cached.points),
      spread: this.#spread(model, column),
      coverage: this.#coverage(column),
    }
    return cached.facts
  }

  /** How the metrics of a category separate together, as if they were the model. */
  categoryFacts(model: HealthModel, metrics: readonly Metric[]): SignalFacts {
    const scores = scoreCustomers({ ...this.plan(model, metrics), minDen: 1 }, this.table.rows)
    const spread = scoreSpread(scores, this.#judged(model))
    return { ...this.#power(model, scores), spread }
  }

  points(model: HealthModel, metric: Metric): CachedMetric {
    const customers = this.customers(model)
    const key = JSON.stringify([metric.column, metric.scale, metric.missing])
    const known = this.#metrics.get(metric.id)
    if (known?.key === key) return known
    const column = columnNamed(this.table, metric.column)
    const points = column
      ? metricPoints(metric, column, customers.asOf)
      : new Uint16Array(this.table.rows).fill(NOT_SCORED)
    const made = { key, points }
    this.#metrics.set(metric.id, made)
    return made
  }

  /** The outcomes that figures of the Model sheet are taken from: the training part, or everybody without an outcome. */
  #judged(model: HealthModel): Uint8Array {
    return this.customers(model).trainingOutcome ?? new Uint8Array(this.table.rows)
  }

  #power(model: HealthModel, points: Uint16Array): Pick<SignalFacts, 'power'> {
    const outcome = this.customers(model).trainingOutcome
    if (!outcome) return {}
    const events = new Uint32Array(BINS)
    const nonEvents = new Uint32Array(BINS)
    for (let row = 0; row < points.length; row++) {
      const value = points[row]!
      if (value === NOT_SCORED || outcome[row]! > 1) continue
      if (outcome[row] === 1) events[value]!++
      else nonEvents[value]!++
    }
    const histogram =
      model.objective === 'churn' ? { events, nonEvents } : { events: events.reverse(), nonEvents: nonEvents.reverse() }
    return { power: auc(histogram) }
  }

  #spread(model: HealthModel, column: Column): Spread {
    let spread = this.#spreads.get(column.name)
    if (!spread) {
      spread = spreadOf(column, countValues(column, this.#judged(model), this.customers(model).asOf))
      this.#spreads.set(column.name, spread)
    }
    return spread
  }

  /** Share of all customers with a real value. */
  #coverage(column: Column): number {
    let coverage = this.#coverages.get(column.name)
    if (coverage === undefined) {
      coverage = filled(column) / Math.max(1, this.table.rows)
      this.#coverages.set(column.name, coverage)
    }
    return coverage
  }
}

/** The tier of every score, 0…10000. */
function tierPerScore(tiers: readonly Tier[]): Int8Array {
  const tierAt = new Int8Array(BINS)
  for (const [i, { first, last }] of tierBins(tiers).entries()) tierAt.fill(i, first, last + 1)
  return tierAt
}

function filled(column: Column): number {
  if (column.kind === 'text') return 0
  if (column.kind === 'float') return column.values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  const real = column.dictionary.values.map((value) => Number(!Number.isNaN(value)))
  return column.codes.reduce((count, code) => count + (code === MISSING_CODE ? 0 : real[code]!), 0)
}
