import { customersPerBin, totals, type OutcomeHistogram } from './outcome-histogram'
import { BINS } from './score-histogram'

/** What acting on customers costs and brings. */
export interface Economics {
  /** Cost of reaching one customer, whoever it is. */
  readonly cost: number
  /** Share of the reached customers who would have had the event and are kept, 0…1. */
  readonly saveRate: number
  readonly value: KeptValue
}

/** What a kept customer is worth: one amount for all, or the customer's own revenue times the months that it is kept. */
export type KeptValue =
  { readonly kind: 'amount'; readonly amount: number } | { readonly kind: 'revenue'; readonly months: number }

/** Counted customers that a value is worked out for. */
export interface Valued {
  readonly histogram: OutcomeHistogram
  /** Revenue of the events per bin, in hundredths a month; absent without a revenue column. */
  readonly eventRevenue?: ArrayLike<number>
}

/** Cuts that flag the same customers: flagging the riskiest `first`…`last` bins. */
export interface CutRange {
  readonly first: number
  readonly last: number
}

/** The cuts of the greatest value: several when values tie. */
export interface BestCuts {
  /** In whole units of money, for the customers counted. */
  readonly value: number
  /** From the fewest flagged up. */
  readonly cuts: readonly CutRange[]
}

/** What one cut is worth, in whole units of money. */
export interface NetValue {
  readonly flagged: number
  readonly caught: number
  /** Σ value × save rate over the caught, less the cost of all flagged. */
  readonly net: number
  /** Per 1,000 customers of those counted; undefined when there are none. */
  readonly perThousand: number | undefined
}

/** What the kept value of customers with the event is, summed: from how many there are and what they pay. */
export function keptValue(value: KeptValue, customers: number, revenue: number): number {
  return value.kind === 'amount' ? value.amount * customers : (value.months * revenue) / 100
}

/**
 * The net value of every cut (backtest.md): index k flags the riskiest k bins, 0…bins. Each is worked out from whole
 * counts, so equal lists have equal values. Undefined when the value is by revenue and no revenue is known.
 */
export function valueCurve({ histogram, eventRevenue }: Valued, economics: Economics): Float64Array | undefined {
  const { events, nonEvents } = histogram
  const { cost, saveRate, value } = economics
  if (value.kind === 'revenue' && !eventRevenue) return undefined
  const curve = new Float64Array(events.length + 1)
  let [caught, flagged, revenue] = [0, 0, 0]
  for (let bin = 0; bin < events.length; bin++) {
    caught += events[bin]!
    flagged += events[bin]! + nonEvents[bin]!
    revenue += eventRevenue?.[bin] ?? 0
    curve[bin + 1] = saveRate * keptValue(value, caught, revenue) - cost * flagged
  }
  return curve
}

/** The value of flagging the riskiest `bins` bins; undefined as `valueCurve` is. */
export function netValueAt(valued: Valued, economics: Economics, bins: number): NetValue | undefined {
  const net = valueCurve(valued, economics)?.[bins]
  if (net === undefined) return undefined
  const { events, nonEvents } = valued.histogram
  const { customers } = totals(valued.histogram)
  const { events: caught, customers: flagged } = totals({
    events: events.subarray(0, bins),
    nonEvents: nonEvents.subarray(0, bins),
  })
  return { flagged, caught, net, perThousand: customers === 0 ? undefined : (1000 * net) / customers }
}

/**
 * The cuts of the greatest value. Choose them on the training part and value them on the hold-out. Values that differ
 * by rounding alone tie. Undefined as `valueCurve` is.
 */
export function bestCuts(valued: Valued, economics: Economics): BestCuts | undefined {
  const curve = valueCurve(valued, economics)
  if (!curve) return undefined
  const value = curve.reduce((most, each) => Math.max(most, each), 0)
  const least = value - 1e-12 * turnover(valued, economics)
  const cuts: { first: number; last: number }[] = []
  const customers = customersPerBin(valued.histogram)
  for (let bins = 0; bins < curve.length; bins++) {
    if (curve[bins]! < least) continue
    const open = cuts.at(-1)
    if (open?.last === bins - 1 && customers[bins - 1] === 0) open.last = bins
    else cuts.push({ first: bins, last: bins })
  }
  return { value, cuts }
}

/** All money that a curve adds and subtracts: what its rounding is relative to. */
function turnover({ histogram, eventRevenue }: Valued, { cost, saveRate, value }: Economics): number {
  const { events, customers } = totals(histogram)
  const revenue = Array.from(eventRevenue ?? []).reduce((sum, amount) => sum + Math.abs(amount), 0)
  return Math.abs(saveRate * keptValue(value, events, revenue)) + Math.abs(cost) * customers
}

/**
 * The churn chance above which reaching a customer pays: cost ÷ (save rate × value). Over 1 it never pays. Undefined
 * when nothing would be gained by reaching anybody.
 * @param value of one kept customer
 * @example breakEvenChance(120, 0.22, 1900) // 0.287…
 */
export function breakEvenChance(cost: number, saveRate: number, value: number): number | undefined {
  const gained = saveRate * value
  return gained > 0 ? cost / gained : undefined
}

/** The most customers that can be reached without asking who of equals goes first. */
export interface CapacityCut extends CutRange {
  readonly flagged: number
  /** Customers of the next risk: all equal, and too many to be reached as well. 0 when everybody is flagged. */
  readonly tied: number
}

/**
 * The cut whose flagged list holds at most so many customers ("my team can call 200"). Customers of one risk are
 * flagged together or not at all, so fewer may be flagged than could be.
 * @param customers per bin, riskiest first
 */
export function withinCapacity(customers: ArrayLike<number>, capacity: number): CapacityCut {
  let [flagged, first, bin] = [0, 0, 0]
  while (bin < customers.length && flagged + customers[bin]! <= capacity) {
    if (customers[bin]! > 0) first = bin + 1
    flagged += customers[bin]!
    bin++
  }
  return { first, last: bin, flagged, tied: customers[bin] ?? 0 }
}

/**
 * Outcomes as a calibration expects them, of customers whose outcome nobody knows yet: the events of each bin are its
 * customers times their chance. What is valued with it is an expectation for the current list.
 * @param customers per bin, riskiest first
 * @param chance of the event per bin
 */
export function expectedOutcomes(customers: ArrayLike<number>, chance: ArrayLike<number>): OutcomeHistogram {
  const events = Float64Array.from(customers, (count, bin) => (count === 0 ? 0 : count * chance[bin]!))
  return { events, nonEvents: events.map((expected, bin) => customers[bin]! - expected) }
}

/** Steps that a cut is set in by preference, in hundredths of a score. */
const ROUND = [1000, 500, 100, 50, 10, 5]

/**
 * The roundest score at which a range of bins is cut, for people to read: of scores that flag the same customers 51
 * says more than 50.93. The lowest of equally round ones.
 */
export function roundestCut({ first, last }: CutRange, objective: 'churn' | 'expand'): number {
  const [low, high] = objective === 'churn' ? [first, last] : [BINS - last, BINS - first]
  const round = ROUND.map((step) => step * Math.ceil(low / step)).find((cut) => cut <= high)
  return (round ?? low) / 100
}
