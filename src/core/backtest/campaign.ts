import { keptValue, type Economics, type Valued } from './net-value'
import { customersPerBin, totals } from './outcome-histogram'
import { ofRiskiest } from './riskiest'

/** What contacting the riskiest share of the customers would have met. */
export interface Campaign {
  /** Of all customers, 0…1. */
  readonly share: number
  /** Fractions where a tie straddles the boundary. */
  readonly contacted: number
  /** Events among them. */
  readonly caught: number
  /** Of all events, 0…1. */
  readonly capture: number
  /** Share of the contacted that are events. */
  readonly precision: number
  /** Precision over the event rate. */
  readonly lift: number
  /** In whole units of money; undefined without economics, or by revenue without any. */
  readonly value: number | undefined
}

/**
 * Campaigns to the riskiest 5, 10 and 20% of the customers, or other rising shares over 0; ties over a boundary are split pro
 * rata, as gains are. Undefined without an event.
 */
export function campaigns(
  { histogram, eventRevenue }: Valued,
  economics?: Economics,
  shares: readonly number[] = [0.05, 0.1, 0.2],
): readonly Campaign[] | undefined {
  const all = totals(histogram)
  if (all.events === 0) return undefined
  const customers = customersPerBin(histogram)
  const counts = shares.map((share) => share * all.customers)
  const events = ofRiskiest(customers, histogram.events, counts)
  const revenue = eventRevenue && ofRiskiest(customers, eventRevenue, counts)
  const valueOf = (i: number): number | undefined => {
    if (!economics || (economics.value.kind === 'revenue' && !revenue)) return undefined
    return economics.saveRate * keptValue(economics.value, events[i]!, revenue?.[i] ?? 0) - economics.cost * counts[i]!
  }
  return shares.map((share, i) => {
    const [contacted, caught] = [counts[i]!, events[i]!]
    const capture = caught / all.events
    return {
      share,
      contacted,
      caught,
      capture,
      precision: caught / contacted,
      lift: capture / share,
      value: valueOf(i),
    }
  })
}
