// AssemblyScript, not TypeScript: compiled to WebAssembly by build.mjs. Addresses are bytes in the one imported memory.
// What this does is what drawing.ts and resampled-figures.ts in src/core/backtest do, to the last bit: float64 are added
// up in the same order, whole numbers in any. Four draws are made at a time, each a lane of 32 bits; their figures are
// worked out for two at a time, each a lane of 64.

/** What the state of a random stream grows by at each number; see RandomStream. */
const STEP: u32 = 0x6d2b79f5

/** Bytes, for four draws, of a customer's times (u16), of a total (u32) and of a sum of revenue (float64). */
const TIMES: usize = 8
const TOTAL: usize = 16
const SUM: usize = 32

/**
 * Bytes of a place, which is a bin that is held: the total before it, and that up to its last non-event. The total up to
 * its last event is where the next place starts, and behind the last one.
 */
const PLACE: usize = 2 * TOTAL

/** Bytes of a draw's figures, and where each is. */
const FIGURES: usize = 64
const AVERAGE_PRECISION: usize = 0
const KS: usize = 8
const TOP_DECILE_LIFT: usize = 16
const RECALL: usize = 24
const PRECISION: usize = 32
const BRIER: usize = 40
const NET_VALUE: usize = 48
const BEST_CUT: usize = 56

/** Of four states, what RandomStream.next divides by 2³². */
function mixed(state: v128): v128 {
  let t = i32x4.mul(v128.xor(state, i32x4.shr_u(state, 15)), v128.or(state, i32x4.splat(1)))
  t = v128.xor(t, i32x4.add(t, i32x4.mul(v128.xor(t, i32x4.shr_u(t, 7)), v128.or(t, i32x4.splat(61)))))
  return v128.xor(t, i32x4.shr_u(t, 14))
}

/** RandomStream.whole of four states, twice each: the upper halves of 64-bit products. */
function wholes(state: v128, below: v128): v128 {
  const numbers = mixed(state)
  const low = i64x2.extmul_low_i32x4_u(numbers, below)
  const high = i64x2.extmul_high_i32x4_u(numbers, below)
  return i32x4.shl(v128.shuffle<i32>(low, high, 1, 3, 5, 7), 1)
}

function drawOne(times: usize): void {
  store<u16>(times, load<u16>(times) + 1)
}

/** How often each customer is in a draw. @param state of the random stream before it */
function drawTimes(state: u32, customers: u32, times: usize): void {
  const below = i32x4.splat(customers)
  const four = i32x4.splat(4 * STEP)
  let states = i32x4.add(i32x4.splat(state), i32x4.mul(i32x4(1, 2, 3, 4), i32x4.splat(STEP)))
  const fours = customers & ~3
  for (let drawn: u32 = 0; drawn < fours; drawn += 4) {
    const who = wholes(states, below)
    states = i32x4.add(states, four)
    const two = i64x2.extract_lane(who, 0)
    const more = i64x2.extract_lane(who, 1)
    drawOne(times + (two as u32))
    drawOne(times + ((two >>> 32) as u32))
    drawOne(times + (more as u32))
    drawOne(times + ((more >>> 32) as u32))
  }
  const who = wholes(states, below)
  if (customers > fours) drawOne(times + (i32x4.extract_lane(who, 0) as u32))
  if (customers > fours + 1) drawOne(times + (i32x4.extract_lane(who, 1) as u32))
  if (customers > fours + 2) drawOne(times + (i32x4.extract_lane(who, 2) as u32))
}

/**
 * Draws four times as many customers as there are, with replacement.
 * @param state of the random stream before the first
 * @param room for four times `stride` bytes; @param stride 2 bytes a customer and at least one more, a multiple of 16
 * @param times where it goes how often each customer is in each draw; whoever comes after the last customer is in none
 */
export function draw(state: u32, customers: u32, room: usize, stride: usize, times: usize): void {
  memory.fill(room, 0, 4 * stride)
  for (let each: u32 = 0; each < 4; each++) {
    drawTimes(state + each * customers * STEP, customers, room + each * stride)
  }
  for (let at = room; at < room + stride; at += 16, times += 64) {
    const a = v128.load(at)
    const b = v128.load(at + stride)
    const c = v128.load(at + 2 * stride)
    const d = v128.load(at + 3 * stride)
    const ab = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
    const cd = v128.shuffle<i16>(c, d, 0, 8, 1, 9, 2, 10, 3, 11)
    v128.store(times, v128.shuffle<i32>(ab, cd, 0, 4, 1, 5))
    v128.store(times, v128.shuffle<i32>(ab, cd, 2, 6, 3, 7), 16)
    const ab2 = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
    const cd2 = v128.shuffle<i16>(c, d, 4, 12, 5, 13, 6, 14, 7, 15)
    v128.store(times, v128.shuffle<i32>(ab2, cd2, 0, 4, 1, 5), 32)
    v128.store(times, v128.shuffle<i32>(ab2, cd2, 2, 6, 3, 7), 48)
  }
}

/**
 * Keeps in a quarter of the room how often each customer is in four draws: four bits each.
 * @param times what `draw` has written up to `end`, a multiple of 64 bytes
 * @returns whether nobody is in a draw more than 15 times; else what was kept is nothing
 */
export function keep(times: usize, end: usize, kept: usize): bool {
  let all = i16x8.splat(0)
  for (; times < end; times += 64, kept += 16) {
    const a = v128.load(times)
    const b = v128.load(times, 16)
    const c = v128.load(times, 32)
    const d = v128.load(times, 48)
    all = v128.or(all, v128.or(v128.or(a, b), v128.or(c, d)))
    v128.store(kept, v128.or(v128.or(a, i16x8.shl(b, 4)), v128.or(i16x8.shl(c, 8), i16x8.shl(d, 12))))
  }
  return !v128.any_true(i16x8.shr_u(all, 4))
}

/** Writes the times that `keep` has kept. */
export function recall(kept: usize, times: usize, end: usize): void {
  const four = i16x8.splat(15)
  for (; times < end; times += 64, kept += 16) {
    const all = v128.load(kept)
    v128.store(times, v128.and(all, four))
    v128.store(times, v128.and(i16x8.shr_u(all, 4), four), 16)
    v128.store(times, v128.and(i16x8.shr_u(all, 8), four), 32)
    v128.store(times, i16x8.shr_u(all, 12), 48)
  }
}

/** How often a customer is in each of the draws, in 32 bits. */
function timesOf(times: usize): v128 {
  return i32x4.extend_low_i16x8_u(v128.load64_zero(times))
}

/**
 * Adds up the rows that are drawn, place by place.
 * @param rows whose row each is (u32): where the customer's times start, and 1 more for the last row of a cell, which is
 * the non-events or the events of a place; every cell has at least one
 * @param totals where the total after each cell goes, behind TOTAL bytes that are 0
 */
export function addUp(rows: usize, count: u32, times: usize, totals: usize): void {
  let total = i32x4.splat(0)
  let at = totals + TOTAL
  for (const end = rows + ((count as usize) << 2); rows < end; rows += 4) {
    const row = load<u32>(rows)
    total = i32x4.add(total, timesOf(times + (row & ~7)))
    v128.store(at, total)
    at += (row & 1) << 4
  }
}

function low2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(lanes)
}

function high2(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(lanes, lanes, 2, 3, 2, 3))
}

/**
 * Adds up the revenue of the events per place.
 * @param rows per event where its customer's times start and where its place's sums start (u32), and its revenue (float64)
 */
export function addRevenue(rows: usize, count: u32, times: usize, sums: usize, places: u32): void {
  memory.fill(sums, 0, (places as usize) * SUM)
  for (const end = rows + ((count as usize) << 4); rows < end; rows += 16) {
    const often = timesOf(times + load<u32>(rows))
    const at = sums + load<u32>(rows, 4)
    const revenue = v128.load64_splat(rows, 8)
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(low2(often), revenue)))
    v128.store(at, f64x2.add(v128.load(at, 16), f64x2.mul(high2(often), revenue)), 16)
  }
}

/** A total of two draws. */
function two(total: usize): v128 {
  return v128.load64_zero(total)
}

/** Events of a place. */
function eventsAt(place: usize): v128 {
  return i32x4.sub(two(place + PLACE), two(place + TOTAL))
}

/** Events of some places, in four draws. */
function eventsOf(totals: usize, held: usize, end: usize): v128 {
  let events = i32x4.splat(0)
  for (; held < end; held += 4) {
    const place = totals + load<u32>(held)
    events = i32x4.add(events, i32x4.sub(v128.load(place + PLACE), v128.load(place + TOTAL)))
  }
  return events
}

function put(out: usize, values: v128): void {
  store<f64>(out, f64x2.extract_lane(values, 0))
  store<f64>(out, f64x2.extract_lane(values, 1), FIGURES)
}

/**
 * The figures of the ranking, and those at the cut: places without events change none.
 * @param held where the totals of each place that holds events start (u32), counted from `totals`
 * @param flagged places that the cut flags; @param caught how many of them hold events
 * @param out FIGURES bytes a draw
 */
export function rank(totals: usize, places: u32, held: usize, count: u32, flagged: u32, caught: u32, out: usize): void {
  const cut = held + ((caught as usize) << 2)
  const end = held + ((count as usize) << 2)
  const atCut = eventsOf(totals, held, cut)
  const events = i32x4.add(atCut, eventsOf(totals, cut, end))
  const all = v128.load(totals + (places as usize) * PLACE)
  const flaggedAtCut = v128.load(totals + (flagged as usize) * PLACE)
  const next = out + 2 * FIGURES
  rankTwo(totals, held, end, low2(events), low2(all), out)
  rankTwo(totals + 8, held, end, high2(events), high2(all), next)
  put(out + RECALL, f64x2.div(low2(atCut), low2(events)))
  put(next + RECALL, f64x2.div(high2(atCut), high2(events)))
  put(out + PRECISION, f64x2.div(low2(atCut), low2(flaggedAtCut)))
  put(next + PRECISION, f64x2.div(high2(atCut), high2(flaggedAtCut)))
}

/** A figure is 0 / 0 where there are no events, or no non-events. */
function rankTwo(totals: usize, held: usize, end: usize, n1: v128, n: v128, out: usize): void {
  const n0 = f64x2.sub(n, n1)
  const zero = f64x2.splat(0)
  const one = f64x2.splat(1)
  const ten = f64x2.splat(10)
  const tenth = f64x2.div(n, ten)
  let caught = zero
  let precision = zero
  let ks = zero
  let inTenth = zero
  let within = true
  for (let at = held; at < end; at += 4) {
    const place = totals + load<u32>(at)
    const events = low2(eventsAt(place))
    const flagged = low2(two(place + PLACE))
    if (within) {
      const before = low2(two(place))
      const left = f64x2.sub(tenth, before)
      const some = f64x2.gt(left, zero)
      const share = f64x2.pmin(one, f64x2.div(left, f64x2.sub(flagged, before)))
      inTenth = f64x2.add(inTenth, v128.and(some, f64x2.mul(events, share)))
      within = v128.any_true(some)
    }
    caught = f64x2.add(caught, events)
    // As long as nobody is flagged nobody is caught: the 1 is never seen.
    precision = f64x2.add(precision, f64x2.mul(events, f64x2.div(caught, f64x2.pmax(flagged, one))))
    ks = f64x2.pmax(ks, f64x2.sub(f64x2.mul(caught, n0), f64x2.mul(f64x2.sub(flagged, caught), n1)))
  }
  put(out + AVERAGE_PRECISION, f64x2.div(precision, n1))
  put(out + KS, f64x2.div(ks, f64x2.mul(n1, n0)))
  put(out + TOP_DECILE_LIFT, f64x2.div(inTenth, f64x2.div(n1, ten)))
}

/** The Brier score. @param chances of the event per place (float64) */
export function brier(totals: usize, places: u32, chances: usize, out: usize): void {
  brierTwo(totals, places, chances, out)
  brierTwo(totals + 8, places, chances, out + 2 * FIGURES)
}

function brierTwo(totals: usize, places: u32, chances: usize, out: usize): void {
  const one = f64x2.splat(1)
  const end = totals + (places as usize) * PLACE
  let sum = f64x2.splat(0)
  let before = two(totals)
  for (let at = totals; at < end; at += PLACE, chances += 8) {
    const up = two(at + TOTAL)
    const after = two(at + PLACE)
    const p = v128.load64_splat(chances)
    const q = f64x2.sub(one, p)
    const stayed = f64x2.mul(f64x2.mul(low2(i32x4.sub(up, before)), p), p)
    const left = f64x2.mul(f64x2.mul(low2(i32x4.sub(after, up)), q), q)
    sum = f64x2.add(sum, f64x2.add(stayed, left))
    before = after
  }
  put(out + BRIER, f64x2.div(sum, low2(before)))
}

/**
 * The net value at the cut per 1,000 customers, and the best cut.
 * @param each what a unit of worth brings; @param cost of each who is flagged
 * @param sums of revenue per place, which are the worth; 0 where each event is worth 1
 * @param cuts bins that are flagged up to each place (float64)
 * @param flagged places that the cut flags
 */
export function netValues(
  totals: usize,
  places: u32,
  each: f64,
  cost: f64,
  sums: usize,
  cuts: usize,
  flagged: u32,
  out: usize,
): void {
  netValuesTwo(totals, places, each, cost, sums, cuts, flagged, out)
  netValuesTwo(totals + 8, places, each, cost, sums == 0 ? 0 : sums + 16, cuts, flagged, out + 2 * FIGURES)
}

function netValuesTwo(
  totals: usize,
  places: u32,
  each: f64,
  cost: f64,
  sums: usize,
  cuts: usize,
  flagged: u32,
  out: usize,
): void {
  const eaches = f64x2.splat(each)
  const costs = f64x2.splat(cost)
  const cut = totals + (flagged as usize) * PLACE
  const end = totals + (places as usize) * PLACE
  let worth = f64x2.splat(0)
  let atCut = f64x2.splat(0)
  let best = f64x2.splat(0)
  let bestCut = f64x2.splat(0)
  for (let at = totals; at < end; at += PLACE, cuts += 8) {
    if (sums == 0) worth = f64x2.add(worth, low2(i32x4.sub(two(at + PLACE), two(at + TOTAL))))
    else {
      worth = f64x2.add(worth, v128.load(sums))
      sums += SUM
    }
    const net = f64x2.sub(f64x2.mul(eaches, worth), f64x2.mul(costs, low2(two(at + PLACE))))
    if (at < cut) atCut = net
    bestCut = v128.bitselect(v128.load64_splat(cuts), bestCut, f64x2.gt(net, best))
    best = f64x2.pmax(best, net)
  }
  put(out + NET_VALUE, f64x2.div(f64x2.mul(f64x2.splat(1000), atCut), low2(two(end))))
  put(out + BEST_CUT, bestCut)
}
