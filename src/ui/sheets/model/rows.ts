import type { Auc } from '../../../core/backtest/auc'
import type { MetricFacts, SignalFacts } from '../../../core/backtest/evaluation'
import type { ColumnType } from '../../../core/column/column'
import type { HealthModel, Metric } from '../../../core/model/health-model'
import type { ModelProblem } from '../../../core/model/model-problem'

/** A metric as the grid shows it. */
export interface MetricRow {
  readonly kind: 'metric'
  readonly id: string
  /** Row number, from 1; categories count too. */
  readonly number: number
  readonly metric: Metric
  /** Of the source column; undefined where the data has no such column. */
  readonly type: ColumnType | undefined
  /** On and without an error, so that it counts. */
  readonly active: boolean
  /** Weight over the sum of the weights that count, 0…1; undefined where it does not count. */
  readonly share: number | undefined
  /** Weight over the largest weight, 0…1. */
  readonly bar: number
  readonly facts: MetricFacts | undefined
  readonly problems: readonly ModelProblem[]
}

/** A category with what its metrics add up to. */
export interface CategoryRow {
  readonly kind: 'category'
  readonly id: string
  readonly number: number
  readonly name: string
  readonly open: boolean
  readonly metrics: number
  readonly active: number
  readonly weight: number
  readonly share: number
  readonly facts: SignalFacts | undefined
  /** Mean coverage of its metrics that count, 0…1. */
  readonly coverage: number | undefined
}

/** The last row: the model as a whole. */
export interface TotalRow {
  readonly kind: 'total'
  readonly id: 'total'
  readonly metrics: number
  readonly active: number
  readonly weight: number
  readonly coverage: number | undefined
  /** How well the score separates the training customers. */
  readonly power: Auc | undefined
}

export type ModelRow = MetricRow | CategoryRow | TotalRow

export interface RowSource {
  readonly model: HealthModel
  readonly facts: ReadonlyMap<string, MetricFacts>
  readonly categories: ReadonlyMap<string, SignalFacts>
  readonly types: ReadonlyMap<string, ColumnType>
  readonly problems: ReadonlyMap<string, readonly ModelProblem[]>
  /** Whether a metric counts: on, and without an error. */
  readonly counts: (metric: Metric) => boolean
  /** Of the score as a whole. */
  readonly power: Auc | undefined
  /** Names of the categories that are folded. */
  readonly folded: ReadonlySet<string>
}

const NONE: readonly ModelProblem[] = []

/** Categories in their order, each followed by its metrics unless it is folded. Row numbers run over both. */
export function modelRows(source: RowSource): (MetricRow | CategoryRow)[] {
  const { metrics } = source.model
  const total = totalWeight(metrics.filter(source.counts))
  const largest = Math.max(0, ...metrics.map((metric) => metric.weight))
  const rows: (MetricRow | CategoryRow)[] = []
  let number = 0
  for (const name of new Set(metrics.map((metric) => metric.category))) {
    const members = metrics.filter((metric) => metric.category === name)
    rows.push(categoryRow(source, name, members, ++number, total))
    const shown = members.map((metric) => metricRow(source, metric, ++number, total, largest))
    if (!source.folded.has(name)) rows.push(...shown)
  }
  return rows
}

/** The totals row under the grid. */
export function totalRow(source: RowSource): TotalRow {
  const { metrics } = source.model
  const active = metrics.filter(source.counts)
  return {
    kind: 'total',
    id: 'total',
    metrics: metrics.length,
    active: active.length,
    weight: totalWeight(active),
    coverage: meanCoverage(source, active),
    power: source.power,
  }
}

function categoryRow(
  source: RowSource,
  name: string,
  members: readonly Metric[],
  number: number,
  total: number,
): CategoryRow {
  const active = members.filter(source.counts)
  const weight = totalWeight(active)
  return {
    kind: 'category',
    id: `category ${name}`,
    number,
    name,
    open: !source.folded.has(name),
    metrics: members.length,
    active: active.length,
    weight,
    share: total > 0 ? weight / total : 0,
    facts: source.categories.get(name),
    coverage: meanCoverage(source, active),
  }
}

function metricRow(source: RowSource, metric: Metric, number: number, total: number, largest: number): MetricRow {
  const active = source.counts(metric)
  return {
    kind: 'metric',
    id: metric.id,
    number,
    metric,
    type: source.types.get(metric.column),
    active,
    share: active && total > 0 ? metric.weight / total : undefined,
    bar: largest > 0 ? metric.weight / largest : 0,
    facts: source.facts.get(metric.id),
    problems: source.problems.get(metric.id) ?? NONE,
  }
}

/** In whole hundredths, so that 0.1 and 0.2 make 0.3. */
function totalWeight(metrics: readonly Metric[]): number {
  return metrics.reduce((sum, metric) => sum + Math.round(metric.weight * 100), 0) / 100
}

function meanCoverage({ facts }: RowSource, metrics: readonly Metric[]): number | undefined {
  const known = metrics.flatMap((metric) => facts.get(metric.id)?.coverage ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length
}

/** Keeps the old object of every row that did not change, so that the grid redraws only what did. */
export function keepUnchanged<Row extends ModelRow>(
  before: ReadonlyMap<string, ModelRow>,
  rows: readonly Row[],
): Row[] {
  return rows.map((row) => {
    const old = before.get(row.id)
    return old !== undefined && sameFields(old, row) ? (old as Row) : row
  })
}

function sameFields(a: object, b: object): boolean {
  const left = Object.entries(a)
  return left.length === Object.keys(b).length && left.every(([key, value]) => Reflect.get(b, key) === value)
}

/** Whether a row keeps its classes: whether it counts, and what is wrong with it. */
export function looksAlike(before: ModelRow, after: ModelRow): boolean {
  if (before.kind !== 'metric' || after.kind !== 'metric') return before.kind === after.kind
  return before.active === after.active && before.problems === after.problems
}
