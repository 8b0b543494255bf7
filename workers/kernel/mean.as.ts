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

/**
 * Scores of eight rows from their sums with one weight changed.
 * @param nums where num is: eight i32, or where it is wide eight float64; @param dens eight i32
 * @param own the metric's points; @param more what its weight becomes more, eight times
 * @param low address of the rules' clamp of the rows, or 0; @param high the same
 */
export function rescored(
  nums: usize,
  dens: usize,
  own: v128,
  more: v128,
  wide: bool,
  minDen: v128,
  low: usize,
  high: usize,
): v128 {
  const none = i16x8.eq(own, i16x8.splat(-1))
  const present = v128.andnot(own, none)
  const weight = v128.andnot(more, none)
  const lo = i32x4.extmul_low_i16x8_s(present, more)
  const hi = i32x4.extmul_high_i16x8_s(present, more)
  const dlo = i32x4.add(v128.load(dens), i32x4.extend_low_i16x8_s(weight))
  const dhi = i32x4.add(v128.load(dens, 16), i32x4.extend_high_i16x8_s(weight))
  let ab: v128
  let cd: v128
  if (wide) {
    ab = meanWide(f64x2.add(v128.load(nums), low2(lo)), f64x2.add(v128.load(nums, 16), high2(lo)), dlo)
    cd = meanWide(f64x2.add(v128.load(nums, 32), low2(hi)), f64x2.add(v128.load(nums, 48), high2(hi)), dhi)
  } else {
    ab = meanNarrow(i32x4.add(v128.load(nums), lo), dlo)
    cd = meanNarrow(i32x4.add(v128.load(nums, 16), hi), dhi)
  }
  return settle(ab, cd, dlo, dhi, minDen, low, high)
}
