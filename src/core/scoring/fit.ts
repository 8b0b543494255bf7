import type { Bands, Curve, Knot, Scale } from '../model/health-model'
import { quantiles, type Weighted } from './quantile'

/** Ways to take a scale from the data: scoring.md, Fits. */
export const FITS = ['min to max', '5th to 95th percentile', 'quartiles', 'percentile rank', 'mean ± 2 SD'] as const
export type Fit = (typeof FITS)[number]

export type Direction = 'higher' | 'lower'

/**
 * The scale that a fit takes from counted values of the training part, better when `direction`; undefined when every
 * value is the same, since such a metric adds the same to everyone.
 * @example fitScale('min to max', 'lower', { values: [1, 5], counts: [3, 2] }) // 100 points at 1, 0 points at 5
 */
export function fitScale(fit: Fit, direction: Direction, data: Weighted): Scale | undefined {
  const last = data.values.length - 1
  if (last < 1) return undefined
  const least = data.values[0]!
  const most = data.values[last]!
  switch (fit) {
    case 'min to max':
      return twoPoints(least, most, direction)
    case '5th to 95th percentile': {
      const [low, high] = quantiles(data, [0.05, 0.95])
      return low! < high! ? twoPoints(low!, high!, direction) : twoPoints(least, most, direction)
    }
    case 'quartiles':
      return quartiles(data, direction)
    case 'percentile rank':
      return percentileRank(data, direction)
    case 'mean ± 2 SD': {
      const { mean, deviation } = moments(data)
      return twoPoints(mean - 2 * deviation, mean + 2 * deviation, direction)
    }
  }
}

/** Twelve significant digits: quantiles are sums of rounded products, and 0.30000000000000004 is nobody's mark. */
function clean(x: number): number {
  return Number(x.toPrecision(12))
}

function facing(points: number, direction: Direction): number {
  return direction === 'higher' ? points : 100 - points
}

function twoPoints(low: number, high: number, direction: Direction): Curve {
  return {
    kind: 'curve',
    knots: [
      { x: clean(low), points: facing(0, direction) },
      { x: clean(high), points: facing(100, direction) },
    ],
  }
}

/** Four bands split at the quartiles; quartiles that coincide, or that nothing is below, make fewer. */
function quartiles(data: Weighted, direction: Direction): Bands {
  const distinct = new Set(quantiles(data, [0.25, 0.5, 0.75]).map(clean))
  const marks = [...distinct].filter((mark) => mark > data.values[0]!)
  if (marks.length === 0) marks.push(data.values[1]!)
  const steps = marks.length
  const at = (i: number): number => facing(Math.round((100 * i) / steps), direction)
  return {
    kind: 'bands',
    bands: [...marks.map((below, i) => ({ below, points: at(i) })), { points: at(steps) }],
  }
}

/** Knots at every fifth percentile; knots at one value become one, with the mean of the first and last points. */
function percentileRank(data: Weighted, direction: Direction): Curve {
  const shares = Array.from({ length: 21 }, (_, i) => i / 20)
  const xs = quantiles(data, shares).map(clean)
  const knots: Knot[] = []
  let first = 0
  for (const [i, x] of xs.entries()) {
    if (x === xs[i + 1]) continue
    const points = ((first + i) / 2) * 5
    knots.push({ x, points: facing(points, direction) })
    first = i + 1
  }
  return { kind: 'curve', knots }
}

/** Mean and population standard deviation. */
function moments({ values, counts }: Weighted): { mean: number; deviation: number } {
  let total = 0
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    total += counts[i]!
    sum += counts[i]! * values[i]!
  }
  const mean = sum / total
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += counts[i]! * (values[i]! - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / total) }
}
