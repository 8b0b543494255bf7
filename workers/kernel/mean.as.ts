// AssemblyScript: see score.as.ts.

export function low2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(lanes)
}

export function high2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3))
}

/** num / den, rounded half up, of two customers: floor((num + den/2) / den), never by a reciprocal. */
function mean2(num: v128, den: v128): v128 {
  const half = f64x2.splat(0.5)
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.div(f64x2.add(num, f64x2.mul(den, half)), den))
}

/** The same of four, their num in float64 and their den in i32. */
export function meanWide(n0: v128, n1: v128, den: v128): v128 {
  return v128.shuffle<i32>(mean2(n0, low2(den)), mean2(n1, high2(den)), 0, 1, 4, 5)
}

/**
 * The same of num and den in 31 bits, in half the time: a quotient in float32 is off by less than 1, and what it leaves of
 * 2·num + den says in whole numbers which way.
 */
export function meanNarrow(num: v128, den: v128): v128 {
  const estimate = f32x4.div(f32x4.convert_i32x4_s(num), f32x4.convert_i32x4_s(den))
  // 1.5·2²³: added, it leaves the nearest whole number in the lowest bits.
  const rounded = i32x4.sub(f32x4.add(estimate, f32x4.splat(12582912)), i32x4.splat(0x4b400000))
  const rest = i32x4.add(i32x4.shl(i32x4.sub(num, i32x4.mul(rounded, den)), 1), den)
  const down = i32x4.add(rounded, i32x4.lt_s(rest, i32x4.splat(0)))
  return i32x4.sub(down, i32x4.ge_s(rest, i32x4.shl(den, 1)))
}

/** Scores of eight customers from their means; clamped where rules apply, 65535 under the least weight. */
export function settle(ab: v128, cd: v128, dlo: v128, dhi: v128, minDen: v128, low: usize, high: usize): v128 {
  let scores = i16x8.narrow_i32x4_u(ab, cd)
  if (low != 0) scores = i16x8.min_u(i16x8.max_u(scores, v128.load(low)), v128.load(high))
  const without = i16x8.narrow_i32x4_s(i32x4.lt_s(dlo, minDen), i32x4.lt_s(dhi, minDen))
  return v128.or(scores, without)
}
