import { auc, type Auc } from './auc'
import { groupsOf, informationValue, withMissing, type InformationValue } from './information-value'
import { countOutcomes, totals } from './outcome-histogram'
import { countOutcomesPerScore } from './score-histogram'
import { wilson, type Interval } from './wilson'

/** What one metric tells alone: backtest.md, "single-metric power". Undefined where a figure does not exist. */
export interface MetricPower {
  /** Of its points as a one-metric score. */
  readonly auc: Auc
  /** Customers with points and without, and how often each had the event. */
  readonly present: EventRate
  readonly missing: EventRate
  /** Over its bands or tenths, and one group more for those without points where there are any. */
  readonly informationValue: InformationValue | undefined
}

interface EventRate {
  readonly customers: number
  readonly events: number
  readonly rate: number | undefined
  readonly interval: Interval | undefined
}

/**
 * The power of a metric's points on some customers.
 * @param points in hundredths per row, 65535 missing
 * @param outcome per row 1 event, 0 non-event; other rows are left out
 */
export function metricPower(points: Uint16Array, outcome: Uint8Array, objective: 'churn' | 'expand'): MetricPower {
  const histogram = countOutcomesPerScore(points, outcome, objective)
  const [all, present] = [countOutcomes(outcome), totals(histogram)]
  const [lackedEvents, lackedNonEvents] = [all.events - present.events, all.nonEvents - present.nonEvents]
  const groups = groupsOf(histogram)
  return {
    auc: auc(histogram),
    present: eventRate(present.events, present.customers),
    missing: eventRate(lackedEvents, all.customers - present.customers),
    informationValue: informationValue(
      all.customers === present.customers ? groups : withMissing(groups, lackedEvents, lackedNonEvents),
    ),
  }
}

function eventRate(events: number, customers: number): EventRate {
  return {
    customers,
    events,
    rate: customers === 0 ? undefined : events / customers,
    interval: wilson(events, customers),
  }
}
