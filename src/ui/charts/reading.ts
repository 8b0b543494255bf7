/** A place of a chart that can be read: in the chart's own values, and what it says in words. */
export interface Reading {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** The reading nearest to a value of x, by its place in the list; they rise in x. */
export function nearestReading(readings: readonly Reading[], x: number): number {
  const after = readings.findIndex((reading) => reading.x >= x)
  if (after <= 0) return after < 0 ? readings.length - 1 : 0
  return x - readings[after - 1]!.x < readings[after]!.x - x ? after - 1 : after
}
