import type { CodedColumn, Column, FloatColumn } from '../column/column'
import { quantiles, weigh, type Weighted } from '../scoring/quantile'

/** Values below `low` or above `high` are outliers. */
export interface Fences {
  readonly low: number
  readonly high: number
}

/** Interquartile ranges that a value may lie beyond a quartile. */
const RANGES = 3
/** Fewer values than this have no quartiles worth the name. */
const LEAST_VALUES = 20

/**
 * Tukey's outer fences of a number column: three interquartile ranges beyond the quartiles (type 7). Undefined for other
 * columns, for few values, and where half of them are one and the same, since then everything else would be outside.
 */
export function fencesOf(column: Column): Fences | undefined {
  if (column.kind === 'text' || column.type !== 'number') return undefined
  const weighted = weighed(column)
  if (Array.from(weighted.counts).reduce((sum, count) => sum + count, 0) < LEAST_VALUES) return undefined
  const [lower, upper] = quantiles(weighted, [0.25, 0.75]) as [number, number]
  const range = upper - lower
  return range > 0 ? { low: lower - RANGES * range, high: upper + RANGES * range } : undefined
}

function weighed(column: CodedColumn | FloatColumn): Weighted {
  if (column.kind === 'float') return weigh(column.values)
  const { values, counts } = column.dictionary
  const real = values.findIndex(Number.isNaN)
  return real < 0 ? { values, counts } : { values: values.subarray(0, real), counts: counts.subarray(0, real) }
}

/** Whether a value lies beyond the fences; NaN does not. */
export function isOutlier(value: number, { low, high }: Fences): boolean {
  return value < low || value > high
}
