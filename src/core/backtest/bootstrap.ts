import { drawnCustomers, everyRow, judgedRows, type BootstrapRows } from './drawn-customers'
import { drawPlainly, type DrawFrom, type DrawnFrom, type Ranking } from './drawing'
import { likelyDifferences, likelyFigures, type Likely, type LikelyDifference } from './likely'
import type { OutcomeHistogram } from './outcome-histogram'
import { RESAMPLED, resampledFigures, type DrawnCounts, type Judged, type Resampled } from './resampled-figures'

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
  given: BootstrapRows,
  asked: BootstrapAsked,
  drawFrom: DrawFrom = drawPlainly,
): Generator<number, BootstrapResult> {
  const models = modelsOf(given, asked)
  const rows = models.some(isByRevenue) ? given : withoutRevenue(given)
  const { customers, drawnFrom, sample } = drawnCustomers(rows)
  const sampled = modelsOf(sample, asked)
  const draws = asked.draws ?? DRAWS
  const found = models.map(() => new Float64Array(draws * FIGURES))
  const drawing = drawFrom(drawn(sample, sampled, drawnFrom.starts), asked.seed)
  for (let draw = 0; draw < draws; draw += DRAWS_AT_ONCE) {
    yield draw / draws
    const figures = drawing.next(Math.min(DRAWS_AT_ONCE, draws - draw))
    for (const [model, own] of figures.entries()) found[model]!.set(own, draw * FIGURES)
  }
  const [n, of] = [drawnFrom.starts.length - 1, Math.max(1, customers)]
  const [a, b] = models.map((model, i) => ({
    draws: found[i]!,
    all: resampledFigures(countAll(rows, model), model.judged),
    own: resampledFigures(countOnce(sample, sampled[i]!, everyRow(drawnFrom.rows.length)), model.judged),
    shrink: Math.sqrt(n / of),
  }))
  return {
    ...{ draws, customers, drawnFrom: n, a: likelyFigures(a!) },
    ...(b && { b: likelyFigures(b), difference: likelyDifferences(a!, b) }),
  }
}

/** The bins of one of the models, and how they are judged. */
interface Model {
  readonly binOf: ArrayLike<number>
  /** The judged rows per bin, where they are counted already. */
  readonly counted: OutcomeHistogram | undefined
  readonly judged: Judged
}

function modelsOf({ a, b, revenue, counted }: BootstrapRows, asked: BootstrapAsked): readonly Model[] {
  const model = (
    binOf: ArrayLike<number>,
    own: OutcomeHistogram | undefined,
    { economics, ...judged }: Judged,
  ): Model => ({
    binOf,
    counted: own,
    // A value by revenue does not exist where no revenue is known.
    judged: economics && (revenue || economics.value.kind === 'amount') ? { ...judged, economics } : judged,
  })
  return [model(a, counted?.a, asked.a), ...(b ? [model(b, counted?.b, asked.b ?? asked.a)] : [])]
}

function isByRevenue({ judged: { economics } }: Model): boolean {
  return economics?.value.kind === 'revenue'
}

/** Where no figure is made of the revenue the customers need not be put in its order. */
function withoutRevenue({ revenue: _, ...rows }: BootstrapRows): BootstrapRows {
  return rows
}

/** Customers as what draws them reads them. */
function drawn({ bins, outcome, revenue }: BootstrapRows, models: readonly Model[], starts: Uint32Array): DrawnFrom {
  const rankings = models.map(({ binOf, judged }) => ({ judged, ...heldBins(binOf, outcome, bins) }))
  if (!revenue) return { starts, rankings }
  return { starts, rankings, eventRevenue: Float64Array.from(revenue, (own, row) => (outcome[row] === 1 ? own : 0)) }
}

/** The bins that rows are in, and where each row is counted among them. */
function heldBins(binOf: ArrayLike<number>, outcome: ArrayLike<number>, bins: number): Pick<Ranking, 'bins' | 'at'> {
  const [holds, at] = [new Uint8Array(bins), new Uint32Array(binOf.length)]
  for (let row = 0; row < at.length; row++) holds[binOf[row]!] = 1
  const [held, placeOf] = [new Uint32Array(bins), new Uint32Array(bins)]
  let places = 0
  for (let bin = 0; bin < bins; bin++) {
    if (holds[bin] === 0) continue
    placeOf[bin] = places
    held[places++] = bin
  }
  for (let row = 0; row < at.length; row++) at[row] = 2 * placeOf[binOf[row]!]! + outcome[row]!
  return { bins: held.slice(0, places), at }
}

/** The judged rows counted once each. */
function countAll(rows: BootstrapRows, model: Model): DrawnCounts {
  const { counted } = model
  if (!counted || isByRevenue(model)) return countOnce(rows, model, judgedRows(rows))
  const counts = new Float64Array(2 * rows.bins)
  for (let bin = 0; bin < rows.bins; bin++) {
    counts[2 * bin] = counted.nonEvents[bin]!
    counts[2 * bin + 1] = counted.events[bin]!
  }
  return heldCounts(counts, new Float64Array(rows.bins))
}

/** Rows counted once each. */
function countOnce({ bins, outcome, revenue }: BootstrapRows, model: Model, rows: Uint32Array): DrawnCounts {
  const { binOf } = model
  const counts = new Float64Array(2 * bins)
  const eventRevenue = new Float64Array(bins)
  for (let i = 0; i < rows.length; i++) counts[2 * binOf[rows[i]!]! + outcome[rows[i]!]!]!++
  if (revenue && isByRevenue(model)) {
    for (const row of rows) if (outcome[row] === 1) eventRevenue[binOf[row]!]! += revenue[row]!
  }
  return heldCounts(counts, eventRevenue)
}

/** Of counts of all bins those that are held, in their place. */
function heldCounts(counts: Float64Array, eventRevenue: Float64Array): DrawnCounts {
  const held = new Uint32Array(eventRevenue.length)
  let places = 0
  for (let bin = 0; bin < held.length; bin++) {
    if (counts[2 * bin]! + counts[2 * bin + 1]! === 0) continue
    counts[2 * places] = counts[2 * bin]!
    counts[2 * places + 1] = counts[2 * bin + 1]!
    eventRevenue[places] = eventRevenue[bin]!
    held[places++] = bin
  }
  return {
    bins: held.subarray(0, places),
    counts: counts.subarray(0, 2 * places),
    eventRevenue: eventRevenue.subarray(0, places),
  }
}
