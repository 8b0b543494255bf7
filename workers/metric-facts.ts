import { auc } from '../src/core/backtest/auc'
import { withVariance } from '../src/core/backtest/clustered-auc'
import type { MetricFacts, SignalFacts, Spread } from '../src/core/backtest/evaluation'
import { BINS, CLASSES, emptyHistogram, partHistogram } from '../src/core/backtest/score-histogram'
import { countValues, scoreSpread, spreadOf } from '../src/core/backtest/spread'
import { columnNamed, MISSING_CODE, type Column, type Table } from '../src/core/column/column'
import type { HealthModel, Metric } from '../src/core/model/health-model'
import type { Customers } from './customers'
import type { CachedPoints } from './points-cache'
import type { Handle, Scorer } from './scorer'

/**
 * How each metric alone separates, and how its customers lie. A power depends on points only and is kept with them; a
 * spread on the column and the outcome; a coverage on the column.
 */
export class MetricFactsCache {
  readonly #table: () => Table
  readonly #scorer: Scorer
  readonly #facts = new Map<string, { readonly version: number; readonly facts: MetricFacts }>()
  readonly #spreads = new Map<string, Spread>()
  readonly #coverages = new Map<string, number>()

  constructor(table: () => Table, scorer: Scorer) {
    this.#table = table
    this.#scorer = scorer
  }

  /** Forgets what depends on the outcome. */
  clear(): void {
    this.#facts.clear()
    this.#spreads.clear()
  }

  /** Forgets what is known of columns that are others now. */
  forget(columns: Iterable<string>): void {
    for (const name of columns) {
      this.#spreads.delete(name)
      this.#coverages.delete(name)
    }
  }

  /** Undefined where the metric's column is missing or is text. The same object as long as nothing changed. */
  of(metric: Metric, points: CachedPoints, customers: Customers, objective: HealthModel['objective']) {
    const column = columnNamed(this.#table(), metric.column)
    if (!column || column.kind === 'text') return undefined
    const known = this.#facts.get(metric.id)
    if (known?.version === points.version) return known.facts
    const facts: MetricFacts = {
      ...this.#power(this.#scorer.countCustomers(points.column), customers, objective),
      spread: this.#spread(column, customers),
      coverage: this.#coverage(column),
    }
    this.#facts.set(metric.id, { version: points.version, facts })
    return facts
  }

  /** How a column of scores separates, as if it were the model's. */
  ofScores(scores: Handle, customers: Customers, objective: HealthModel['objective']): SignalFacts {
    const counts = this.#scorer.countCustomers(scores)
    const ofClass = (index: number): Uint32Array => counts.subarray(index * BINS, (index + 1) * BINS)
    const judged = customers.outcomeCounts !== undefined
    const spread = judged
      ? scoreSpread(ofClass(CLASSES.trainingEvent), ofClass(CLASSES.trainingStayed))
      : scoreSpread(new Uint32Array(BINS), ofClass(CLASSES.unknown))
    return { ...this.#power(counts, customers, objective), spread }
  }

  #power(counts: Uint32Array, customers: Customers, objective: HealthModel['objective']): Pick<SignalFacts, 'power'> {
    if (!customers.outcomeCounts) return {}
    const plain = auc(partHistogram({ ...emptyHistogram(), counts }, 'training', objective))
    // Where customers repeat, an interval that takes their rows for independent is none.
    return { power: customers.groups ? withVariance(plain, undefined) : plain }
  }

  #spread(column: Column, customers: Customers): Spread {
    let spread = this.#spreads.get(column.name)
    if (!spread) {
      const judged = customers.outcome('training') ?? new Uint8Array(this.#table().rows)
      spread = spreadOf(column, countValues(column, judged, customers.asOf))
      this.#spreads.set(column.name, spread)
    }
    return spread
  }

  /** Share of all customers with a real value. */
  #coverage(column: Column): number {
    let coverage = this.#coverages.get(column.name)
    if (coverage === undefined) {
      coverage = filled(column) / Math.max(1, this.#table().rows)
      this.#coverages.set(column.name, coverage)
    }
    return coverage
  }
}

function filled(column: Column): number {
  if (column.kind === 'text') return 0
  if (column.kind === 'float') return column.values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  const real = column.dictionary.values.map((value) => Number(!Number.isNaN(value)))
  return column.codes.reduce((count, code) => count + (code === MISSING_CODE ? 0 : real[code]!), 0)
}
