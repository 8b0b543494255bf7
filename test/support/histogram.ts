import fc from 'fast-check'
import type { OutcomeHistogram } from '../../src/core/backtest/outcome-histogram'

/** Events and non-events per bin, riskiest first. */
export function histogram(events: readonly number[], nonEvents: readonly number[]): OutcomeHistogram {
  return { events: Float64Array.from(events), nonEvents: Float64Array.from(nonEvents) }
}

/** Histograms of a few bins, some of them empty, some of one outcome alone, some of nobody. */
export const histograms = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 30 })
  .map((bins) => histogram(bins.map(([e]) => e), bins.map(([, o]) => o))) // prettier-ignore
