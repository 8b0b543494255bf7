// AssemblyScript: see score.as.ts.

import { high2, low2 } from './mean.as'

/** Bytes that are read per metric. */
const METRIC: usize = 16

/** Of four rows: the most that they are moved by, over their den, as `reasonsOf` rounds it. */
function steps(moved: v128, den: v128): v128 {
  const half = f64x2.splat(0.5)
  const a = f64x2.floor(f64x2.add(f64x2.div(low2(moved), low2(den)), half))
  const b = f64x2.floor(f64x2.add(f64x2.div(high2(moved), high2(den)), half))
  // Whoever has no points is 0 / 0, which becomes 0.
  return v128.shuffle<i32>(i32x4.trunc_sat_f64x2_s_zero(a), i32x4.trunc_sat_f64x2_s_zero(b), 0, 1, 4, 5)
}

/**
 * What moves each customer most one way, eight rows at a time; see reasons.ts in src/core/scoring.
 * @param metrics address of 16 bytes a metric: its points (u32), its weight (i32) and its mean points (i32), in hundredths
 * @param sign 1 for what lifts, −1 for what pulls down
 * @param out where the steps go, i16; @param which where the place of the metric goes, u16, 65535 for none
 */
export function reasons(rows: u32, metrics: usize, count: u32, sign: i32, out: usize, which: usize): void {
  const missing = i16x8.splat(-1)
  const signs = i32x4.splat(sign)
  const end = (<usize>rows) << 1
  for (let at: usize = 0; at < end; at += 16) {
    let most0 = i32x4.splat(0)
    let most1 = i32x4.splat(0)
    let den0 = i32x4.splat(0)
    let den1 = i32x4.splat(0)
    let mover = missing
    let metric = metrics
    for (let place: u32 = 0; place < count; place++, metric += METRIC) {
      const own = v128.load(load<u32>(metric) + at)
      const weight = v128.load32_splat(metric, 4)
      const signed = i32x4.mul(weight, signs)
      const has = i16x8.ne(own, missing)
      const apart = v128.and(i16x8.sub(own, v128.load16_splat(metric, 8)), has)
      const moved0 = i32x4.mul(i32x4.extend_low_i16x8_s(apart), signed)
      const moved1 = i32x4.mul(i32x4.extend_high_i16x8_s(apart), signed)
      const more = i16x8.narrow_i32x4_s(i32x4.gt_s(moved0, most0), i32x4.gt_s(moved1, most1))
      mover = v128.bitselect(i16x8.splat(<i16>place), mover, more)
      most0 = i32x4.max_s(most0, moved0)
      most1 = i32x4.max_s(most1, moved1)
      den0 = i32x4.add(den0, v128.and(i32x4.extend_low_i16x8_s(has), weight))
      den1 = i32x4.add(den1, v128.and(i32x4.extend_high_i16x8_s(has), weight))
    }
    const low = steps(i32x4.mul(most0, signs), den0)
    const high = steps(i32x4.mul(most1, signs), den1)
    v128.store(out + at, i16x8.narrow_i32x4_s(low, high))
    v128.store(which + at, mover)
  }
}

/**
 * The weight, in hundredths, of the metrics that each row has points for.
 * @param parts and @param pairs as `score` reads them
 * @param out where it goes, i32
 */
export function weights(start: u32, rows: u32, parts: usize, pairs: usize, out: usize): void {
  const missing = i16x8.splat(-1)
  const end = (<usize>(start + rows)) << 1
  for (let at = (<usize>start) << 1; at < end; at += 16) {
    let low = i32x4.splat(0)
    let high = i32x4.splat(0)
    let pair = pairs
    for (let part = parts; load<u32>(part) != 0; part += 4) {
      let den = i16x8.splat(0)
      for (const last = pair + <usize>load<u32>(part) * 56; pair < last; pair += 56) {
        const a = v128.load(load<u32>(pair) + at)
        const b = v128.load(load<u32>(pair, 4) + at)
        den = i16x8.add(den, v128.andnot(v128.load(pair, 24), i16x8.eq(a, missing)))
        den = i16x8.add(den, v128.andnot(v128.load(pair, 40), i16x8.eq(b, missing)))
      }
      low = i32x4.add(low, i32x4.extend_low_i16x8_u(den))
      high = i32x4.add(high, i32x4.extend_high_i16x8_u(den))
    }
    v128.store(out + (at << 1), low)
    v128.store(out + (at << 1), high, 16)
  }
}
