import { chanceAt, type Calibration } from './calibration'
import { customersPerBin, totals } from './outcome-histogram'
import { BINS, partHistogram, partRevenue, type Part, type ScoreHistogram } from './score-histogram'
import { wilson } from './wilson'

/** What happened to the customers of a band of ten scores. */
export interface ScoreBand {
  /** Scores from `from` to under `to`, 0…100; the last band holds 100 too. */
  readonly from: number
  readonly to: number
  /** Customers with a known outcome. */
  readonly customers: number
  readonly events: number
  /** Share of them with the event, 0…1, with its 95% interval (Wilson); undefined for an empty band. */
  readonly rate: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
  /** Revenue of the customers, and of those with the event, in hundredths. */
  readonly revenue: number
  readonly eventRevenue: number
  /** Under 30 customers or 5 events: too few to lean on. */
  readonly faint: boolean
}

/** Bands of the score, each of so many bins; the last holds 100 too. */
export const BANDS = 10
export const BAND_BINS = 1000

/** The ten bands of the score, lowest first, by the customers of a part with a known outcome. */
export function scoreBands(histogram: ScoreHistogram, part: Part): ScoreBand[] {
  const { events, nonEvents } = partHistogram(histogram, part, 'churn')
  const revenue = partRevenue(histogram, part, 'churn')
  return Array.from({ length: BANDS }, (_, i) => {
    const [first, end] = [BAND_BINS * i, i === BANDS - 1 ? BINS : BAND_BINS * (i + 1)]
    const found = totals({ events: events.subarray(first, end), nonEvents: nonEvents.subarray(first, end) })
    const sum = (amounts: Float64Array): number => amounts.subarray(first, end).reduce((all, each) => all + each, 0)
    const interval = wilson(found.events, found.customers)
    return {
      from: 10 * i,
      to: 10 * (i + 1),
      customers: found.customers,
      events: found.events,
      rate: found.customers === 0 ? undefined : found.events / found.customers,
      low: interval?.low,
      high: interval?.high,
      revenue: sum(revenue.events) + sum(revenue.nonEvents),
      eventRevenue: sum(revenue.events),
      faint: found.customers < 30 || found.events < 5,
    }
  })
}

/**
 * The neighbours, of tiers or bands in the order of risk, whose event rate does not fall from the riskier to the safer
 * one, though it should. Empty ones are passed over; two without any event are no contradiction.
 * @param groups riskiest first
 */
export function notFalling<Group extends { readonly rate: number | undefined }>(
  groups: readonly Group[],
): { readonly riskier: Group; readonly safer: Group }[] {
  const held = groups.filter(({ rate }) => rate !== undefined)
  return held.flatMap((safer, i) => {
    const riskier = held[i - 1]
    const falls = !riskier || safer.rate! < riskier.rate! || (safer.rate === 0 && riskier.rate === 0)
    return falls ? [] : [{ riskier, safer }]
  })
}

/**
 * The mean chance of the event per band of ten scores, lowest first: what the training part expects of the customers of
 * a part. Undefined for an empty band.
 */
export function expectedPerBand(
  histogram: ScoreHistogram,
  part: Part,
  calibration: Calibration,
  objective: 'churn' | 'expand',
): (number | undefined)[] {
  const customers = customersPerBin(partHistogram(histogram, part, 'churn'))
  return Array.from({ length: BANDS }, (_, i) => {
    const [first, end] = [BAND_BINS * i, i === BANDS - 1 ? BINS : BAND_BINS * (i + 1)]
    let [count, expected] = [0, 0]
    for (let bin = first; bin < end; bin++) {
      if (customers[bin] === 0) continue
      count += customers[bin]!
      expected += customers[bin]! * chanceAt(calibration, (objective === 'churn' ? -bin : bin) / 100)
    }
    return count === 0 ? undefined : expected / count
  })
}
