// AssemblyScript: see score.as.ts.

/**
 * What is kept of eight customers for `reweigh`, `size` bytes: num (two vectors of i32, or four of float64 where it is
 * wide), den (two of i32), and, where the size has room for them, at its end, the first and last score of their tiers (u16).
 */
const NARROW_NUM: usize = 32
const WIDE_NUM: usize = 64
const DEN: usize = 32
export const TIER_BOUNDS: usize = 32

/** Where den is in what is kept. */
export function denAt(wide: bool): usize {
  return wide ? WIDE_NUM : NARROW_NUM
}

/** Whether what is kept has room for the bounds of tiers. */
export function hasTierBounds(wide: bool, size: usize): bool {
  return size >= denAt(wide) + DEN + TIER_BOUNDS
}

/** num / den, rounded half up, of four customers: floor((num + den/2) / den), never by a reciprocal. */
function mean(num: v128, den: v128): v128 {
  const half = f64x2.splat(0.5)
  const quotient = f64x2.div(f64x2.add(num, f64x2.mul(den, half)), den)
  return i32x4.trunc_sat_f64x2_s_zero(quotient)
}

export function low2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(lanes)
}

export function high2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3))
}

/**
 * The same of num and den in 31 bits, twice as fast: a quotient in float32 is off by less than 1, and what it leaves of
 * 2·num + den says in whole numbers which way.
 */
function mean4(num: v128, den: v128): v128 {
  const estimate = f32x4.div(f32x4.convert_i32x4_s(num), f32x4.convert_i32x4_s(den))
  // 1.5·2²³: added, it leaves the nearest whole number in the lowest bits.
  const rounded = i32x4.sub(f32x4.add(estimate, f32x4.splat(12582912)), i32x4.splat(0x4b400000))
  const rest = i32x4.add(i32x4.shl(i32x4.sub(num, i32x4.mul(rounded, den)), 1), den)
  const down = i32x4.add(rounded, i32x4.lt_s(rest, i32x4.splat(0)))
  return i32x4.sub(down, i32x4.ge_s(rest, i32x4.shl(den, 1)))
}

/** Scores of eight customers from their sums in 31 bits; clamped where rules apply, 65535 under the least weight. */
export function finishNarrow(lo: v128, hi: v128, dlo: v128, dhi: v128, minDen: v128, low: usize, high: usize): v128 {
  return settle(mean4(lo, dlo), mean4(hi, dhi), dlo, dhi, minDen, low, high)
}

/** The same from sums in float64. */
export function finishWide(
  n0: v128,
  n1: v128,
  n2: v128,
  n3: v128,
  dlo: v128,
  dhi: v128,
  minDen: v128,
  low: usize,
  high: usize,
): v128 {
  const ab = v128.shuffle<i32>(mean(n0, low2(dlo)), mean(n1, high2(dlo)), 0, 1, 4, 5)
  const cd = v128.shuffle<i32>(mean(n2, low2(dhi)), mean(n3, high2(dhi)), 0, 1, 4, 5)
  return settle(ab, cd, dlo, dhi, minDen, low, high)
}

function settle(ab: v128, cd: v128, dlo: v128, dhi: v128, minDen: v128, low: usize, high: usize): v128 {
  let scores = i16x8.narrow_i32x4_u(ab, cd)
  if (low != 0) scores = i16x8.min_u(i16x8.max_u(scores, v128.load(low)), v128.load(high))
  const without = i16x8.narrow_i32x4_s(i32x4.lt_s(dlo, minDen), i32x4.lt_s(dhi, minDen))
  return v128.or(scores, without)
}

/**
 * Scores the rows from `start` on, eight at a time. Points and weights are below 32,768 and a missing value is −1 as a
 * signed number, so a pair of metrics is one signed multiply-and-add; the weights that have points are summed in 16 bits
 * and widened at the end of each part of the metrics, whose weights sum to at most 65,535.
 * @param parts address of the number of pairs (u32) of each part, ended by 0
 * @param pairs address of 56 bytes a pair of metrics: see kernel.ts
 * @param wide whether the weights sum to more than 214,748, beyond which 31 bits do not hold num: then each part is
 * added in float64
 * @param low address of the rules' clamp, or 0; @param high the same
 * @param kept address of `size` bytes per eight rows that their sums are written to, or 0
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
  kept: usize,
  size: usize,
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
    v128.store(
      out + at,
      wide
        ? finishWide(n0, n1, n2, n3, dlo, dhi, least, clampLow, high + at)
        : finishNarrow(lo, hi, dlo, dhi, least, clampLow, high + at),
    )
    if (kept != 0) {
      if (wide) {
        v128.store(kept, n0)
        v128.store(kept, n1, 16)
        v128.store(kept, n2, 32)
        v128.store(kept, n3, 48)
      } else {
        v128.store(kept, lo)
        v128.store(kept, hi, 16)
      }
      v128.store(kept + denAt(wide), dlo)
      v128.store(kept + denAt(wide), dhi, 16)
      kept += size
    }
  }
}
