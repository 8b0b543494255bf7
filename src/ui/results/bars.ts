/** Bars of the score distribution: two points wide, the last one with the 100 too. */
const BARS = 50
const WIDTH = 200

/** Counts per hundredth of a score as counts per bar. */
export function barsOf(counts: ArrayLike<number>): number[] {
  const bars = new Array<number>(BARS).fill(0)
  for (let bin = 0; bin < counts.length; bin++) bars[Math.min(BARS - 1, Math.floor(bin / WIDTH))]! += counts[bin]!
  return bars
}
