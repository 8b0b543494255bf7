import { byHash } from './hash-order'
import { totals, type OutcomeHistogram } from './outcome-histogram'

/** The judged rows of one part, by one model or by two. */
export interface BootstrapRows {
  /** Bin by model A, 0 the riskiest; `bins` or more where it does not score. */
  readonly a: ArrayLike<number>
  /** By model B; absent for one model alone. */
  readonly b?: ArrayLike<number>
  readonly bins: number
  /** 1 event, 0 non-event; other rows are passed over. */
  readonly outcome: ArrayLike<number>
  /** Revenue in hundredths; absent without a revenue column. */
  readonly revenue?: ArrayLike<number>
  /** Whose row it is, 0…; absent where no customer repeats. Customers are drawn with all their rows. */
  readonly customer?: ArrayLike<number>
  /** h(seed, id) per row. */
  readonly hashes: Uint32Array
  /** Rows beside which none has an outcome of 0 or 1; absent where all rows are to be looked at. */
  readonly among?: AmongRows
  /** The judged rows per bin of A, and of B; absent where they are to be counted. */
  readonly counted?: CountedRows
}

interface CountedRows {
  readonly a: OutcomeHistogram
  readonly b?: OutcomeHistogram
}

/** Rows rising, and the same by rising hash. */
interface AmongRows {
  readonly rows: Uint32Array
  readonly byHash: Uint32Array
}

/** Rows of customers, one customer after the other. */
interface CustomerRows {
  readonly rows: Uint32Array
  /** Where those of each customer start, and where the last ends. */
  readonly starts: Uint32Array
}

/** Whom the bootstrap is about. */
interface DrawnCustomers {
  /** Whose rows are judged. */
  readonly customers: number
  /** The customers that are drawn from, and the rows of each, in an order that their values alone decide: equal ones are interchangeable. */
  readonly drawnFrom: CustomerRows
  /** Those rows by themselves, in that order. */
  readonly sample: BootstrapRows
}

const MOST_CUSTOMERS = 20_000

/** The judged customers, and those of them that are drawn from: the 20,000 of lowest hash where there are more. */
export function drawnCustomers(rows: BootstrapRows): DrawnCustomers {
  const known = rows.counted && !rows.customer ? totals(rows.counted.a).customers : 0
  if (known > MOST_CUSTOMERS) return { customers: known, ...inOrder(rows, lowestCustomers(rows)) }
  const judged = judgedRows(rows)
  const customers = rows.customer ? different(rows.customer, judged, 0, judged.length) : judged.length
  return { customers, ...inOrder(rows, customers > MOST_CUSTOMERS ? lowestCustomers(rows) : judged) }
}

/** The rows that are judged. */
export function judgedRows({ a, b, bins, outcome, among }: BootstrapRows): Uint32Array {
  const rows = among ? among.rows.slice() : everyRow(a.length)
  let judged = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    rows[judged] = row
    judged += Number(outcome[row]! <= 1 && a[row]! < bins && (!b || b[row]! < bins))
  }
  return rows.subarray(0, judged)
}

function isJudged({ a, b, bins, outcome }: BootstrapRows, row: number): boolean {
  return outcome[row]! <= 1 && a[row]! < bins && (!b || b[row]! < bins)
}

/** How many customers the rows from one place to another are of. */
function different(customer: ArrayLike<number>, rows: Uint32Array, from: number, to: number): number {
  if (to - from === 1) return 1
  const seen = new Set<number>()
  for (let i = from; i < to; i++) seen.add(customer[rows[i]!]!)
  return seen.size
}

/** The rows of the 20,000 customers of lowest hash; of fewer where customers of one hash would be parted, but at least of one hash. */
function lowestCustomers(given: BootstrapRows): Uint32Array {
  const { hashes, customer, among } = given
  const order = among?.byHash ?? byHash(hashes)
  const rows = new Uint32Array(order.length)
  let [customers, end] = [0, 0]
  for (let i = 0; i < order.length;) {
    const hash = hashes[order[i]!]!
    let next = end
    for (; i < order.length && hashes[order[i]!] === hash; i++) if (isJudged(given, order[i]!)) rows[next++] = order[i]!
    if (next === end) continue
    customers += customer ? different(customer, rows, end, next) : next - end
    if (customers > MOST_CUSTOMERS && end > 0) break
    end = next
  }
  return rows.subarray(0, end)
}

/**
 * Customers, and the rows of each, by bin of A, bin of B, outcome and revenue. What is looked at time and again is gathered
 * first: the rows lie far apart among a million.
 */
function inOrder(given: BootstrapRows, sampled: Uint32Array): Pick<DrawnCustomers, 'drawnFrom' | 'sample'> {
  const own = gathered(given, sampled)
  const rows = sorted(own, everyRow(sampled.length))
  const { rows: order, starts } = own.customer
    ? byCustomer(rows, ranks(own, rows), own.customer)
    : { rows, starts: everyRow(rows.length + 1) }
  return { drawnFrom: { rows: order.map((at) => sampled[at]!), starts }, sample: gathered(own, order) }
}

/** Rows by themselves. */
function gathered({ a, b, bins, outcome, revenue, customer, hashes }: BootstrapRows, rows: Uint32Array): BootstrapRows {
  const values = <To extends Uint8Array | Uint32Array | Float64Array>(of: ArrayLike<number>, to: To): To => {
    for (let i = 0; i < rows.length; i++) to[i] = of[rows[i]!]!
    return to
  }
  const whole = (of: ArrayLike<number>): Uint32Array => values(of, new Uint32Array(rows.length))
  return {
    ...{ a: whole(a), bins, outcome: values(outcome, new Uint8Array(rows.length)), hashes: whole(hashes) },
    ...(b && { b: whole(b) }),
    ...(revenue && { revenue: values(revenue, new Float64Array(rows.length)) }),
    ...(customer && { customer: whole(customer) }),
  }
}

function sorted({ a, b, bins, outcome, revenue }: BootstrapRows, unsorted: Uint32Array): Uint32Array {
  let rows = countingSort(unsorted, outcome, 2)
  if (b) rows = countingSort(rows, b, bins)
  rows = countingSort(rows, a, bins)
  if (!revenue) return rows
  const alike = (x: number, y: number): boolean => a[x] === a[y] && outcome[x] === outcome[y] && (!b || b[x] === b[y])
  for (let start = 0, end = 1; start < rows.length; start = end++) {
    while (end < rows.length && alike(rows[start]!, rows[end]!)) end++
    if (end > start + 1) rows.subarray(start, end).sort((x, y) => revenue[x]! - revenue[y]!)
  }
  return rows
}

/** Rows by a key of 0…below − 1; rows of one key keep their order. */
function countingSort(rows: Uint32Array, keys: ArrayLike<number>, below: number): Uint32Array {
  const next = new Uint32Array(below + 1)
  for (let i = 0; i < rows.length; i++) next[keys[rows[i]!]! + 1]!++
  for (let key = 0; key < below; key++) next[key + 1]! += next[key]!
  const found = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    found[next[keys[row]!]!++] = row
  }
  return found
}

/** Ranks of sorted rows: equal rows share one. */
function ranks({ a, b, outcome, revenue }: BootstrapRows, rows: Uint32Array): Uint32Array {
  const columns = [a, b ?? a, outcome, revenue ?? outcome]
  const found = new Uint32Array(rows.length)
  for (let i = 1; i < rows.length; i++) {
    const rises = columns.some((column) => column[rows[i]!] !== column[rows[i - 1]!])
    found[i] = found[i - 1]! + Number(rises)
  }
  return found
}

/** Sorted rows by customer, and customers by the ranks of their rows. */
function byCustomer(rows: Uint32Array, rankAt: Uint32Array, customer: ArrayLike<number>): CustomerRows {
  const placesOf = new Map<number, number[]>()
  for (const [place, row] of rows.entries()) {
    const known = placesOf.get(customer[row]!)
    if (known) known.push(place)
    else placesOf.set(customer[row]!, [place])
  }
  const compare = (x: readonly number[], y: readonly number[]): number => {
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const order = rankAt[x[i]!]! - rankAt[y[i]!]!
      if (order !== 0) return order
    }
    return x.length - y.length
  }
  const customers = [...placesOf.values()].sort(compare)
  const starts = new Uint32Array(customers.length + 1)
  for (const [i, places] of customers.entries()) starts[i + 1] = starts[i]! + places.length
  return { rows: Uint32Array.from(customers.flat(), (place) => rows[place]!), starts }
}

/** 0 to rows − 1. */
export function everyRow(rows: number): Uint32Array {
  const found = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) found[row] = row
  return found
}
