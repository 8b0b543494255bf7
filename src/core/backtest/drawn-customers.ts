import { lowestHashes } from './hash-order'

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
}

/** Rows of customers, one customer after the other. */
export interface CustomerRows {
  readonly rows: Uint32Array
  /** Where those of each customer start, and where the last ends. */
  readonly starts: Uint32Array
}

/** Whom the bootstrap is about. */
export interface DrawnCustomers {
  /** The rows that are judged. */
  readonly judged: Uint32Array
  /** Whose they are. */
  readonly customers: number
  /** The customers that are drawn from, and the rows of each, in an order that their values alone decide: equal ones are interchangeable. */
  readonly drawnFrom: CustomerRows
}

const MOST_CUSTOMERS = 20_000

/** The judged customers, and those of them that are drawn from: the 20,000 of lowest hash where there are more. */
export function drawnCustomers(rows: BootstrapRows): DrawnCustomers {
  const judged = judgedRows(rows)
  const first = firstRows(rows, judged)
  return { judged, customers: first.length, drawnFrom: inOrder(rows, sample(rows, judged, first)) }
}

function judgedRows({ a, b, bins, outcome }: BootstrapRows): Uint32Array {
  const rows = new Uint32Array(a.length)
  let judged = 0
  for (let row = 0; row < a.length; row++) {
    if (outcome[row]! <= 1 && a[row]! < bins && (!b || b[row]! < bins)) rows[judged++] = row
  }
  return rows.slice(0, judged)
}

/** One row of every customer. */
function firstRows({ customer }: BootstrapRows, judged: Uint32Array): Uint32Array {
  if (!customer) return judged
  const seen = new Set<number>()
  return judged.filter((row) => {
    const known = seen.has(customer[row]!)
    seen.add(customer[row]!)
    return !known
  })
}

/** The rows of the 20,000 customers of lowest hash. */
function sample({ hashes }: BootstrapRows, judged: Uint32Array, first: Uint32Array): Uint32Array {
  if (first.length <= MOST_CUSTOMERS) return judged
  const hashOf = first.map((row) => hashes[row]!)
  const highest = hashOf[lowestHashes(hashOf, MOST_CUSTOMERS).at(-1)!]!
  return judged.filter((row) => hashes[row]! <= highest)
}

function inOrder(given: BootstrapRows, sampled: Uint32Array): CustomerRows {
  const { rows, ranks } = rankedRows(given, sampled)
  return given.customer ? byCustomer(rows, ranks, given.customer) : { rows, starts: Uint32Array.from({ length: rows.length + 1 }, (_, i) => i) } // prettier-ignore
}

/** Rows by bin of A, bin of B, outcome and revenue, and ranks that rise where any of them does. */
function rankedRows({ a, b, bins, outcome, revenue }: BootstrapRows, unsorted: Uint32Array) {
  let rows = countingSort(unsorted, outcome, 2)
  if (b) rows = countingSort(rows, b, bins)
  rows = countingSort(rows, a, bins)
  const ranks = new Uint32Array(rows.length)
  const equal = (x: number, y: number): boolean => a[x] === a[y] && outcome[x] === outcome[y] && (!b || b[x] === b[y])
  for (let start = 0, end = 0; start < rows.length; start = end) {
    for (end = start + 1; end < rows.length && equal(rows[start]!, rows[end]!);) end++
    if (revenue && end > start + 1) rows.subarray(start, end).sort((x, y) => revenue[x]! - revenue[y]!)
    for (let i = start; i < end; i++) {
      const same = i > start && (!revenue || revenue[rows[i]!] === revenue[rows[i - 1]!])
      ranks[i] = (ranks[i - 1] ?? 0) + Number(!same)
    }
  }
  return { rows, ranks }
}

/** Rows by a key of 0…below − 1; rows of one key keep their order. */
function countingSort(rows: Uint32Array, keys: ArrayLike<number>, below: number): Uint32Array {
  const next = new Uint32Array(below + 1)
  for (let i = 0; i < rows.length; i++) next[keys[rows[i]!]! + 1]!++
  for (let key = 0; key < below; key++) next[key + 1]! += next[key]!
  const sorted = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    sorted[next[keys[row]!]!++] = row
  }
  return sorted
}

/** Ranked rows by customer; customers by the ranks of their rows, one after the other. */
function byCustomer(rows: Uint32Array, ranks: Uint32Array, customer: ArrayLike<number>): CustomerRows {
  const numbers = new Map<number, number>()
  const numberOf = Uint32Array.from(rows, (row) => {
    const known = numbers.get(customer[row]!) ?? numbers.size
    numbers.set(customer[row]!, known)
    return known
  })
  const grouped = countingSort(Uint32Array.from(rows.keys()), numberOf, numbers.size)
  const starts = new Uint32Array(numbers.size + 1)
  for (const number of numberOf) starts[number + 1]!++
  for (let number = 0; number < numbers.size; number++) starts[number + 1]! += starts[number]!
  const compare = (x: number, y: number): number => {
    const [from, other, rowsOfX, rowsOfY] = [starts[x]!, starts[y]!, starts[x + 1]! - starts[x]!, starts[y + 1]! - starts[y]!] // prettier-ignore
    for (let i = 0; i < Math.min(rowsOfX, rowsOfY); i++) {
      const order = ranks[grouped[from + i]!]! - ranks[grouped[other + i]!]!
      if (order !== 0) return order
    }
    return rowsOfX - rowsOfY
  }
  const order = Uint32Array.from(numbers.values()).sort(compare)
  const sorted = { rows: new Uint32Array(rows.length), starts: new Uint32Array(numbers.size + 1) }
  for (const [i, number] of order.entries()) {
    const own = grouped.subarray(starts[number], starts[number + 1])
    sorted.rows.set(own.map((at) => rows[at]!), sorted.starts[i]) // prettier-ignore
    sorted.starts[i + 1] = sorted.starts[i]! + own.length
  }
  return sorted
}
