import type { Tier } from '../model/health-model'
import { hundredths } from '../scoring/scale'
import type { OutcomeHistogram } from './outcome-histogram'
import { BINS } from './score-histogram'
import { wilson } from './wilson'

/** The first and the last bin of each tier, in the order of the tiers; a bin is a hundredth of a score. */
export function tierBins(tiers: readonly Tier[]): { readonly first: number; readonly last: number }[] {
  return tiers.map(({ from }, i) => {
    const next = tiers[i + 1]
    return { first: hundredths(from), last: next ? hundredths(next.from) - 1 : BINS - 1 }
  })
}

/** Sums of counts per tier. */
export function perTier(counts: ArrayLike<number>, tiers: readonly Tier[]): number[] {
  return tierBins(tiers).map(({ first, last }) => {
    let sum = 0
    for (let bin = first; bin <= last; bin++) sum += counts[bin]!
    return sum
  })
}

/** What happened to the customers of a tier. */
export interface TierFigures {
  readonly name: string
  /** Customers with a known outcome. */
  readonly customers: number
  readonly events: number
  /** Share of them with the event, 0…1, with its 95% interval (Wilson); undefined for an empty tier. */
  readonly rate: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
  /** Under 30 customers or 5 events: too few to lean on. */
  readonly faint: boolean
}

/** The tiers, riskiest first, by their customers with a known outcome; `histogram` in the order of rising scores. */
export function tierFigures({ events, nonEvents }: OutcomeHistogram, tiers: readonly Tier[]): TierFigures[] {
  const e = perTier(events, tiers)
  const o = perTier(nonEvents, tiers)
  return tiers.map(({ name }, i) => {
    const customers = e[i]! + o[i]!
    const interval = wilson(e[i]!, customers)
    return {
      name,
      customers,
      events: e[i]!,
      rate: customers === 0 ? undefined : e[i]! / customers,
      low: interval?.low,
      high: interval?.high,
      faint: customers < 30 || e[i]! < 5,
    }
  })
}
