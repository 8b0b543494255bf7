// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// Rows are scored eight at a time, so columns and runs of rows are padded to eight.

/** Bins per class of a histogram: one per hundredth of a score, and a last one for whoever is not scored. */
const STRIDE: u32 = 10002
const NOT_SCORED_BIN: u32 = 10001

/** Bytes that are kept of eight customers for `reweigh`: num (float64, or i32 where it is not wide), den (i32), first and last score of their tier (u16). */
const KEPT: usize = 128
const KEPT_DEN: usize = 64
const KEPT_FIRST: usize = 96
const KEPT_LAST: usize = 112

/** num / den, rounded half up, of four customers: floor((num + den/2) / den), never by a reciprocal. */
function mean(num: v128, den: v128): v128 {
  const half = f64x2.splat(0.5)
  const quotient = f64x2.div(f64x2.add(num, f64x2.mul(den, half)), den)
  return i32x4.trunc_sat_f64x2_s_zero(quotient)
}

function low2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(lanes)
}

function high2(lanes: v128): v128 {
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
 * @param kept address of KEPT bytes per eight rows that their sums are written to, or 0
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
    if (kept != 0) {
      if (wide) keep(kept, n0, n1, n2, n3, dlo, dhi)
      else keep(kept, lo, hi, zero, zero, dlo, dhi)
      kept += KEPT
    }
  }
}

function keep(kept: usize, n0: v128, n1: v128, n2: v128, n3: v128, dlo: v128, dhi: v128): void {
  v128.store(kept, n0)
  v128.store(kept, n1, 16)
  v128.store(kept, n2, 32)
  v128.store(kept, n3, 48)
  v128.store(kept, dlo, KEPT_DEN)
  v128.store(kept, dhi, KEPT_DEN + 16)
}

/**
 * Keeps the first and the last score of the tier that each customer is in, beside what `score` has kept.
 * @param tiers address of the scores (u16) from which a tier starts, rising; the last one's are NOT_SCORED_BIN, as if not
 * being scored were the highest tier
 */
export function keepTierBounds(rows: u32, scores: usize, tiers: usize, count: u32, kept: usize): void {
  const end = scores + ((<usize>rows) << 1)
  const one = i16x8.splat(1)
  for (let at = scores; at < end; at += 16, kept += KEPT) {
    const now = v128.load(at)
    let first = i16x8.splat(0)
    let last = i16x8.splat(-1)
    for (let tier = tiers; tier < tiers + ((<usize>count) << 1); tier += 2) {
      const from = v128.load16_splat(tier)
      const reached = i16x8.ge_u(now, from)
      first = i16x8.max_u(first, v128.and(reached, from))
      last = i16x8.min_u(last, v128.or(reached, i16x8.sub(from, one)))
    }
    v128.store(kept, first, KEPT_FIRST)
    v128.store(kept, last, KEPT_LAST)
  }
}

/**
 * Scores the rows that `score` has kept the sums of with another weight of one metric: all but that metric stays as it is.
 * @param points address of the metric's points at the first of the rows
 * @param change what the weight becomes more, in hundredths: a signed number of 16 bits
 * @param wide as the sums were kept; else the changed num has to fit 31 bits as well
 * @param low address of the rules' clamp at the first of the rows, or 0; @param high the same
 * @returns customers who leave the tier that `keepTierBounds` found them in
 */
export function reweigh(
  rows: u32,
  kept: usize,
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
  let left: u32 = 0
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, out += 16, kept += KEPT) {
    const own = v128.load(points)
    const none = i16x8.eq(own, missing)
    const present = v128.andnot(own, none)
    const weight = v128.andnot(more, none)
    const lo = i32x4.extmul_low_i16x8_s(present, more)
    const hi = i32x4.extmul_high_i16x8_s(present, more)
    const dlo = i32x4.add(v128.load(kept, KEPT_DEN), i32x4.extend_low_i16x8_s(weight))
    const dhi = i32x4.add(v128.load(kept, KEPT_DEN + 16), i32x4.extend_high_i16x8_s(weight))
    let scores: v128
    if (wide) {
      const n0 = f64x2.add(v128.load(kept), low2(lo))
      const n1 = f64x2.add(v128.load(kept, 16), high2(lo))
      const n2 = f64x2.add(v128.load(kept, 32), low2(hi))
      const n3 = f64x2.add(v128.load(kept, 48), high2(hi))
      scores = finish(n0, n1, n2, n3, dlo, dhi, least, low, high)
    } else {
      const ab = mean4(i32x4.add(v128.load(kept), lo), dlo)
      const cd = mean4(i32x4.add(v128.load(kept, 16), hi), dhi)
      scores = settle(ab, cd, dlo, dhi, least, low, high)
    }
    const outside = v128.or(
      i16x8.lt_u(scores, v128.load(kept, KEPT_FIRST)),
      i16x8.gt_u(scores, v128.load(kept, KEPT_LAST)),
    )
    left += popcnt<u32>(i16x8.bitmask(outside))
    v128.store(out, scores)
    low += clamp
    high += clamp
  }
  return left
}

/** Customers per bin, of the listed rows. @param list offsets (u16) of rows */
export function countListed(list: usize, rows: u32, scores: usize, counts: usize): void {
  for (const end = list + ((<usize>rows) << 1); list < end; list += 2) {
    countOne(counts, binOf(scores, <usize>load<u16>(list)))
  }
}

function binOf(scores: usize, row: usize): u32 {
  return bin(load<u16>(scores + (row << 1)))
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

// Rows are counted four at a time: their scores, classes and tiers come in one load each, which saves a sixth.

function lane(four: u64, shift: u64): u32 {
  return (<u32>(four >> shift)) & 0xffff
}

function byte(four: u32, shift: u32): u32 {
  return (four >> shift) & 0xff
}

function bin(score: u32): u32 {
  return min<u32>(score, NOT_SCORED_BIN)
}

function countAmount(score: u32, group: u32, amount: f64, counts: usize, sums: usize): void {
  const index = bin(score) + group * STRIDE
  countOne(counts, index)
  add(sums, index, amount)
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
  const fours = (<usize>rows) & ~3
  for (let row: usize = 0; row < fours; row += 4) {
    const now = load<u64>(scores + (row << 1))
    const group = load<u32>(classes + row)
    const at = amounts + (row << 3)
    countAmount(lane(now, 0), byte(group, 0), load<f64>(at), counts, sums)
    countAmount(lane(now, 16), byte(group, 8), load<f64>(at, 8), counts, sums)
    countAmount(lane(now, 32), byte(group, 16), load<f64>(at, 16), counts, sums)
    countAmount(lane(now, 48), byte(group, 24), load<f64>(at, 24), counts, sums)
  }
  for (let row = fours; row < <usize>rows; row++) {
    const score = load<u16>(scores + (row << 1))
    countAmount(score, load<u8>(classes + row), load<f64>(amounts + (row << 3)), counts, sums)
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
  const fours = (<usize>rows) & ~3
  for (let row: usize = 0; row < fours; row += 4) {
    const now = load<u64>(scores + (row << 1))
    const group = load<u32>(classes + row)
    const tier = load<u32>(tiers + row)
    const at = amounts + (row << 3)
    countAmount(lane(now, 0), byte(group, 0), load<f64>(at), counts, sums)
    countOne(moves, bin(lane(now, 0)) + byte(tier, 0) * STRIDE)
    countAmount(lane(now, 16), byte(group, 8), load<f64>(at, 8), counts, sums)
    countOne(moves, bin(lane(now, 16)) + byte(tier, 8) * STRIDE)
    countAmount(lane(now, 32), byte(group, 16), load<f64>(at, 16), counts, sums)
    countOne(moves, bin(lane(now, 32)) + byte(tier, 16) * STRIDE)
    countAmount(lane(now, 48), byte(group, 24), load<f64>(at, 24), counts, sums)
    countOne(moves, bin(lane(now, 48)) + byte(tier, 24) * STRIDE)
  }
  for (let row = fours; row < <usize>rows; row++) {
    const score = load<u16>(scores + (row << 1))
    countAmount(score, load<u8>(classes + row), load<f64>(amounts + (row << 3)), counts, sums)
    countOne(moves, bin(score) + groupAt(tiers, row))
  }
}

/** Somebody whom only one of the two scores. */
function countOnly(
  row: usize,
  scores: usize,
  baseline: usize,
  classes: usize,
  onlyScores: usize,
  onlyBaseline: usize,
): void {
  const now = binOf(scores, row)
  const before = binOf(baseline, row)
  if ((now == NOT_SCORED_BIN) == (before == NOT_SCORED_BIN)) return
  const group = groupAt(classes, row)
  if (now == NOT_SCORED_BIN) countOne(onlyBaseline, before + group)
  else countOne(onlyScores, now + group)
}

/**
 * Against a baseline: customers per tier that it puts them in and bin that they are in now; and, per class and bin, those
 * whom only one of the two scores.
 * @param tiers the tier that the baseline puts each customer in, one byte a row
 */
export function countAgainst(
  rows: u32,
  scores: usize,
  classes: usize,
  baseline: usize,
  tiers: usize,
  moves: usize,
  onlyScores: usize,
  onlyBaseline: usize,
): void {
  count(rows, scores, tiers, moves)
  for (let row: usize = 0; row < <usize>rows; row++) countOnly(row, scores, baseline, classes, onlyScores, onlyBaseline)
}

/**
 * `countAmounts` and `countAgainst` in one pass.
 * @param tiers the tier that the baseline puts each customer in, one byte a row
 */
export function countAmountsAgainst(
  rows: u32,
  scores: usize,
  classes: usize,
  counts: usize,
  amounts: usize,
  sums: usize,
  baseline: usize,
  tiers: usize,
  moves: usize,
  onlyScores: usize,
  onlyBaseline: usize,
): void {
  countMoves(rows, scores, classes, counts, amounts, sums, tiers, moves)
  const eights = (<usize>rows) & ~7
  const notScored = i16x8.splat(-1)
  for (let row: usize = 0; row < eights; row += 8) {
    const now = i16x8.eq(v128.load(scores + (row << 1)), notScored)
    const before = i16x8.eq(v128.load(baseline + (row << 1)), notScored)
    // Nearly everybody is scored by both or by neither.
    if (!v128.any_true(v128.xor(now, before))) continue
    for (let each = row; each < row + 8; each++) countOnly(each, scores, baseline, classes, onlyScores, onlyBaseline)
  }
  for (let row = eights; row < <usize>rows; row++) countOnly(row, scores, baseline, classes, onlyScores, onlyBaseline)
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
  const fours = (<usize>rows) & ~3
  for (let row: usize = 0; row < fours; row += 4) {
    const now = load<u64>(scores + (row << 1))
    const before = load<u64>(baseline + (row << 1))
    const group = load<u32>(classes + row)
    placeOne(table, sums, lane(now, 0), lane(before, 0), byte(group, 0))
    placeOne(table, sums, lane(now, 16), lane(before, 16), byte(group, 8))
    placeOne(table, sums, lane(now, 32), lane(before, 32), byte(group, 16))
    placeOne(table, sums, lane(now, 48), lane(before, 48), byte(group, 24))
  }
  for (let row = fours; row < <usize>rows; row++) {
    const at = row << 1
    placeOne(table, sums, load<u16>(scores + at), load<u16>(baseline + at), load<u8>(classes + row))
  }
}

function placeOne(table: usize, sums: usize, score: u32, before: u32, index: u32): void {
  const group = index * STRIDE
  const placement = load<u32>(table + ((<usize>(bin(before) + group)) << 2))
  add(sums, bin(score) + group, <f64>placement)
}

/** The tier of every customer. @param table one byte per bin */
export function tiersOf(rows: u32, scores: usize, table: usize, out: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    store<u8>(out + row, load<u8>(table + <usize>binOf(scores, row)))
  }
}
