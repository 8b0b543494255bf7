import { totals, type OutcomeHistogram } from './outcome-histogram'

/** The normal quantile of 97.5%. */
export const Z95 = 1.959963984540054

/** How well a ranked risk separates events from non-events. Fields are undefined where they do not exist. */
export interface Auc {
  /** 0…1; undefined when there is no event or no non-event. */
  readonly auc: number | undefined
  /** Variance of the AUC; undefined with fewer than two events or two non-events. */
  readonly variance: number | undefined
  /** Ends of the 95% interval, clamped to 0…1; undefined where there is none. */
  readonly low: number | undefined
  readonly high: number | undefined
  /** Whether it separates completely: AUC 0 or 1 with variance 0, which no interval is honest about. */
  readonly complete: boolean
}

const NONE: Auc = { auc: undefined, variance: undefined, low: undefined, high: undefined, complete: false }

/**
 * The chance that a random event is riskier than a random non-event, ties counting half, with DeLong's variance and
 * 95% interval (DeLong et al. 1988): S₁₀/n₁ + S₀₁/n₀ of the placements, each centred, with n − 1. One pass over the
 * bins per moment; counts are float64, so n₁·n₀ = 2.5·10¹¹ is exact.
 * @example auc(histogramOf([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])) // auc 0.75, variance 0.125
 */
export function auc(histogram: OutcomeHistogram): Auc {
  const { events: n1, nonEvents: n0 } = totals(histogram)
  if (n1 === 0 || n0 === 0) return NONE
  const value = pairsWon(histogram, n0) / (n1 * n0)
  if (n1 < 2 || n0 < 2) return { ...NONE, auc: value }
  return withInterval(value, placementVariance(histogram, value, n1, n0))
}

/** The AUC alone, which takes a third of the time; undefined when there is no event or no non-event. */
export function aucPoint(histogram: OutcomeHistogram): number | undefined {
  const { events: n1, nonEvents: n0 } = totals(histogram)
  return n1 === 0 || n0 === 0 ? undefined : pairsWon(histogram, n0) / (n1 * n0)
}

/** An AUC with the interval that its variance gives. */
export function withInterval(value: number, variance: number): Auc {
  const complete = variance === 0 && (value === 0 || value === 1)
  if (complete) return { auc: value, variance, low: undefined, high: undefined, complete }
  const half = Z95 * Math.sqrt(variance)
  return { auc: value, variance, low: Math.max(0, value - half), high: Math.min(1, value + half), complete }
}

/** Pairs in which the event is riskier, ties as half. */
function pairsWon({ events, nonEvents }: OutcomeHistogram, n0: number): number {
  let won = 0
  let safer = n0
  for (let bin = 0; bin < events.length; bin++) {
    const tied = nonEvents[bin]!
    safer -= tied
    won += events[bin]! * (safer + tied / 2)
  }
  return won
}

function placementVariance({ events, nonEvents }: OutcomeHistogram, value: number, n1: number, n0: number): number {
  let s10 = 0
  let s01 = 0
  let saferNonEvents = n0
  let riskierEvents = 0
  for (let bin = 0; bin < events.length; bin++) {
    const e = events[bin]!
    const o = nonEvents[bin]!
    saferNonEvents -= o
    const ofEvent = (saferNonEvents + o / 2) / n0 - value
    const ofOther = (riskierEvents + e / 2) / n1 - value
    s10 += e * (ofEvent * ofEvent)
    s01 += o * (ofOther * ofOther)
    riskierEvents += e
  }
  return s10 / (n1 - 1) / n1 + s01 / (n0 - 1) / n0
}
