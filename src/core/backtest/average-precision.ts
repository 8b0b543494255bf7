import { totals, type OutcomeHistogram } from './outcome-histogram'

/**
 * Average precision: Σ (R_k − R_{k−1})·P_k over the distinct cuts from the riskiest; customers of one risk enter as
 * one step. Its baseline is the event rate. Undefined without an event.
 */
export function averagePrecision(histogram: OutcomeHistogram): number | undefined {
  const { events, nonEvents } = histogram
  const { events: n1 } = totals(histogram)
  if (n1 === 0) return undefined
  let caught = 0
  let flagged = 0
  let sum = 0
  for (let bin = 0; bin < events.length; bin++) {
    if (events[bin] === 0 && nonEvents[bin] === 0) continue
    caught += events[bin]!
    flagged += events[bin]! + nonEvents[bin]!
    sum += events[bin]! * (caught / flagged)
  }
  return sum / n1
}
