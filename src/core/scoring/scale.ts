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
export function curveScale(curve: Curve): NumberScale {
  const value = new Float64Array(1)
  const points = new Uint16Array(1)
  const pointsOf = curvePoints(curve)
  return (x) => {
    value[0] = x
    pointsOf(value, MISSING_POINTS, points)
    return points[0]!
  }
}

/** Writes the points of a curve at every value, and `fill` where there is none. */
type ColumnScale = (values: Float64Array, fill: number, out: Uint16Array) => void

/**
 * The same for a whole column, in one loop that remembers the last piece of the curve: per value it is a few
 * nanoseconds, where a call for each is twenty.
 */
export function curvePoints({ knots }: Curve): ColumnScale {
  const xs = Float64Array.from(knots, (knot) => knot.x)
  const ps = Float64Array.from(knots, (knot) => knot.points)
  const last = xs.length - 1
  const slopes = Float64Array.from({ length: last }, (_, i) => (ps[i + 1]! - ps[i]!) / (xs[i + 1]! - xs[i]!))
  const [low, high] = [hundredths(ps[0]!), hundredths(ps[last]!)]
  const [first, end] = [xs[0]!, xs[last]!]

  return (values, fill, out) => {
    let [from, to, p, slope] = [xs[0]!, xs[1]!, ps[0]!, slopes[0]!]
    for (let row = 0; row < values.length; row++) {
      const x = values[row]!
      if (x > first && x < end) {
        if (x < from || x >= to) {
          let i = 0
          while (x >= xs[i + 1]!) i++
          from = xs[i]!
          to = xs[i + 1]!
          p = ps[i]!
          slope = slopes[i]!
        }
        const points = Math.floor(100 * (p + (x - from) * slope) + 0.5)
        out[row] = points < 0 ? 0 : points > MAX_POINTS ? MAX_POINTS : points
      } else if (x <= first) out[row] = x === -Infinity ? fill : low
      else out[row] = x >= end && x !== Infinity ? high : fill
    }
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
