/** One direction of a chart: what it runs from and to, and where it is marked. */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly ticks: readonly Tick[]
  /** What it counts, in words. */
  readonly caption?: string
}

interface Tick {
  readonly at: number
  readonly text: string
}

/** Places of a chart's values in pixels. */
export interface Places {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** From 0 to 100% in quarters. */
export const SHARES: Axis = {
  from: 0,
  to: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${100 * at}%` })),
}

const STEPS = [1, 2, 2.5, 5, 10]

/** A round distance that parts a range into about so many steps. */
function roundStep(range: number, steps: number): number {
  const raw = range / steps
  const size = 10 ** Math.floor(Math.log10(raw))
  return size * STEPS.find((step) => step * size >= raw * 0.999)!
}

/** An axis over a range, its ends moved out to round values; a range of nothing is given some room. */
export function roundAxis(low: number, high: number, steps: number, text: (value: number) => string): Axis {
  const [least, most] = high > low ? [low, high] : [low - (Math.abs(low) || 1) / 2, low + (Math.abs(low) || 1) / 2]
  const step = roundStep(most - least, steps)
  const [first, last] = [Math.floor(least / step + 1e-9), Math.ceil(most / step - 1e-9)]
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
  return { from: ticks[0]!, to: ticks.at(-1)!, ticks: ticks.map((at) => ({ at, text: text(at) })) }
}

/** A line through points of a chart. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.length === 0 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`
}
