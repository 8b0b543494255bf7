import { failure, success, type Result } from '../result'
import { Z95 } from './auc'
import { customersPerBin, totals, type OutcomeHistogram } from './outcome-histogram'
import { perTenth } from './riskiest'
import { wilson } from './wilson'

/** The chance of the event at a risk: 1/(1 + e^−(intercept + slope·risk)). */
export interface Calibration {
  readonly intercept: number
  readonly slope: number
}

/**
 * Why there is no calibration: all known outcomes are the same (or nobody has one), or the risk separates events from
 * non-events completely, so that no finite slope fits best.
 */
export type NoCalibration = 'one outcome' | 'separates'

/** A bin that holds somebody, its risk standardised. */
interface Counted {
  readonly x: number
  readonly events: number
  readonly customers: number
}

/**
 * The chance of the event by risk, by maximum likelihood on counted customers (the training part), with Newton's
 * method to 1e-12. A constant risk gives everybody the event rate, with slope 0.
 * @param risks per bin of the histogram, falling; only those of bins that hold somebody matter
 * @example calibrate({ events: Float64Array.of(3), nonEvents: Float64Array.of(1) }, [5]) // intercept ln 3, slope 0
 */
export function calibrate(histogram: OutcomeHistogram, risks: ArrayLike<number>): Result<Calibration, NoCalibration> {
  const { events, nonEvents } = totals(histogram)
  if (events === 0 || nonEvents === 0) return failure('one outcome')
  const start = Math.log(events / nonEvents)
  const { mean, deviation } = moments(histogram, risks)
  if (deviation === 0) return success({ intercept: start, slope: 0 })
  if (separates(histogram)) return failure('separates')
  const found = maximise(counted(histogram, risks, mean, deviation), start)
  if (!found) return failure('separates')
  const slope = found.b / deviation
  return success({ intercept: found.a - slope * mean, slope })
}

/** The chance of the event at a risk, 0…1. */
export function chanceAt({ intercept, slope }: Calibration, risk: number): number {
  return 1 / (1 + Math.exp(-(intercept + slope * risk)))
}

/** The chance of the event per bin. */
export function chances(calibration: Calibration, risks: ArrayLike<number>): Float64Array {
  return Float64Array.from(risks, (risk) => chanceAt(calibration, risk))
}

/** A mean per customer with its 95% interval; the interval is undefined for one customer. */
export interface BrierScore {
  readonly brier: number
  readonly low: number | undefined
  readonly high: number | undefined
}

/**
 * The mean squared difference of chance and outcome, 0 (best) to 1, on counted customers (the hold-out); the interval
 * is that of a mean, ± 1.96·s/√n, clamped to 0…1. Undefined for nobody.
 * @param chance of the event per bin
 */
export function brierScore(histogram: OutcomeHistogram, chance: ArrayLike<number>): BrierScore | undefined {
  const { customers } = totals(histogram)
  if (customers === 0) return undefined
  const sumOf = (of: (loss: number) => number): number => {
    let sum = 0
    for (let bin = 0; bin < histogram.events.length; bin++) {
      if (histogram.events[bin]! + histogram.nonEvents[bin]! === 0) continue
      const p = chance[bin]!
      sum += histogram.events[bin]! * of((1 - p) ** 2) + histogram.nonEvents[bin]! * of(p ** 2)
    }
    return sum
  }
  const brier = sumOf((loss) => loss) / customers
  if (customers < 2) return { brier, low: undefined, high: undefined }
  const half = Z95 * Math.sqrt(sumOf((loss) => (loss - brier) ** 2) / (customers - 1) / customers)
  return { brier, low: Math.max(0, brier - half), high: Math.min(1, brier + half) }
}

/** A tenth of the customers: how often the event was expected, and how often it happened. */
export interface ReliabilityTenth {
  /** Fractions where a tie straddles a boundary. */
  readonly customers: number
  /** Mean chance, 0…1. */
  readonly expected: number
  /** Share with the event, 0…1, with its 95% interval (Wilson). */
  readonly happened: number
  readonly low: number
  readonly high: number
}

/**
 * Reliability by tenth of the counted customers (the hold-out), the riskiest first; ties over a boundary are split pro
 * rata, as gains are. Undefined for nobody.
 * @param chance of the event per bin
 */
export function reliability(
  histogram: OutcomeHistogram,
  chance: ArrayLike<number>,
): readonly ReliabilityTenth[] | undefined {
  const { customers: all } = totals(histogram)
  if (all === 0) return undefined
  const customers = customersPerBin(histogram)
  const expected = customers.map((count, bin) => (count === 0 ? 0 : count * chance[bin]!))
  const size = all / 10
  const happened = perTenth(customers, histogram.events, all)
  return perTenth(customers, expected, all).map((sum, k) => {
    const share = unit(happened[k]! / size)
    const { low, high } = wilson(share * size, size)!
    return { customers: size, expected: unit(sum / size), happened: share, low: unit(low), high: unit(high) }
  })
}

function unit(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function moments(histogram: OutcomeHistogram, risks: ArrayLike<number>): { mean: number; deviation: number } {
  const customers = customersPerBin(histogram)
  const meanOf = (of: (risk: number) => number): number => {
    let sum = 0
    let all = 0
    for (let bin = 0; bin < customers.length; bin++) {
      if (customers[bin] === 0) continue
      sum += customers[bin]! * of(risks[bin]!)
      all += customers[bin]!
    }
    return sum / all
  }
  const distinct = customers.reduce((count, each) => count + Number(each > 0), 0)
  const mean = meanOf((risk) => risk)
  return { mean, deviation: distinct < 2 ? 0 : Math.sqrt(meanOf((risk) => (risk - mean) ** 2)) }
}

/** Whether all events lie on one side of all non-events; they may share the one risk where the sides meet. */
function separates({ events, nonEvents }: OutcomeHistogram): boolean {
  const ends = (counts: ArrayLike<number>) => {
    const held = Array.from(counts, (count, bin) => (count > 0 ? bin : -1)).filter((bin) => bin >= 0)
    return { first: held[0]!, last: held.at(-1)! }
  }
  const [had, without] = [ends(events), ends(nonEvents)]
  return had.last <= without.first || without.last <= had.first
}

function counted(
  { events, nonEvents }: OutcomeHistogram,
  risks: ArrayLike<number>,
  mean: number,
  deviation: number,
): Counted[] {
  const bins: Counted[] = []
  for (let bin = 0; bin < events.length; bin++) {
    const customers = events[bin]! + nonEvents[bin]!
    if (customers > 0) bins.push({ x: (risks[bin]! - mean) / deviation, events: events[bin]!, customers })
  }
  return bins
}

const PRECISION = 1e-12
const MOST_STEPS = 100

/** Newton's method, halving a step that raises the loss; undefined where it finds no end. */
function maximise(bins: readonly Counted[], start: number): { a: number; b: number } | undefined {
  let [a, b] = [start, 0]
  for (let i = 0; i < MOST_STEPS; i++) {
    const { da, db } = newtonStep(bins, a, b)
    if (!Number.isFinite(da) || !Number.isFinite(db)) return undefined
    if (Math.abs(da) <= PRECISION * Math.max(1, Math.abs(a)) && Math.abs(db) <= PRECISION * Math.max(1, Math.abs(b))) {
      return { a: a + da, b: b + db }
    }
    const now = loss(bins, a, b)
    let length = 1
    while (length > 1e-4 && loss(bins, a + length * da, b + length * db) > now * (1 + PRECISION)) length /= 2
    a += length * da
    b += length * db
  }
  return undefined
}

function newtonStep(bins: readonly Counted[], a: number, b: number): { da: number; db: number } {
  let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0]
  for (const { x, events, customers } of bins) {
    const p = 1 / (1 + Math.exp(-(a + b * x)))
    const rest = events - customers * p
    const weight = customers * p * (1 - p)
    ga += rest
    gb += rest * x
    haa += weight
    hab += weight * x
    hbb += weight * x * x
  }
  const determinant = haa * hbb - hab * hab
  return { da: (hbb * ga - hab * gb) / determinant, db: (haa * gb - hab * ga) / determinant }
}

/** −log likelihood. */
function loss(bins: readonly Counted[], a: number, b: number): number {
  let sum = 0
  for (const { x, events, customers } of bins) {
    const z = a + b * x
    sum += customers * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) - events * z
  }
  return sum
}
