import { drawnCustomers, type BootstrapRows, type CustomerRows } from './drawn-customers'
import { drawPlainly, figuresOfEach, type DrawFrom, type DrawnFrom, type Ranking } from './drawing'
import { likelyDifferences, likelyFigures, type Likely, type LikelyDifference } from './likely'
import { RESAMPLED, type Judged, type Resampled } from './resampled-figures'

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

const DRAWS = 2000
const DRAWS_AT_ONCE = 20
const FIGURES = RESAMPLED.length

/**
 * Intervals by drawing the customers anew, as many as there are, with replacement (percentile bootstrap). The draws
 * depend on the seed and on the customers, not on the order of the rows. Above 20,000 customers it draws from the
 * 20,000 of lowest hash and narrows what it finds by √(20,000/n), about the figure of all. Yields the share done, 0…1,
 * every 20 draws, so that whoever runs it can stop.
 * @param drawFrom what draws; the same figures, bit for bit, whatever does
 */
export function* bootstrap(
  rows: BootstrapRows,
  asked: BootstrapAsked,
  drawFrom: DrawFrom = drawPlainly,
): Generator<number, BootstrapResult> {
  const { judged, customers, drawnFrom } = drawnCustomers(rows)
  const from = counted(rows, asked, drawnFrom)
  const draws = asked.draws ?? DRAWS
  const found = from.rankings.map(() => new Float64Array(draws * FIGURES))
  const drawing = drawFrom(from, asked.seed)
  for (let draw = 0; draw < draws; draw += DRAWS_AT_ONCE) {
    yield draw / draws
    const figures = drawing.next(Math.min(DRAWS_AT_ONCE, draws - draw))
    for (const [model, own] of figures.entries()) found[model]!.set(own, draw * FIGURES)
  }
  const own = figuresOfEach(from)
  const all = figuresOfEach(counted(rows, asked, { rows: judged, starts: Uint32Array.of(0, judged.length) }))
  const drawn = from.starts.length - 1
  const shrink = Math.sqrt(drawn / Math.max(1, customers))
  const [a, b] = all.map((figures, model) => ({ draws: found[model]!, all: figures, own: own[model]!, shrink }))
  return {
    ...{ draws, customers, drawnFrom: drawn, a: likelyFigures(a!) },
    ...(b && { b: likelyFigures(b), difference: likelyDifferences(a!, b) }),
  }
}

/** Customers as they are counted in every draw. */
function counted({ a, b, bins, outcome, revenue }: BootstrapRows, asked: BootstrapAsked, of: CustomerRows): DrawnFrom {
  const { rows, starts } = of
  const rankingOf = (model: ArrayLike<number>, { economics, ...judged }: Judged): Ranking => ({
    // A value by revenue does not exist where no revenue is known.
    judged: economics && (revenue || economics.value.kind === 'amount') ? { ...judged, economics } : judged,
    ...countedBins(rows, model, outcome, bins),
  })
  const rankings = [rankingOf(a, asked.a), ...(b ? [rankingOf(b, asked.b ?? asked.a)] : [])]
  const byRevenue = revenue && rankings.some(({ judged }) => judged.economics?.value.kind === 'revenue')
  const eventRevenue = byRevenue && Float64Array.from(rows, (row) => (outcome[row] === 1 ? revenue[row]! : 0))
  return { starts, rankings, ...(eventRevenue && { eventRevenue }) }
}

/** The bins that rows are in, and where each row counts among them. */
function countedBins(
  rows: Uint32Array,
  model: ArrayLike<number>,
  outcome: ArrayLike<number>,
  bins: number,
): Pick<Ranking, 'bins' | 'at'> {
  const placeOf = new Int32Array(bins).fill(-1)
  for (const row of rows) placeOf[model[row]!] = 0
  const held = Uint32Array.from(placeOf.keys()).filter((bin) => placeOf[bin] === 0)
  for (const [place, bin] of held.entries()) placeOf[bin] = place
  return { bins: held, at: rows.map((row) => 2 * placeOf[model[row]!]! + outcome[row]!) }
}
