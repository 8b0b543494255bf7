// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// What this does is what reference-reweigher.ts does, to the last bit. Rows go eight at a time: num is eight i32, or eight
// float64 where the weights sum to more than i32 have room for, which is called wide; den is eight i32.

import { rescored } from './mean.as'

/** Bytes of num, den and a tier's margins of eight rows, and where its first and last score are behind the margins. */
const NARROW: usize = 32
const WIDE: usize = 64
const DEN: usize = 32
const MARGINS: usize = 96
const UPPER: usize = 32
const FIRST: usize = 64
const LAST: usize = 80

/** The highest score, and the bin of whoever is not scored. */
const TOP: i16 = 10000
const NOT_SCORED_BIN: i16 = 10001

/** A margin that no change of a weight uses up. */
const NEVER: i32 = 1_000_000_000

/**
 * Keeps how far each row is from leaving its tier. The mean rounds half up, so a score is at least f where 2·num + den −
 * 2·f·den is not under 0: that is the lower margin of a tier that starts at f, and grows by change·(2·points + 1 − 2·f)
 * with a metric's weight. The upper one is that of the next tier, under 0. Wide, only the scores are kept that the tier
 * lies between.
 * @param scores of the rows, as `score` gave them with these sums
 * @param tiers scores (u16) from which a tier starts, rising; the last one's are NOT_SCORED_BIN, as if not being scored
 * were the highest tier
 */
export function keepTiers(
  rows: u32,
  scores: usize,
  nums: usize,
  dens: usize,
  wide: bool,
  minDen: i32,
  low: usize,
  high: usize,
  tiers: usize,
  count: u32,
  margins: usize,
): void {
  const zero = i16x8.splat(0)
  const one = i16x8.splat(1)
  const least = i32x4.splat(minDen)
  const size = wide ? WIDE : NARROW
  const clamp: usize = low == 0 ? 0 : 16
  for (const end = dens + ((<usize>rows) << 2); dens < end; dens += DEN, nums += size, margins += MARGINS) {
    const now = v128.load(scores)
    let first = zero
    let last = i16x8.splat(-1)
    for (let tier = tiers; tier < tiers + ((<usize>count) << 1); tier += 2) {
      const from = v128.load16_splat(tier)
      const reached = i16x8.ge_u(now, from)
      first = i16x8.max_u(first, v128.and(reached, from))
      last = i16x8.min_u(last, v128.or(reached, i16x8.sub(from, one)))
    }
    if (!wide) {
      last = i16x8.min_u(last, i16x8.splat(TOP))
      if (low != 0) {
        // Where the clamp holds a score in its tier the mean may be anything.
        first = v128.andnot(first, i16x8.ge_u(v128.load(low), first))
        last = v128.or(v128.and(last, i16x8.gt_u(v128.load(high), last)), v128.and(i16x8.splat(TOP), i16x8.le_u(v128.load(high), last))) // prettier-ignore
      }
      keepMargins(nums, dens, least, i32x4.extend_low_i16x8_u(first), i32x4.extend_low_i16x8_u(last), margins)
      keepMargins(nums + 16, dens + 16, least, i32x4.extend_high_i16x8_u(first), i32x4.extend_high_i16x8_u(last), margins + 16) // prettier-ignore
    }
    v128.store(margins, first, FIRST)
    v128.store(margins, last, LAST)
    scores += 16
    low += clamp
    high += clamp
  }
}

function keepMargins(num: usize, den: usize, least: v128, first: v128, last: v128, margins: usize): void {
  const one = i32x4.splat(1)
  const twice = i32x4.shl(v128.load(num), 1)
  const own = v128.load(den)
  const lower = i32x4.add(twice, i32x4.mul(own, i32x4.sub(one, i32x4.shl(first, 1))))
  const upper = i32x4.sub(twice, i32x4.mul(own, i32x4.add(one, i32x4.shl(last, 1))))
  const without = i32x4.lt_s(own, least)
  v128.store(margins, v128.bitselect(i32x4.splat(NEVER), lower, without))
  v128.store(margins, v128.bitselect(i32x4.splat(-NEVER), upper, without), UPPER)
}

/**
 * How many rows leave the tier that `keepTiers` found them in when a metric weighs something else.
 * @param points the metric's at the first of the rows
 * @param change what the weight becomes more; @param before least den to be scored, and @param after with the other weight
 */
export function leaving(
  rows: u32,
  dens: usize,
  margins: usize,
  points: usize,
  change: i32,
  before: i32,
  after: i32,
): u32 {
  const missing = i16x8.splat(-1)
  const one = i16x8.splat(1)
  const changes = i16x8.splat(<i16>change)
  const least = i32x4.splat(before)
  const least2 = i32x4.splat(after)
  let left: u32 = 0
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, dens += DEN, margins += MARGINS) {
    const own = v128.load(points)
    const more = v128.andnot(changes, i16x8.eq(own, missing))
    const steps = i16x8.shl(i16x8.sub(own, v128.load(margins, FIRST)), 1)
    const toFirst = i16x8.add(steps, one)
    const toLast = i16x8.sub(i16x8.shl(i16x8.sub(own, v128.load(margins, LAST)), 1), one)
    const lower = i32x4.add(v128.load(margins), i32x4.extmul_low_i16x8_s(more, toFirst))
    const lower2 = i32x4.add(v128.load(margins, 16), i32x4.extmul_high_i16x8_s(more, toFirst))
    const upper = i32x4.add(v128.load(margins, UPPER), i32x4.extmul_low_i16x8_s(more, toLast))
    const upper2 = i32x4.add(v128.load(margins, UPPER + 16), i32x4.extmul_high_i16x8_s(more, toLast))
    const den = v128.load(dens)
    const den2 = v128.load(dens, 16)
    const now = i32x4.sub(i32x4.add(den, i32x4.extend_low_i16x8_s(more)), least2)
    const now2 = i32x4.sub(i32x4.add(den2, i32x4.extend_high_i16x8_s(more)), least2)
    // Only signs matter: outside a margin, or scored and not scored.
    const out = v128.or(v128.or(lower, v128.not(upper)), v128.xor(i32x4.sub(den, least), now))
    const out2 = v128.or(v128.or(lower2, v128.not(upper2)), v128.xor(i32x4.sub(den2, least), now2))
    left += popcnt<u32>(i32x4.bitmask(out) | (i32x4.bitmask(out2) << 4))
  }
  return left
}

/** The same of wide sums. */
export function leavingWide(
  rows: u32,
  nums: usize,
  dens: usize,
  margins: usize,
  points: usize,
  change: i32,
  after: i32,
  low: usize,
  high: usize,
): u32 {
  const more = i16x8.splat(<i16>change)
  const least = i32x4.splat(after)
  const clamp: usize = low == 0 ? 0 : 16
  let left: u32 = 0
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, dens += DEN, nums += WIDE) {
    const now = rescored(nums, dens, v128.load(points), more, true, least, low, high)
    const out = v128.or(i16x8.lt_u(now, v128.load(margins, FIRST)), i16x8.gt_u(now, v128.load(margins, LAST)))
    left += popcnt<u32>(i16x8.bitmask(out))
    margins += MARGINS
    low += clamp
    high += clamp
  }
  return left
}

/** Copies num and den of listed rows. @param list rows (u32); @param first the row that nums and dens start with */
export function gatherSums(
  list: usize,
  count: u32,
  first: u32,
  nums: usize,
  dens: usize,
  wide: bool,
  toNums: usize,
  toDens: usize,
): void {
  for (const end = list + ((<usize>count) << 2); list < end; list += 4, toDens += 4) {
    const row = <usize>(load<u32>(list) - first)
    store<i32>(toDens, load<i32>(dens + (row << 2)))
    if (wide) {
      store<f64>(toNums, load<f64>(nums + (row << 3)))
      toNums += 8
    } else {
      store<i32>(toNums, load<i32>(nums + (row << 2)))
      toNums += 4
    }
  }
}

/** Copies values (u16) of listed rows. */
export function gather(list: usize, count: u32, values: usize, to: usize): void {
  for (const end = list + ((<usize>count) << 2); list < end; list += 4, to += 2) {
    store<u16>(to, load<u16>(values + ((<usize>load<u32>(list)) << 1)))
  }
}

function countOne(counts: usize, score: u32): void {
  const at = counts + ((<usize>score) << 2)
  store<u32>(at, load<u32>(at) + 1)
}

/** Customers per score and, last, not scored, with another weight; parameters as `leavingWide` has them. */
export function count(
  rows: u32,
  nums: usize,
  dens: usize,
  wide: bool,
  points: usize,
  change: i32,
  minDen: i32,
  low: usize,
  high: usize,
  counts: usize,
): void {
  const more = i16x8.splat(<i16>change)
  const least = i32x4.splat(minDen)
  const none = i16x8.splat(NOT_SCORED_BIN)
  const size = wide ? WIDE : NARROW
  const clamp: usize = low == 0 ? 0 : 16
  for (const end = points + ((<usize>rows) << 1); points < end; points += 16, dens += DEN, nums += size) {
    const now = i16x8.min_u(rescored(nums, dens, v128.load(points), more, wide, least, low, high), none)
    const a = i64x2.extract_lane(now, 0)
    const b = i64x2.extract_lane(now, 1)
    countOne(counts, (<u32>a) & 0xffff)
    countOne(counts, (<u32>a) >>> 16)
    countOne(counts, (<u32>(a >>> 32)) & 0xffff)
    countOne(counts, <u32>((<u64>a) >>> 48))
    countOne(counts, (<u32>b) & 0xffff)
    countOne(counts, (<u32>b) >>> 16)
    countOne(counts, (<u32>(b >>> 32)) & 0xffff)
    countOne(counts, <u32>((<u64>b) >>> 48))
    low += clamp
    high += clamp
  }
}
