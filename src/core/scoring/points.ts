import { MISSING_CODE, type CodedColumn, type Column } from '../column/column'
import type { Metric } from '../model/health-model'
import { curvePoints, hundredths, MISSING_POINTS, numberScale, valuesScale } from './scale'

/** The day that dates are counted back from, in days since 1970-01-01: one for all rows, or one per row. */
export type AsOf = number | Float64Array

/** What a metric's points depend on, apart from its column. */
export type Scaled = Pick<Metric, 'scale' | 'missing'>

/**
 * Writes a metric's points for every row, in hundredths; MISSING_POINTS where it has none. A dictionary-coded column
 * costs one scale call per distinct value and one look-up per row. A filled-in missing value counts as points.
 * @param out one number per row; a new array when it is left out
 * @returns `out`
 */
export function metricPoints(
  metric: Scaled,
  column: Column,
  asOf: AsOf | undefined,
  out: Uint16Array = new Uint16Array(rowsOf(column)),
): Uint16Array {
  if (column.kind === 'coded') {
    return column.type === 'date'
      ? datePoints(metric, column, asOf, out)
      : lookUp(column.codes, codePoints(metric, column), out)
  }
  const fill = fillIn(metric)
  const scale = numberScale(metric.scale)
  if (column.kind === 'text' || !scale) return out.fill(fill)
  const { values } = column
  if (metric.scale.kind === 'curve') {
    curvePoints(metric.scale)(values, fill, out)
    return out
  }
  for (let row = 0; row < values.length; row++) out[row] = orElse(scale(values[row]!), fill)
  return out
}

function rowsOf(column: Column): number {
  if (column.kind === 'text') return column.offsets.length - 1
  return column.kind === 'float' ? column.values.length : column.codes.length
}

/** What a missing value gives: MISSING_POINTS, or the points that the metric fills in. */
function fillIn({ missing }: Scaled): number {
  return missing === 'skip' ? MISSING_POINTS : hundredths(missing)
}

function orElse(points: number, fill: number): number {
  return points === MISSING_POINTS ? fill : points
}

/** Points for each possible code of a column, all 65,536 of them, so that a row needs no test. */
function codePoints(metric: Scaled, { type, dictionary }: CodedColumn): Uint16Array {
  const fill = fillIn(metric)
  const table = new Uint16Array(MISSING_CODE + 1).fill(fill)
  const ofNumber = numberScale(metric.scale)
  const ofText = metric.scale.kind === 'values' ? valuesScale(metric.scale, type === 'boolean') : undefined
  for (const [code, value] of dictionary.values.entries()) {
    if (Number.isNaN(value)) continue
    const points = ofNumber ? ofNumber(value) : ofText!(dictionary.texts[code]!)
    table[code] = orElse(points, fill)
  }
  return table
}

/** Four rows at a time, which takes half as long. */
function lookUp(codes: Uint16Array, table: Uint16Array, out: Uint16Array): Uint16Array {
  const fours = codes.length & ~3
  for (let row = 0; row < fours; row += 4) {
    out[row] = table[codes[row]!]!
    out[row + 1] = table[codes[row + 1]!]!
    out[row + 2] = table[codes[row + 2]!]!
    out[row + 3] = table[codes[row + 3]!]!
  }
  for (let row = fours; row < codes.length; row++) out[row] = table[codes[row]!]!
  return out
}

/** A date is read as the days from it to the as-of day: positive is past. Without an as-of day it is missing. */
function datePoints(metric: Scaled, column: CodedColumn, asOf: AsOf | undefined, out: Uint16Array): Uint16Array {
  const { codes, dictionary } = column
  if (typeof asOf !== 'object') {
    const days = dictionary.values.map((day) => (asOf ?? NaN) - day)
    return lookUp(codes, codePoints(metric, { ...column, dictionary: { ...dictionary, values: days } }), out)
  }
  const fill = fillIn(metric)
  const scale = numberScale(metric.scale)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    out[row] = code === MISSING_CODE || !scale ? fill : orElse(scale(asOf[row]! - dictionary.values[code]!), fill)
  }
  return out
}
