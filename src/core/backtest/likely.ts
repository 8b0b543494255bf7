import { RESAMPLED, type Resampled } from './resampled-figures'

/** A figure and the middle 95% of what drawing the customers anew gives. Undefined where it does not exist. */
export interface Likely {
  readonly value: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
}

/** A − B of a figure; p is two-sided, twice the smaller share of draws on one side of 0. */
export interface LikelyDifference extends Likely {
  readonly p: number | undefined
}

/** A model's figures in the order of RESAMPLED, NaN where there is none. */
export interface DrawnFigures {
  /** Draw by draw, one after the other. */
  readonly draws: Float64Array
  /** Of all customers, and of those drawn from. */
  readonly all: Float64Array
  readonly own: Float64Array
  /** How much narrower the interval of all customers is. */
  readonly shrink: number
}

const FIGURES = RESAMPLED.length

/** Least share of draws in which a figure must exist to have an interval. */
const LEAST_SHARE = 0.95

/** A figure is never beyond these. */
const BOUNDS: Readonly<Record<Resampled, readonly [number, number]>> = {
  averagePrecision: [0, 1],
  ks: [0, 1],
  topDecileLift: [0, 10],
  recall: [0, 1],
  precision: [0, 1],
  brier: [0, 1],
  netValue: [-Infinity, Infinity],
  bestCut: [0, Infinity],
}

/** Each figure of a model with its interval; the ends of the best cut are whole bins. */
export function likelyFigures(drawn: DrawnFigures): Record<Resampled, Likely> {
  return byFigure((i, name) => {
    const { value, low, high } = middle(sortedDraws(drawn, i), drawn.all[i]!)
    const [least, most] = BOUNDS[name]
    const held = (end: number | undefined) => (end === undefined ? undefined : Math.min(most, Math.max(least, end)))
    if (name !== 'bestCut' || low === undefined || high === undefined)
      return { value, low: held(low), high: held(high) }
    return { value, low: Math.max(0, Math.floor(low)), high: Math.ceil(high) }
  })
}

/** Each figure's difference of two models, from draws of the same customers. */
export function likelyDifferences(a: DrawnFigures, b: DrawnFigures): Record<Resampled, LikelyDifference> {
  const minus = (x: Float64Array, y: Float64Array): Float64Array => x.map((each, i) => each - y[i]!)
  const drawn = {
    draws: minus(a.draws, b.draws),
    all: minus(a.all, b.all),
    own: minus(a.own, b.own),
    shrink: a.shrink,
  }
  return byFigure((i) => {
    const sorted = sortedDraws(drawn, i)
    const interval = middle(sorted, drawn.all[i]!)
    return { ...interval, p: interval.low === undefined ? undefined : chance(sorted) }
  })
}

function byFigure<Value>(of: (i: number, name: Resampled) => Value): Record<Resampled, Value> {
  return Object.fromEntries(RESAMPLED.map((name, i) => [name, of(i, name)])) as Record<Resampled, Value>
}

interface Sorted {
  /** Those that exist, rising. */
  readonly values: Float64Array
  readonly draws: number
}

function sortedDraws({ draws, all, own, shrink }: DrawnFigures, i: number): Sorted {
  const values = new Float64Array(draws.length / FIGURES)
  let found = 0
  for (let at = i; at < draws.length; at += FIGURES) {
    const shown = shrink === 1 ? draws[at]! : all[i]! + shrink * (draws[at]! - own[i]!)
    if (!Number.isNaN(shown)) values[found++] = shown
  }
  return { values: values.subarray(0, found).sort(), draws: values.length }
}

function middle({ values, draws }: Sorted, value: number): Likely {
  if (Number.isNaN(value)) return { value: undefined, low: undefined, high: undefined }
  if (values.length === 0 || values.length < LEAST_SHARE * draws) return { value, low: undefined, high: undefined }
  const last = values.length - 1
  return { value, low: values[Math.floor(0.025 * last)]!, high: values[Math.ceil(0.975 * last)]! }
}

/** Twice the smaller share of draws at or beyond 0, counting the data itself as one of them; at most 1. */
function chance({ values }: Sorted): number {
  const under = values.filter((each) => each <= 0).length
  const over = values.filter((each) => each >= 0).length
  return Math.min(1, (2 * (1 + Math.min(under, over))) / (1 + values.length))
}
