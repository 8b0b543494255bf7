import type { Scale } from '../model/health-model'
import { explain, weigh, type CountedMetric } from './explain'
import { roundedMean } from './reference'
import { MISSING_POINTS, numberScale } from './scale'

/** A metric of one customer, as far as a change of its value is thought through. */
export interface ChangeableMetric extends CountedMetric {
  readonly id: string
  readonly scale: Scale
  /** The customer's value: a number, days for a date, or a text; undefined where it is missing. */
  readonly value: number | string | undefined
}

/** One metric changed to another value. */
export interface Change {
  readonly metric: string
  readonly value: number | string
  /** Hundredths. */
  readonly points: number
}

/** Changes that together bring a customer to a score. */
export interface Way {
  readonly changes: readonly Change[]
  /** The score after them, in hundredths. */
  readonly score: number
}

/** Most single changes and most pairs that are proposed. */
const MOST = 3

/** The score with some metrics' points changed, in hundredths; undefined for whoever has no weight with points. */
export function scoreWith(metrics: readonly ChangeableMetric[], changes: readonly Change[]): number | undefined {
  const changed = new Map(changes.map(({ metric, points }) => [metric, points]))
  const { num, den } = weigh(metrics.map((each) => ({ ...each, points: changed.get(each.id) ?? each.points })))
  return den === 0 ? undefined : roundedMean(num, den)
}

/**
 * What would bring a customer to a score: the smallest single changes first, then pairs of changes that only reach it
 * together, each using as small a part of its room as the other; and where no two are enough, the fewest that are. Small
 * is measured in points, since points are what all metrics share.
 * @param target hundredths, above the customer's score
 */
export function waysTo(target: number, metrics: readonly ChangeableMetric[]): Way[] {
  if (!explain(metrics)) return []
  const open = metrics.filter(({ weight, points }) => weight > 0 && (points === MISSING_POINTS || points < 10_000))
  const singles = open.flatMap((metric) => smallest([metric], metrics, target))
  const alone = new Set(singles.map(({ way }) => way.changes[0]!.metric))
  const rest = open.filter(({ id }) => !alone.has(id))
  const pairs = rest.flatMap((a, i) => rest.slice(i + 1).flatMap((b) => smallest([a, b], metrics, target)))
  const bySize = (found: readonly Sized[]): Way[] =>
    found
      .toSorted((a, b) => a.size - b.size)
      .slice(0, MOST)
      .map(({ way }) => way)
  const ways = [...bySize(singles), ...bySize(pairs)]
  return ways.length > 0 ? ways : together(open, metrics, target)
}

/** Where no two changes are enough: the fewest metrics that are, those with the most to gain first. */
function together(open: readonly ChangeableMetric[], metrics: readonly ChangeableMetric[], target: number): Way[] {
  const gain = ({ weight, points, base }: ChangeableMetric): number =>
    weight * (10_000 - (points === MISSING_POINTS ? base : points))
  const falling = open.toSorted((a, b) => gain(b) - gain(a))
  for (let count = 3; count <= falling.length; count++) {
    const [found] = smallest(falling.slice(0, count), metrics, target)
    if (found) return [found.way]
  }
  return []
}

interface Sized {
  readonly way: Way
  /** Points that are moved, hundredths. */
  readonly size: number
}

/** The least of the room of some metrics, in hundredths of it, whose use reaches the target; none when all is not enough. */
function smallest(moved: readonly ChangeableMetric[], metrics: readonly ChangeableMetric[], target: number): Sized[] {
  const changesAt = (share: number): Change[] | undefined => {
    const changes = moved.map((metric) => changeTo(metric, pointsAt(metric, share)))
    return changes.every((change) => change !== undefined) ? changes : undefined
  }
  const reaches = (share: number): boolean => {
    const changes = changesAt(share)
    return changes !== undefined && (scoreWith(metrics, changes) ?? -1) >= target
  }
  const FULL = 1000
  if (!reaches(FULL)) return []
  let [no, yes] = [0, FULL]
  while (yes - no > 1) {
    const middle = (no + yes) >> 1
    if (reaches(middle)) yes = middle
    else no = middle
  }
  const changes = changesAt(yes)!
  const size = changes.reduce((sum, { points }, i) => sum + points - fromPoints(moved[i]!), 0)
  return [{ way: { changes, score: scoreWith(metrics, changes)! }, size }]
}

function fromPoints({ points, base }: ChangeableMetric): number {
  return points === MISSING_POINTS ? Math.min(base, 10_000) : points
}

function pointsAt(metric: ChangeableMetric, share: number): number {
  const from = metric.points === MISSING_POINTS ? 0 : metric.points
  return Math.min(10_000, from + Math.ceil(((10_000 - from) * share) / 1000))
}

/** The nearest value whose points are at least so many; undefined when the scale gives no value that. */
export function changeTo(
  { id, scale, value }: Pick<ChangeableMetric, 'id' | 'scale' | 'value'>,
  least: number,
): Change | undefined {
  if (scale.kind === 'values') {
    const enough = scale.values.filter(({ points }) => Math.round(points * 100) >= least)
    const [first] = enough.toSorted((a, b) => a.points - b.points)
    return first && { metric: id, value: first.value, points: Math.round(first.points * 100) }
  }
  const pointsOf = numberScale(scale)!
  const from = typeof value === 'number' ? value : undefined
  const candidates = marksOf(scale, least).flatMap((x) => niceNear(x, scale).filter((nice) => pointsOf(nice) >= least))
  const distance = (x: number): number => (from === undefined ? pointsOf(x) : Math.abs(x - from))
  const [nearest] = candidates.toSorted((a, b) => distance(a) - distance(b))
  return nearest === undefined ? undefined : { metric: id, value: nearest, points: pointsOf(nearest) }
}

/** Values at which a scale reaches so many points. */
function marksOf(scale: Exclude<Scale, { kind: 'values' }>, least: number): number[] {
  if (scale.kind === 'bands') {
    return scale.bands.flatMap(({ below }, i) => {
      const from = scale.bands[i - 1]?.below
      return [...(from === undefined ? [] : [from]), ...(below === undefined ? [] : [below - stepOf(scale)])]
    })
  }
  const { knots } = scale
  return knots.flatMap((knot, i) => {
    const next = knots[i + 1]
    const at = knot.points * 100 >= least ? [knot.x] : []
    if (!next || knot.points === next.points) return at
    const share = (least / 100 - knot.points) / (next.points - knot.points)
    return share >= 0 && share <= 1 ? [...at, knot.x + share * (next.x - knot.x)] : at
  })
}

/** How finely a scale's values are written: 1 where its marks are whole and far apart, else about a hundredth of them. */
function stepOf(scale: Exclude<Scale, { kind: 'values' }>): number {
  const marks = scale.kind === 'curve' ? scale.knots.map(({ x }) => x) : scale.bands.flatMap(({ below }) => below ?? [])
  const width = Math.max(...marks) - Math.min(...marks) || Math.abs(marks[0] ?? 1) || 1
  if (marks.every(Number.isInteger)) return 1
  return 10 ** Math.floor(Math.log10(width / 50))
}

/** A value and the written ones next to it. */
function niceNear(x: number, scale: Exclude<Scale, { kind: 'values' }>): number[] {
  const step = stepOf(scale)
  const tidy = (value: number): number => Number(value.toPrecision(12))
  return [Math.floor(x / step) * step, Math.ceil(x / step) * step, (Math.ceil(x / step) + 1) * step].map(tidy)
}
