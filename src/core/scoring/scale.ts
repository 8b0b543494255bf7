import { truthOf } from '../column/boolean-text'
import type { Bands, Curve, Scale, Values } from '../model/health-model'

/** Points of a value that has none. Points are integer hundredths, 0…10000. */
export const MISSING_POINTS = 65535

/** Highest points, in hundredths. */
const MAX_POINTS = 10000

/** A raw number to points in hundredths; NaN and ±Infinity to MISSING_POINTS. */
export type NumberScale = (x: number) => number

/** A decimal with at most two places as integer hundredths: 12.5 → 1250. */
export function hundredths(decimal: number): number {
  return Math.round(decimal * 100)
}

/**
 * The points of a curve at x: floor(100·(p_i + (x − x_i)·slope_i) + ½), each slope computed once, flat beyond the ends.
 * The order of operations is the definition (scoring.md, Scales); the SQL writes the same slopes out.
 */
export function curveScale({ knots }: Curve): NumberScale {
  const xs = Float64Array.from(knots, (knot) => knot.x)
  const ps = Float64Array.from(knots, (knot) => knot.points)
  const last = xs.length - 1
  const slopes = Float64Array.from({ length: last }, (_, i) => (ps[i + 1]! - ps[i]!) / (xs[i + 1]! - xs[i]!))
  const low = hundredths(ps[0]!)
  const high = hundredths(ps[last]!)

  return (x) => {
    if (!Number.isFinite(x)) return MISSING_POINTS
    if (x <= xs[0]!) return low
    if (x >= xs[last]!) return high
    let i = 0
    while (x >= xs[i + 1]!) i++
    const points = Math.floor(100 * (ps[i]! + (x - xs[i]!) * slopes[i]!) + 0.5)
    return Math.min(MAX_POINTS, Math.max(0, points))
  }
}

/** The points of the first band whose `below` is greater than x; the last band takes the rest. */
export function bandsScale({ bands }: Bands): NumberScale {
  const belows = Float64Array.from(bands, (band) => band.below ?? Infinity)
  const points = Float64Array.from(bands, (band) => hundredths(band.points))

  return (x) => {
    if (!Number.isFinite(x)) return MISSING_POINTS
    let i = 0
    while (x >= belows[i]!) i++
    return points[i]!
  }
}

/**
 * The points of a cell's text, compared as written by code points. On a boolean column a text that is not listed
 * takes the points of the other usual spelling of the same truth value.
 */
export function valuesScale({ values, otherwise }: Values, boolean: boolean): (text: string) => number {
  const exact = new Map(values.map(({ value, points }) => [value, hundredths(points)]))
  const spelled = new Map<0 | 1 | undefined, number>()
  if (boolean) for (const { value, points } of values) spelled.set(truthOf(value), hundredths(points))
  spelled.delete(undefined)
  const rest = otherwise === 'missing' ? MISSING_POINTS : hundredths(otherwise)

  return (text) => exact.get(text) ?? spelled.get(truthOf(text)) ?? rest
}

/** The number scale of a curve or bands; undefined for a scale of values, which reads texts. */
export function numberScale(scale: Scale): NumberScale | undefined {
  if (scale.kind === 'curve') return curveScale(scale)
  return scale.kind === 'bands' ? bandsScale(scale) : undefined
}

/** Whether more of the value is better, by the first and last points; undefined for values and for a flat scale. */
export function betterWhen(scale: Scale): 'higher' | 'lower' | undefined {
  if (scale.kind === 'values') return undefined
  const points =
    scale.kind === 'curve' ? scale.knots.map((knot) => knot.points) : scale.bands.map((band) => band.points)
  const rise = (points.at(-1) ?? 0) - (points[0] ?? 0)
  return rise === 0 ? undefined : rise > 0 ? 'higher' : 'lower'
}
