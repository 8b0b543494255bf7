import { RandomStream } from '../random'
import { lowestHashes } from './hash-order'
import { likelyDifferences, likelyFigures, type Likely, type LikelyDifference } from './likely'
import { RESAMPLED, resampledFigures, type DrawnCounts, type Judged, type Resampled } from './resampled-figures'

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

export interface BootstrapAsked {
  readonly a: Judged
  readonly b?: Judged
  readonly seed: number
  /** 2,000 unless it says another. */
  readonly draws?: number
}

export interface BootstrapResult {
  readonly draws: number
  /** Customers that are judged, and those of them that were drawn from: fewer above 20,000, which is said on screen. */
  readonly customers: number
  readonly drawnFrom: number
  readonly a: Readonly<Record<Resampled, Likely>>
  readonly b?: Readonly<Record<Resampled, Likely>>
  readonly difference?: Readonly<Record<Resampled, LikelyDifference>>
}

const MOST_CUSTOMERS = 20_000
const DRAWS = 2000
const DRAWS_AT_ONCE = 20
const FIGURES = RESAMPLED.length

/**
 * Intervals by drawing the customers anew, as many as there are, with replacement (percentile bootstrap). The draws
 * depend on the seed and on the customers, not on the order of the rows. Above 20,000 customers it draws from the
 * 20,000 of lowest hash and narrows what it finds by √(20,000/n), about the figure of all. Yields the share done, 0…1,
 * every 20 draws, so that whoever runs it can stop.
 */
export function* bootstrap(rows: BootstrapRows, asked: BootstrapAsked): Generator<number, BootstrapResult> {
  const judged = judgedRows(rows)
  const first = firstRows(rows, judged)
  const customers = inOrder(rows, groupByCustomer(rows, sample(rows, judged, first)))
  const drawing = new Drawing(rows, asked, customers)
  const draws = asked.draws ?? DRAWS
  const found = [new Float64Array(draws * FIGURES), new Float64Array(draws * FIGURES)] as const
  const random = new RandomStream(asked.seed, customers.length)
  for (let draw = 0; draw < draws; draw++) {
    if (draw % DRAWS_AT_ONCE === 0) yield draw / draws
    drawing.draw(random)
    for (const [model, figures] of drawing.figures().entries()) found[model]!.set(figures, draw * FIGURES)
  }
  const own = drawing.each().figures()
  const all = new Drawing(rows, asked, [judged]).each().figures()
  const shrink = Math.sqrt(customers.length / Math.max(1, first.length))
  const [a, b] = all.map((figures, model) => ({ draws: found[model]!, all: figures, own: own[model]!, shrink }))
  return {
    draws,
    customers: first.length,
    drawnFrom: customers.length,
    a: likelyFigures(a!),
    ...(b && { b: likelyFigures(b), difference: likelyDifferences(a!, b) }),
  }
}

/** Rows of one customer each. */
type Customers = readonly Uint32Array[]

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

function groupByCustomer({ customer }: BootstrapRows, rows: Uint32Array): Customers {
  if (!customer) return Array.from(rows, (row) => Uint32Array.of(row))
  const rowsOf = new Map<number, number[]>()
  for (const row of rows) {
    const known = rowsOf.get(customer[row]!)
    if (known) known.push(row)
    else rowsOf.set(customer[row]!, [row])
  }
  return Array.from(rowsOf.values(), (own) => Uint32Array.from(own))
}

/** Customers, and the rows of each, in an order that their values alone decide: equal ones are interchangeable. */
function inOrder({ a, b, outcome, revenue }: BootstrapRows, customers: Customers): Customers {
  const compareRows = (x: number, y: number): number =>
    a[x]! - a[y]! || (b ? b[x]! - b[y]! : 0) || outcome[x]! - outcome[y]! || (revenue ? revenue[x]! - revenue[y]! : 0)
  const compare = (x: Uint32Array, y: Uint32Array): number => {
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const order = compareRows(x[i]!, y[i]!)
      if (order !== 0) return order
    }
    return x.length - y.length
  }
  return customers.map((rows) => rows.toSorted(compareRows)).sort(compare)
}

/** A model's ranking of the customers that are drawn from, ready to be counted. */
interface Ranking {
  readonly drawn: DrawnCounts
  readonly judged: Judged
  /** Per row: where in the counts it is counted. */
  readonly at: Uint32Array
}

/** Draws of customers, each counted by the scores of one model or two. */
class Drawing {
  readonly #rankings: readonly Ranking[]
  /** Where the rows of each customer start, and where the last ends. */
  readonly #starts: Uint32Array
  /** Revenue of the events, per row; undefined without revenue. */
  readonly #revenue: Float64Array | undefined
  /** How often each customer is in the draw. */
  readonly #times: Uint32Array

  constructor({ a, b, bins, outcome, revenue }: BootstrapRows, asked: BootstrapAsked, customers: Customers) {
    this.#starts = new Uint32Array(customers.length + 1)
    for (const [i, own] of customers.entries()) this.#starts[i + 1] = this.#starts[i]! + own.length
    this.#times = new Uint32Array(customers.length)
    const rows = new Uint32Array(this.#starts.at(-1)!)
    for (const [i, own] of customers.entries()) rows.set(own, this.#starts[i])
    this.#revenue = revenue && Float64Array.from(rows, (row) => (outcome[row] === 1 ? revenue[row]! : 0))
    const rankingOf = (model: ArrayLike<number>, { economics, ...judged }: Judged): Ranking => ({
      // A value by revenue does not exist where no revenue is known.
      judged: economics && (revenue || economics.value.kind === 'amount') ? { ...judged, economics } : judged,
      ...countedBins(rows, model, outcome, bins),
    })
    this.#rankings = [rankingOf(a, asked.a), ...(b ? [rankingOf(b, asked.b ?? asked.a)] : [])]
  }

  /** Every customer once. */
  each(): this {
    this.#times.fill(1)
    return this.#count()
  }

  /** As many customers as there are, with replacement. */
  draw(random: RandomStream): this {
    const times = this.#times
    const customers = times.length
    times.fill(0)
    for (let i = 0; i < customers; i++) times[random.whole(customers)]!++
    return this.#count()
  }

  /** The figures of the draw, per model. */
  figures(): Float64Array[] {
    return this.#rankings.map(({ drawn, judged }) => resampledFigures(drawn, judged))
  }

  #count(): this {
    for (const { drawn, at } of this.#rankings) {
      countDraw(drawn.counts, at, this.#starts, this.#times)
      if (this.#revenue) addRevenue(drawn.eventRevenue, at, this.#revenue, this.#starts, this.#times)
    }
    return this
  }
}

/** The bins that rows are in, and where each row counts among them. */
function countedBins(
  rows: Uint32Array,
  model: ArrayLike<number>,
  outcome: ArrayLike<number>,
  bins: number,
): { drawn: DrawnCounts; at: Uint32Array } {
  const placeOf = new Int32Array(bins).fill(-1)
  for (const row of rows) placeOf[model[row]!] = 0
  const held = Uint32Array.from(placeOf.keys()).filter((bin) => placeOf[bin] === 0)
  for (const [place, bin] of held.entries()) placeOf[bin] = place
  return {
    drawn: { bins: held, counts: new Float64Array(2 * held.length), eventRevenue: new Float64Array(held.length) },
    at: rows.map((row) => 2 * placeOf[model[row]!]! + outcome[row]!),
  }
}

function countDraw(counts: Float64Array, at: Uint32Array, starts: Uint32Array, times: Uint32Array): void {
  counts.fill(0)
  for (let customer = 0; customer < times.length; customer++) {
    const often = times[customer]!
    if (often === 0) continue
    const end = starts[customer + 1]!
    for (let i = starts[customer]!; i < end; i++) counts[at[i]!]! += often
  }
}

function addRevenue(
  sums: Float64Array,
  at: Uint32Array,
  revenue: Float64Array,
  starts: Uint32Array,
  times: Uint32Array,
): void {
  sums.fill(0)
  for (let customer = 0; customer < times.length; customer++) {
    const often = times[customer]!
    if (often === 0) continue
    const end = starts[customer + 1]!
    for (let i = starts[customer]!; i < end; i++) sums[at[i]! >>> 1]! += often * revenue[i]!
  }
}
