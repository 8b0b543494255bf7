import { totals, type OutcomeHistogram } from './outcome-histogram'

export interface KolmogorovSmirnov {
  /** The largest difference of the share of events and the share of non-events that are flagged, 0…1. */
  readonly ks: number
  /** Flagging the bins 0…after reaches it; −1 when flagging nobody does. The first of equals. */
  readonly after: number
}

/** max over cuts of TPR − FPR; undefined without an event or without a non-event. */
export function kolmogorovSmirnov(histogram: OutcomeHistogram): KolmogorovSmirnov | undefined {
  const { events, nonEvents } = histogram
  const { events: n1, nonEvents: n0 } = totals(histogram)
  if (n1 === 0 || n0 === 0) return undefined
  let best = { ks: 0, after: -1 }
  let caught = 0
  let alarmed = 0
  for (let bin = 0; bin < events.length; bin++) {
    caught += events[bin]!
    alarmed += nonEvents[bin]!
    const ks = caught / n1 - alarmed / n0
    if (ks > best.ks) best = { ks, after: bin }
  }
  return best
}
