// AssemblyScript: see score.as.ts.

import { denAt, finishNarrow, finishWide, hasTierBounds, high2, low2, TIER_BOUNDS } from './weighted-mean.as'

/**
 * Keeps the first and the last score of the tier that each customer is in, beside what `score` has kept.
 * @param tiers address of the scores (u16) from which a tier starts, rising; the last one's are NOT_SCORED_BIN, as if not
 * being scored were the highest tier
 * @param kept address of what is kept, with room for these bounds in the `size` bytes of eight rows
 */
export function keepTierBounds(rows: u32, scores: usize, tiers: usize, count: u32, kept: usize, size: usize): void {
  const end = scores + ((<usize>rows) << 1)
  const one = i16x8.splat(1)
  let bounds = kept + size - TIER_BOUNDS
  for (let at = scores; at < end; at += 16, bounds += size) {
    const now = v128.load(at)
    let first = i16x8.splat(0)
    let last = i16x8.splat(-1)
    for (let tier = tiers; tier < tiers + ((<usize>count) << 1); tier += 2) {
      const from = v128.load16_splat(tier)
      const reached = i16x8.ge_u(now, from)
      first = i16x8.max_u(first, v128.and(reached, from))
      last = i16x8.min_u(last, v128.or(reached, i16x8.sub(from, one)))
    }
    v128.store(bounds, first)
    v128.store(bounds, last, 16)
  }
}

/**
 * Scores the rows that `score` has kept the sums of with another weight of one metric: all but that metric stays as it is.
 * @param kept address of the `size` bytes that are kept of the first eight rows
 * @param points address of the metric's points at the first of the rows
 * @param change what the weight becomes more, in hundredths: a signed number of 16 bits
 * @param wide as the sums were kept; else the changed num has to fit 31 bits as well
 * @param low address of the rules' clamp at the first of the rows, or 0; @param high the same
 * @returns customers who leave the tier that `keepTierBounds` found them in; 0 where the size has no room for tiers
 */
export function reweigh(
  rows: u32,
  kept: usize,
  size: usize,
  points: usize,
  change: i32,
  wide: bool,
  out: usize,
  minDen: i32,
  low: usize,
  high: usize,
): u32 {
  const missing = i16x8.splat(-1)
  const more = i16x8.splat(<i16>change)
  const least = i32x4.splat(minDen)
  const clamp: usize = low == 0 ? 0 : 16
  const den = denAt(wide)
  const tiers = hasTierBounds(wide, size)
  let left: u32 = 0
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, out += 16, kept += size) {
    const own = v128.load(points)
    const none = i16x8.eq(own, missing)
    const present = v128.andnot(own, none)
    const weight = v128.andnot(more, none)
    const lo = i32x4.extmul_low_i16x8_s(present, more)
    const hi = i32x4.extmul_high_i16x8_s(present, more)
    const dlo = i32x4.add(v128.load(kept + den), i32x4.extend_low_i16x8_s(weight))
    const dhi = i32x4.add(v128.load(kept + den, 16), i32x4.extend_high_i16x8_s(weight))
    let scores: v128
    if (wide) {
      const n0 = f64x2.add(v128.load(kept), low2(lo))
      const n1 = f64x2.add(v128.load(kept, 16), high2(lo))
      const n2 = f64x2.add(v128.load(kept, 32), low2(hi))
      const n3 = f64x2.add(v128.load(kept, 48), high2(hi))
      scores = finishWide(n0, n1, n2, n3, dlo, dhi, least, low, high)
    } else {
      const num = i32x4.add(v128.load(kept), lo)
      scores = finishNarrow(num, i32x4.add(v128.load(kept, 16), hi), dlo, dhi, least, low, high)
    }
    v128.store(out, scores)
    if (tiers) {
      const bounds = kept + size - TIER_BOUNDS
      const outside = v128.or(i16x8.lt_u(scores, v128.load(bounds)), i16x8.gt_u(scores, v128.load(bounds, 16)))
      left += popcnt<u32>(i16x8.bitmask(outside))
    }
    low += clamp
    high += clamp
  }
  return left
}
