import { chiSquareQuantile } from './chi-square'
import { customersPerBin, totals, type OutcomeHistogram } from './outcome-histogram'

/** How much a metric tells about the outcome, group by group, and how much luck alone would seem to tell. */
export interface InformationValue {
  /** Σ (%event − %non)·ln(%event/%non), as it is published elsewhere. */
  readonly raw: number
  /** Less its expectation under noise, (B − 1)(1/n₁ + 1/n₀); never under 0. The figure to show. */
  readonly value: number
  /** Noise stays below this 95 times in 100: χ²_{B−1,.95}·(1/n₁ + 1/n₀). */
  readonly luck: number
  /** Whether `raw` is below `luck`. */
  readonly withinLuck: boolean
  /** Groups that hold somebody: B. */
  readonly groups: number
  /** Groups without an event or without a non-event, which counted as half a customer. */
  readonly zeroCells: number
}

/**
 * The information value of counted groups of customers: the bands of a metric, or its tenths (`groupsOf`). Undefined
 * without an event, without a non-event or with fewer than two groups.
 */
export function informationValue({ events, nonEvents }: OutcomeHistogram): InformationValue | undefined {
  const { events: n1, nonEvents: n0 } = totals({ events, nonEvents })
  const held = Array.from(events.keys()).filter((i) => events[i]! + nonEvents[i]! > 0)
  if (n1 === 0 || n0 === 0 || held.length < 2) return undefined
  let raw = 0
  let zeroCells = 0
  for (const i of held) {
    if (events[i] === 0 || nonEvents[i] === 0) zeroCells++
    const had = (events[i]! || 0.5) / n1
    const without = (nonEvents[i]! || 0.5) / n0
    raw += (had - without) * Math.log(had / without)
  }
  const noise = 1 / n1 + 1 / n0
  const luck = chiSquareQuantile(held.length - 1, 0.95) * noise
  const value = Math.max(0, raw - (held.length - 1) * noise)
  return { raw, value, luck, withinLuck: raw < luck, groups: held.length, zeroCells }
}

const TENTHS = 10

/**
 * A metric's customers in at most ten groups: each bin by itself where at most ten hold anybody, as the points of
 * bands do; else tenths, where a bin stays whole and belongs to the tenth in which its middle customer lies.
 */
export function groupsOf(histogram: OutcomeHistogram): OutcomeHistogram {
  const customers = customersPerBin(histogram)
  const held = customers.reduce((count, each) => count + Number(each > 0), 0)
  const all = customers.reduce((sum, each) => sum + each, 0)
  const groups = { events: new Float64Array(TENTHS), nonEvents: new Float64Array(TENTHS) }
  let [before, own] = [0, 0]
  for (let bin = 0; bin < customers.length; bin++) {
    if (customers[bin] === 0) continue
    const tenth = Math.floor((TENTHS * (before + customers[bin]! / 2)) / all)
    const group = held <= TENTHS ? own++ : tenth
    groups.events[group]! += histogram.events[bin]!
    groups.nonEvents[group]! += histogram.nonEvents[bin]!
    before += customers[bin]!
  }
  return groups
}

/** Groups with one more: the customers for whom the metric has no value. */
export function withMissing(groups: OutcomeHistogram, events: number, nonEvents: number): OutcomeHistogram {
  return {
    events: Float64Array.of(...groups.events, events),
    nonEvents: Float64Array.of(...groups.nonEvents, nonEvents),
  }
}
