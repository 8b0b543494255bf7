// AssemblyScript: see score.as.ts.

import { high2, low2, meanNarrow, meanWide, rescored, settle } from './mean.as'

/** Bytes of num, narrow and wide, and of den that are kept of eight customers. */
const NARROW: usize = 32
const WIDE: usize = 64
const DEN: usize = 32

/**
 * Scores the rows from `start` on, eight at a time. Points and weights are below 32,768 and a missing value is −1 as a
 * signed number, so a pair of metrics is one signed multiply-and-add; the weights that have points are summed in 16 bits
 * and widened at the end of each part of the metrics, whose weights sum to at most 65,535.
 * @param parts address of the number of pairs (u32) of each part, ended by 0
 * @param pairs address of 56 bytes a pair of metrics: see kernel.ts
 * @param wide whether the weights sum to more than 214,748, beyond which 31 bits do not hold num: then each part is
 * added in float64
 * @param low address of the rules' clamp, or 0; @param high the same
 * @param nums address that num of each row is written to, i32, or float64 where it is wide; or 0
 * @param dens address that den of each row is written to, i32
 */
export function score(
  start: u32,
  rows: u32,
  parts: usize,
  pairs: usize,
  wide: bool,
  out: usize,
  minDen: i32,
  low: usize,
  high: usize,
  nums: usize,
  dens: usize,
): void {
  const missing = i16x8.splat(-1)
  const zero = i16x8.splat(0)
  const least = i32x4.splat(minDen)
  const end = (<usize>(start + rows)) << 1
  for (let at = (<usize>start) << 1; at < end; at += 16) {
    let n0 = f64x2.splat(0)
    let n1 = f64x2.splat(0)
    let n2 = f64x2.splat(0)
    let n3 = f64x2.splat(0)
    let lo = i32x4.splat(0)
    let hi = i32x4.splat(0)
    let dlo = i32x4.splat(0)
    let dhi = i32x4.splat(0)
    let pair = pairs
    for (let part = parts; load<u32>(part) != 0; part += 4) {
      let den = i16x8.splat(0)
      for (const last = pair + <usize>load<u32>(part) * 56; pair < last; pair += 56) {
        const a = v128.load(load<u32>(pair) + at)
        const b = v128.load(load<u32>(pair, 4) + at)
        const weights = v128.load(pair, 8)
        const aa = i16x8.max_s(a, zero)
        const bb = i16x8.max_s(b, zero)
        lo = i32x4.add(lo, i32x4.dot_i16x8_s(v128.shuffle<i16>(aa, bb, 0, 8, 1, 9, 2, 10, 3, 11), weights))
        hi = i32x4.add(hi, i32x4.dot_i16x8_s(v128.shuffle<i16>(aa, bb, 4, 12, 5, 13, 6, 14, 7, 15), weights))
        den = i16x8.add(den, v128.andnot(v128.load(pair, 24), i16x8.eq(a, missing)))
        den = i16x8.add(den, v128.andnot(v128.load(pair, 40), i16x8.eq(b, missing)))
      }
      dlo = i32x4.add(dlo, i32x4.extend_low_i16x8_u(den))
      dhi = i32x4.add(dhi, i32x4.extend_high_i16x8_u(den))
      if (wide) {
        n0 = f64x2.add(n0, low2(lo))
        n1 = f64x2.add(n1, high2(lo))
        n2 = f64x2.add(n2, low2(hi))
        n3 = f64x2.add(n3, high2(hi))
        lo = i32x4.splat(0)
        hi = i32x4.splat(0)
      }
    }
    const clampLow: usize = low == 0 ? 0 : low + at
    const ab = wide ? meanWide(n0, n1, dlo) : meanNarrow(lo, dlo)
    const cd = wide ? meanWide(n2, n3, dhi) : meanNarrow(hi, dhi)
    v128.store(out + at, settle(ab, cd, dlo, dhi, least, clampLow, high + at))
    if (nums == 0) continue
    if (wide) {
      v128.store(nums, n0)
      v128.store(nums, n1, 16)
      v128.store(nums, n2, 32)
      v128.store(nums, n3, 48)
    } else {
      v128.store(nums, lo)
      v128.store(nums, hi, 16)
    }
    v128.store(dens, dlo)
    v128.store(dens, dhi, 16)
    nums += wide ? WIDE : NARROW
    dens += DEN
  }
}

/**
 * Scores the rows that `score` has kept the sums of, not wide, with another weight of one metric: all but that metric
 * stays as it is. The changed num has to fit 31 bits as well.
 * @param points address of the metric's points at the first of the rows
 * @param change what the weight becomes more, in hundredths: a signed number of 16 bits
 * @param low address of the rules' clamp at the first of the rows, or 0; @param high the same
 */
export function rescore(
  rows: u32,
  nums: usize,
  dens: usize,
  points: usize,
  change: i32,
  out: usize,
  minDen: i32,
  low: usize,
  high: usize,
): void {
  const more = i16x8.splat(<i16>change)
  const least = i32x4.splat(minDen)
  const clamp: usize = low == 0 ? 0 : 16
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, out += 16, nums += NARROW, dens += DEN) {
    v128.store(out, rescored(nums, dens, v128.load(points), more, false, least, low, high))
    low += clamp
    high += clamp
  }
}
