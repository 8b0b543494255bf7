// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// Rows are scored eight at a time, so columns and runs of rows are padded to eight.

/** Bins per class of a histogram: one per hundredth of a score, and a last one for whoever is not scored. */
const STRIDE: u32 = 10002
const NOT_SCORED_BIN: u32 = 10001

/** num / den, rounded half up, of four customers: floor((num + den/2) / den), never by a reciprocal. */
function mean(num: v128, den: v128): v128 {
  const half = f64x2.splat(0.5)
  const quotient = f64x2.div(f64x2.add(num, f64x2.mul(den, half)), den)
  return i32x4.trunc_sat_f64x2_u_zero(quotient)
}

function low2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_u(lanes)
}

function high2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_u(v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3))
}

/** Scores of eight customers from their sums; clamped where rules apply, 65535 under the least weight. */
function finish(
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
 * @param wide whether the weights sum to more than 429,496, beyond which 32 bits do not hold num: then each part is
 * added in float64
 * @param low address of the rules' clamp, or 0; @param high the same
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
    if (!wide) {
      n0 = low2(lo)
      n1 = high2(lo)
      n2 = low2(hi)
      n3 = high2(hi)
    }
    const clampLow: usize = low == 0 ? 0 : low + at
    v128.store(out + at, finish(n0, n1, n2, n3, dlo, dhi, least, clampLow, high + at))
  }
}

function binOf(scores: usize, row: usize): u32 {
  return min<u32>(<u32>load<u16>(scores + (row << 1)), NOT_SCORED_BIN)
}

function groupAt(groups: usize, row: usize): u32 {
  return <u32>load<u8>(groups + row) * STRIDE
}

function countOne(counts: usize, index: u32): void {
  const at = counts + ((<usize>index) << 2)
  store<u32>(at, load<u32>(at) + 1)
}

function add(sums: usize, index: u32, amount: f64): void {
  const at = sums + ((<usize>index) << 3)
  store<f64>(at, load<f64>(at) + amount)
}

/** Customers per group and bin: groups are classes, or tiers. */
export function count(rows: u32, scores: usize, groups: usize, counts: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) countOne(counts, binOf(scores, row) + groupAt(groups, row))
}

/** Customers and amounts (float64) per class and bin. */
export function countAmounts(
  rows: u32,
  scores: usize,
  classes: usize,
  counts: usize,
  amounts: usize,
  sums: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const index = binOf(scores, row) + groupAt(classes, row)
    countOne(counts, index)
    add(sums, index, load<f64>(amounts + (row << 3)))
  }
}

/** The same, and customers per earlier tier and bin. */
export function countMoves(
  rows: u32,
  scores: usize,
  classes: usize,
  counts: usize,
  amounts: usize,
  sums: usize,
  tiers: usize,
  moves: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const bin = binOf(scores, row)
    const index = bin + groupAt(classes, row)
    countOne(counts, index)
    add(sums, index, load<f64>(amounts + (row << 3)))
    countOne(moves, bin + groupAt(tiers, row))
  }
}

function countOnly(bin: u32, before: u32, group: u32, onlyScores: usize, onlyBaseline: usize): void {
  if (bin == NOT_SCORED_BIN) countOne(onlyBaseline, before + group)
  else countOne(onlyScores, bin + group)
}

/**
 * Against a baseline: customers per tier that it puts them in and bin that they are in now; and, per class and bin, those
 * whom only one of the two scores.
 * @param tierOf the baseline's tier per bin, one byte each
 */
export function countAgainst(
  rows: u32,
  scores: usize,
  classes: usize,
  baseline: usize,
  tierOf: usize,
  moves: usize,
  onlyScores: usize,
  onlyBaseline: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const bin = binOf(scores, row)
    const before = binOf(baseline, row)
    countOne(moves, bin + <u32>load<u8>(tierOf + <usize>before) * STRIDE)
    if ((bin == NOT_SCORED_BIN) != (before == NOT_SCORED_BIN))
      countOnly(bin, before, groupAt(classes, row), onlyScores, onlyBaseline)
  }
}

/** `countAmounts` and `countAgainst` in one pass. */
export function countAmountsAgainst(
  rows: u32,
  scores: usize,
  classes: usize,
  counts: usize,
  amounts: usize,
  sums: usize,
  baseline: usize,
  tierOf: usize,
  moves: usize,
  onlyScores: usize,
  onlyBaseline: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const bin = binOf(scores, row)
    const before = binOf(baseline, row)
    const group = groupAt(classes, row)
    countOne(counts, bin + group)
    add(sums, bin + group, load<f64>(amounts + (row << 3)))
    countOne(moves, bin + <u32>load<u8>(tierOf + <usize>before) * STRIDE)
    if ((bin == NOT_SCORED_BIN) != (before == NOT_SCORED_BIN)) countOnly(bin, before, group, onlyScores, onlyBaseline)
  }
}

/** The baseline's placements summed per class and bin of the scores. @param table one (u32) per class and bin */
export function sumPlacements(
  rows: u32,
  scores: usize,
  baseline: usize,
  classes: usize,
  table: usize,
  sums: usize,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const group = groupAt(classes, row)
    const placement = load<u32>(table + ((<usize>(binOf(baseline, row) + group)) << 2))
    add(sums, binOf(scores, row) + group, <f64>placement)
  }
}

/** The tier of every customer. @param table one byte per bin */
export function tiersOf(rows: u32, scores: usize, table: usize, out: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    store<u8>(out + row, load<u8>(table + <usize>binOf(scores, row)))
  }
}
