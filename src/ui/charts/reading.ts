/** A place of a chart that can be read: in the chart's own values, and what it says in words. */
export interface Reading {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** The reading that a key leads to from another, by its place in the list; undefined for keys that lead nowhere. */
export function readingAfter(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  at: number,
  count: number,
): number | undefined {
  const far = Math.max(1, Math.round(count / 10))
  const size = shiftKey ? far : 1
  const to = {
    ArrowLeft: at - size,
    ArrowDown: at - size,
    ArrowRight: at + size,
    ArrowUp: at + size,
    PageDown: at - far,
    PageUp: at + far,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to))
}

/** The reading within `reach` of a place on both axes, the nearest of several; undefined where there is none. */
export function readingAt(readings: readonly Reading[], x: number, y: number, reach: number): number | undefined {
  const far = (reading: Reading): number => Math.max(Math.abs(reading.x - x), Math.abs(reading.y - y))
  let best: number | undefined
  for (const [i, each] of readings.entries())
    if (far(each) <= reach && (best === undefined || far(each) < far(readings[best]!))) best = i
  return best
}

/** The reading nearest to a value of x, by its place in the list; they rise in x. */
export function nearestReading(readings: readonly Reading[], x: number): number {
  const after = readings.findIndex((reading) => reading.x >= x)
  if (after <= 0) return after < 0 ? readings.length - 1 : 0
  return x - readings[after - 1]!.x < readings[after]!.x - x ? after - 1 : after
}
