import { marksOf } from '../model/draft-marks'
import type { Metric, Scale } from '../model/health-model'
import { fitScale } from '../scoring/fit'
import type { ManualColumn } from './manual-column'
import type { ManualValue } from './manual-value'

/**
 * A metric of a manual column as a person meant it, which does not wait for values: choices rise evenly from the first at
 * 0 to the last at 100, numbers from their least to their most. Without these the scale is fitted to all that was filled
 * in, and stays as drafted where that is the same everywhere. It is on unless the draft suspects it.
 */
export function manualMetric(drafted: Metric, column: ManualColumn, filled: ReadonlyMap<string, ManualValue>): Metric {
  const { red: _red, green: _green, ...rest } = drafted
  const scale = manualScale(column, filled) ?? drafted.scale
  return { ...rest, scale, ...marksOf(scale), on: drafted.suspect === undefined }
}

function manualScale(column: ManualColumn, filled: ReadonlyMap<string, ManualValue>): Scale | undefined {
  if (column.kind === 'choice') {
    const last = Math.max(1, column.choices.length - 1)
    const values = column.choices.map((value, i) => ({ value, points: Math.round((10_000 * i) / last) / 100 }))
    return { kind: 'values', values, otherwise: 'missing' }
  }
  const { least, most } = column
  if (least !== undefined && most !== undefined && most > least) {
    return { kind: 'curve', knots: [{ x: least, points: 0 }, { x: most, points: 100 }] } // prettier-ignore
  }
  const counts = new Map<number, number>()
  const numbers = [...filled.values()].flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  for (const value of Float64Array.from(numbers).sort()) counts.set(value, (counts.get(value) ?? 0) + 1)
  return fitScale('5th to 95th percentile', 'higher', { values: [...counts.keys()], counts: [...counts.values()] })
}
