import type { Places } from '../../charts/axis'

type Point = readonly [x: number, y: number]

/** Where a text of several lines stands: its first line's baseline, and to which side of `x` it runs. */
export interface LabelPlace {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'end'
}

const LINE = 13
/** About what a character takes at the size of a chart's labels. */
const CHARACTER = 5.8
/** Between the point and what is said of it. */
const GAP = 8

/**
 * The place beside a point, or in a corner of the chart, where its label covers the least of the lines: right below it,
 * where that is free.
 * @param lines of the label
 * @param curves in pixels
 */
export function labelPlace(
  at: Point,
  lines: readonly string[],
  curves: readonly (readonly Point[])[],
  plot: Omit<Places, 'x' | 'y'>,
): LabelPlace {
  const width = CHARACTER * Math.max(...lines.map(({ length }) => length))
  const height = LINE * lines.length
  const steps = curves.flatMap(alongCurve)
  const covered = ({ x, y, anchor }: LabelPlace): number => {
    const [left, top] = [anchor === 'start' ? x : x - width, y - LINE + 2]
    const isIn = ([px, py]: Point): boolean =>
      px > left - 2 && px < left + width + 2 && py > top && py < top + height + 2
    const outside = left < plot.left || left + width > plot.right || top < plot.top || top + height > plot.bottom
    return steps.filter(isIn).length + (outside ? steps.length : 0)
  }
  const [x, y] = at
  const [below, above] = [y + GAP + LINE - 6, y - GAP - LINE * (lines.length - 1)]
  const [start, end] = [
    { x: x + GAP, anchor: 'start' as const },
    { x: x - GAP, anchor: 'end' as const },
  ]
  const places: LabelPlace[] = [
    { ...start, y: below },
    { ...start, y: above },
    { ...end, y: below },
    { ...end, y: above },
    { x: plot.right - GAP, y: plot.bottom - GAP - LINE * (lines.length - 1), anchor: 'end' },
    { x: plot.left + GAP, y: plot.top + GAP + LINE, anchor: 'start' },
  ]
  return places.reduce((best, place) => (covered(place) < covered(best) ? place : best))
}

/** Points every few pixels along a curve. */
function alongCurve(curve: readonly Point[]): Point[] {
  return curve.flatMap(([x, y], i): Point[] => {
    const [toX, toY] = curve[i + 1] ?? [x, y]
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - x, toY - y) / 4))
    return Array.from({ length: steps }, (_, step): Point => [
      x + ((toX - x) * step) / steps,
      y + ((toY - y) * step) / steps,
    ])
  })
}
