import { RandomStream } from '../random'
import type { CustomerRows } from './customer-rows'
import { byHash } from './hash-order'
import type { Interval } from './wilson'

interface RateRows {
  readonly customers: CustomerRows
  /** Per row 1 event, 0 non-event. */
  readonly outcome: Uint8Array
  /** Per row its group, 0…groups − 1; any other is in none. */
  readonly group: Uint8Array
  readonly groups: number
  /** h(seed, id) per row. */
  readonly hashes: Uint32Array
  readonly seed: number
}

const DRAWS = 2000
const DRAWS_AT_ONCE = 20
const MOST_CUSTOMERS = 20_000
/** Least share of draws in which a group must hold somebody to have an interval. */
const LEAST_SHARE = 0.95

/**
 * The 95% interval of each group's event rate where customers repeat: customers are drawn anew with all their rows, as many
 * as there are (percentile bootstrap, backtest.md). Above 20,000 customers it draws the 20,000 of lowest hash and narrows what
 * it finds by √(20,000/n), about the rate of all. Depends on the seed and the customers, not on the order of the rows, but
 * for customers whose hashes are the same. Undefined for a group that hardly any draw holds. Yields the share done, 0…1.
 */
export function* drawnRates(rows: RateRows): Generator<number, (Interval | undefined)[]> {
  const { groups, seed } = rows
  const all = tallied(rows)
  const judged = all.order.length
  const order = all.order.subarray(0, MOST_CUSTOMERS)
  const [shrink, own, whole] = [
    Math.sqrt(order.length / Math.max(1, judged)),
    totals(all, order),
    totals(all, all.order),
  ]
  const found = Array.from({ length: groups }, () => new Float64Array(DRAWS))
  const random = new RandomStream(seed, order.length)
  const drawn = new Uint32Array(order.length)
  for (let draw = 0; draw < DRAWS; draw++) {
    if (draw % DRAWS_AT_ONCE === 0) yield draw / DRAWS
    for (let i = 0; i < drawn.length; i++) drawn[i] = order[random.whole(drawn.length)]!
    const rates = totals(all, drawn)
    for (let group = 0; group < groups; group++)
      found[group]![draw] = whole[group]! + shrink * (rates[group]! - own[group]!)
  }
  return found.map(middle)
}

interface Tallies {
  /** Per customer and group, rows and events among them: (customer × groups + group) × 2, and the next. */
  readonly counts: Uint32Array
  readonly groups: number
  /** Customers by hash. */
  readonly order: Uint32Array
}

function tallied({ customers: { rows, starts }, outcome, group, groups, hashes }: RateRows): Tallies {
  const customers = starts.length - 1
  const counts = new Uint32Array(2 * customers * groups)
  const own = new Uint32Array(customers)
  for (let customer = 0; customer < customers; customer++) {
    own[customer] = hashes[rows[starts[customer]!]!]!
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const row = rows[i]!
      if (group[row]! >= groups) continue
      const at = 2 * (customer * groups + group[row]!)
      counts[at]!++
      counts[at + 1]! += outcome[row]!
    }
  }
  return { counts, groups, order: byHash(own) }
}

/** Each group's event rate among customers; NaN where it holds nobody. */
function totals({ counts, groups }: Tallies, customers: Uint32Array): Float64Array {
  const sums = new Float64Array(2 * groups)
  const width = 2 * groups
  for (let i = 0; i < customers.length; i++) {
    const start = customers[i]! * width
    for (let at = 0; at < width; at++) sums[at]! += counts[start + at]!
  }
  return Float64Array.from({ length: groups }, (_, group) => sums[2 * group + 1]! / sums[2 * group]!)
}

function middle(rates: Float64Array): Interval | undefined {
  const values = rates.filter((rate) => !Number.isNaN(rate)).sort()
  if (values.length === 0 || values.length < LEAST_SHARE * rates.length) return undefined
  const last = values.length - 1
  const [low, high] = [values[Math.floor(0.025 * last)]!, values[Math.ceil(0.975 * last)]!]
  return { low: Math.max(0, low), high: Math.min(1, high) }
}
