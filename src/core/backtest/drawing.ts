import { RandomStream } from '../random'
import { RESAMPLED, resampledFigures, type DrawnCounts, type Judged } from './resampled-figures'

/** Customers that are drawn from, one after the other with all their rows. */
export interface DrawnFrom {
  /** Where the rows of each customer start, and where the last ends. */
  readonly starts: Uint32Array
  /** How one model ranks the rows, or how two do. */
  readonly rankings: readonly Ranking[]
  /** Per row the revenue of an event, in hundredths, and 0 of a non-event; absent where no figure is made of it. */
  readonly eventRevenue?: Float64Array
}

/** How a model ranks rows, and how that is judged. */
export interface Ranking {
  /** The bins that any row is in, rising: the riskiest first. */
  readonly bins: Uint32Array
  /** Per row where it is counted: 2·i for a non-event in bins[i], 2·i + 1 for an event. */
  readonly at: Uint32Array
  readonly judged: Judged
}

/** Draws as many customers as there are, with replacement, again and again. */
export interface Drawing {
  /**
   * The figures of the next draws, per model: as many as RESAMPLED a draw, in its order, one draw after the other; NaN
   * where a draw has no such figure.
   */
  readonly next: (draws: number) => readonly Float64Array[]
}

/** Draws that depend on the seed and on the customers alone. */
export type DrawFrom = (from: DrawnFrom, seed: number) => Drawing

/** Draws in plain TypeScript: the specification, and what serves where there is nothing faster. */
export const drawPlainly: DrawFrom = (from, seed) => {
  const customers = from.starts.length - 1
  const random = new RandomStream(seed, customers)
  const often = new Uint32Array(customers)
  const counters = from.rankings.map((ranking) => new Counter(from, ranking))
  return {
    next: (draws) => {
      const found = counters.map(() => new Float64Array(draws * RESAMPLED.length))
      for (let draw = 0; draw < draws; draw++) {
        often.fill(0)
        for (let i = 0; i < customers; i++) often[random.whole(customers)]!++
        for (const [model, counter] of counters.entries()) {
          found[model]!.set(counter.figures(often), draw * RESAMPLED.length)
        }
      }
      return found
    },
  }
}

/** Counts draws by the scores of one model. */
class Counter {
  readonly #from: DrawnFrom
  readonly #ranking: Ranking
  readonly #drawn: DrawnCounts

  constructor(from: DrawnFrom, ranking: Ranking) {
    const held = ranking.bins.length
    this.#from = from
    this.#ranking = ranking
    this.#drawn = { bins: ranking.bins, counts: new Float64Array(2 * held), eventRevenue: new Float64Array(held) }
  }

  /** @param often how often each customer is in the draw */
  figures(often: Uint32Array): Float64Array {
    const { starts, eventRevenue } = this.#from
    const { at, judged } = this.#ranking
    countRows(this.#drawn.counts, at, starts, often)
    if (eventRevenue) addRevenue(this.#drawn.eventRevenue, at, eventRevenue, starts, often)
    return resampledFigures(this.#drawn, judged)
  }
}

function countRows(counts: Float64Array, at: Uint32Array, starts: Uint32Array, often: Uint32Array): void {
  counts.fill(0)
  for (let customer = 0; customer < often.length; customer++) {
    const times = often[customer]!
    if (times === 0) continue
    const end = starts[customer + 1]!
    for (let i = starts[customer]!; i < end; i++) counts[at[i]!]! += times
  }
}

function addRevenue(
  sums: Float64Array,
  at: Uint32Array,
  revenue: Float64Array,
  starts: Uint32Array,
  often: Uint32Array,
): void {
  sums.fill(0)
  for (let customer = 0; customer < often.length; customer++) {
    const times = often[customer]!
    if (times === 0) continue
    const end = starts[customer + 1]!
    for (let i = starts[customer]!; i < end; i++) sums[at[i]! >>> 1]! += times * revenue[i]!
  }
}
