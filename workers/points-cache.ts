import { columnNamed, type Column, type Table } from '../src/core/column/column'
import type { Metric } from '../src/core/model/health-model'
import { basePoints } from '../src/core/scoring/explain'
import { metricPoints, type AsOf } from '../src/core/scoring/points'
import { NOT_SCORED } from '../src/core/scoring/reference'
import type { Handle, Scorer } from './scorer'

/** A metric's points, kept until its scale, its column or the as-of day changes. */
export interface CachedPoints {
  readonly column: Handle
  /** Rises whenever any points are written, so that equal numbers mean equal points. */
  readonly version: number
}

/** The points of the metrics of one data set, each written once per change. */
export class PointsCache {
  readonly #table: () => Table
  readonly #scorer: Scorer
  readonly #metrics = new Map<string, CachedPoints & { readonly key: string; readonly source: Column | undefined }>()
  readonly #bases = new Map<string, { readonly version: number; readonly base: number }>()
  #version = 0

  /** @param table asked at every use: columns that people fill in by hand are replaced as they do */
  constructor(table: () => Table, scorer: Scorer) {
    this.#table = table
    this.#scorer = scorer
  }

  /** Whether the points of a metric are there as its scale makes them. */
  holds(metric: Metric): boolean {
    return this.#metrics.get(metric.id)?.key === keyOf(metric)
  }

  of(metric: Metric, asOf: AsOf | undefined): CachedPoints {
    const { id, column: name, scale, missing } = metric
    const key = keyOf(metric)
    const known = this.#metrics.get(id)
    const column = columnNamed(this.#table(), name)
    if (known?.key === key && known.source === column) return known
    const handle = known?.column ?? this.#scorer.column()
    const out = this.#scorer.values(handle)
    if (column) metricPoints({ scale, missing }, column, asOf, out)
    else out.fill(NOT_SCORED)
    const made = { key, source: column, column: handle, version: ++this.#version }
    this.#metrics.set(id, made)
    return made
  }

  /** Mean points of a metric over the customers who have them, hundredths. */
  base(metric: Metric, asOf: AsOf | undefined): number {
    const { column, version } = this.of(metric, asOf)
    const known = this.#bases.get(metric.id)
    if (known?.version === version) return known.base
    const base = basePoints(this.#scorer.sumPoints(column))
    this.#bases.set(metric.id, { version, base })
    return base
  }

  /** Gives up the points of metrics that a model no longer has. */
  keep(metrics: readonly Metric[]): void {
    const ids = new Set(metrics.map(({ id }) => id))
    for (const [id, { column }] of this.#metrics) {
      if (ids.has(id)) continue
      this.#metrics.delete(id)
      this.#scorer.release(column)
    }
  }

  clear(): void {
    this.keep([])
  }
}

function keyOf({ column, scale, missing }: Metric): string {
  return JSON.stringify([column, scale, missing])
}
