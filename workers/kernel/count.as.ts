// AssemblyScript: see score.as.ts.

/** Bins per class of a histogram: one per hundredth of a score, and a last one for whoever is not scored. */
const STRIDE: u32 = 10002
const NOT_SCORED_BIN: u32 = 10001

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

/** Rows, eight at a time, whose points add up in 32 bits. */
const ADDED_AT_ONCE: usize = 8 * 16384

function addUp(lanes: v128): u32 {
  const halves = i32x4.add(lanes, i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  return i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1)
}

/**
 * The sum of the points of those who have them.
 * @param rows with the padding, which has none
 * @param customers where to put how many have them
 */
export function sumPoints(rows: u32, points: usize, customers: usize): f64 {
  const missing = i16x8.splat(-1)
  let sum: u64 = 0
  let having: u32 = rows
  for (const end = points + ((<usize>rows) << 1); points < end;) {
    let sums = i32x4.splat(0)
    let gaps = i32x4.splat(0)
    for (const stop = min<usize>(end, points + 2 * ADDED_AT_ONCE); points < stop; points += 16) {
      const eight = v128.load(points)
      const gap = i16x8.eq(eight, missing)
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(v128.andnot(eight, gap)))
      gaps = i32x4.sub(gaps, i32x4.extadd_pairwise_i16x8_s(gap))
    }
    sum += addUp(sums)
    having -= addUp(gaps)
  }
  store<u32>(customers, having)
  return <f64>sum
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
function countMoves(
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

/**
 * Customers in another tier than `tiersOf` has found them in.
 * @param steps scores (u16) from which another tier starts, rising, each with how many tiers higher that is (u16)
 * @param lowest the tier below all steps; @param none that of whoever is not scored
 */
export function countChanged(
  rows: u32,
  scores: usize,
  tiers: usize,
  steps: usize,
  count: u32,
  lowest: u32,
  none: u32,
): u32 {
  const last = steps + ((<usize>count) << 2)
  const lowests = i16x8.splat(<i16>lowest)
  const nones = i16x8.splat(<i16>none)
  const sixteens = (<usize>rows) & ~15
  let same: u32 = 0
  for (let row: usize = 0; row < sixteens; row += 16) {
    const a = v128.load(scores + (row << 1))
    const b = v128.load(scores + (row << 1), 16)
    let now = lowests
    let now2 = lowests
    for (let step = steps; step < last; step += 4) {
      const from = v128.load16_splat(step)
      const higher = v128.load16_splat(step, 2)
      now = i16x8.add(now, v128.and(i16x8.ge_u(a, from), higher))
      now2 = i16x8.add(now2, v128.and(i16x8.ge_u(b, from), higher))
    }
    const missing = i16x8.splat(-1)
    now = v128.bitselect(nones, now, i16x8.eq(a, missing))
    now2 = v128.bitselect(nones, now2, i16x8.eq(b, missing))
    const stayed = i8x16.eq(i8x16.narrow_i16x8_u(now, now2), v128.load(tiers + row))
    same += popcnt<u32>(i8x16.bitmask(stayed))
  }
  for (let row = sixteens; row < <usize>rows; row++) {
    const score = <u32>load<u16>(scores + (row << 1))
    let now = score == 65535 ? none : lowest
    for (let step = steps; step < last; step += 4) {
      if (score != 65535 && score >= <u32>load<u16>(step)) now += <u32>load<u16>(step, 2)
    }
    same += u32(now == <u32>load<u8>(tiers + row))
  }
  return rows - same
}
