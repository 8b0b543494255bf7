import type { OutcomeHistogram } from './outcome-histogram'

/** One bin per hundredth of a score, 0…10000. */
export const BINS = 10001

/**
 * The classes that customers are counted in: by part and by outcome. A customer whose outcome is unknown or left out
 * is in no part.
 */
export const CLASSES = {
  trainingStayed: 0,
  trainingEvent: 1,
  holdoutStayed: 2,
  holdoutEvent: 3,
  unknown: 4,
} as const
export const CLASS_COUNT = 5

/** All customers of a data set, counted per score, part and outcome: everything that a figure of one model needs. */
export interface ScoreHistogram {
  /** Customers: class × BINS, so the bin of class c and score s is c·BINS + s. */
  readonly counts: Uint32Array
  /** Their revenue in hundredths, laid out alike. All 0 without a revenue column. */
  readonly revenue: Float64Array
  /** Customers that are not scored, per class. */
  readonly notScored: Uint32Array
  /** Their revenue in hundredths, per class. */
  readonly notScoredRevenue: Float64Array
}

export type Part = 'training' | 'holdout' | 'all'

/** A histogram of nobody. */
export function emptyHistogram(): ScoreHistogram {
  return {
    counts: new Uint32Array(CLASS_COUNT * BINS),
    revenue: new Float64Array(CLASS_COUNT * BINS),
    notScored: new Uint32Array(CLASS_COUNT),
    notScoredRevenue: new Float64Array(CLASS_COUNT),
  }
}

function ofClass<Counts extends Uint32Array | Float64Array>(counts: Counts, index: number): Counts {
  return counts.subarray(index * BINS, (index + 1) * BINS) as Counts
}

/**
 * The customers with a known outcome of one part, riskiest score first: rising scores for churn, falling for
 * expansion. Views where nothing has to be added or turned round.
 */
export function partHistogram({ counts }: ScoreHistogram, part: Part, objective: 'churn' | 'expand'): OutcomeHistogram {
  const { trainingEvent, trainingStayed, holdoutEvent, holdoutStayed } = CLASSES
  const events =
    part === 'all'
      ? sum(ofClass(counts, trainingEvent), ofClass(counts, holdoutEvent))
      : ofClass(counts, part === 'training' ? trainingEvent : holdoutEvent)
  const nonEvents =
    part === 'all'
      ? sum(ofClass(counts, trainingStayed), ofClass(counts, holdoutStayed))
      : ofClass(counts, part === 'training' ? trainingStayed : holdoutStayed)
  return objective === 'churn'
    ? { events, nonEvents }
    : { events: events.toReversed(), nonEvents: nonEvents.toReversed() }
}

function sum(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.map((count, i) => count + b[i]!)
}

interface Everybody {
  readonly counts: Uint32Array
  readonly revenue: Float64Array
}

/** Kept with their histogram: while a cut is dragged it stays the same. */
const everybodies = new WeakMap<ScoreHistogram, Everybody>()

/** Customers and revenue (in hundredths) of everybody, known outcome or not, per score. */
export function everybody(histogram: ScoreHistogram): Everybody {
  const known = everybodies.get(histogram)
  if (known) return known
  const { counts, revenue } = histogram
  const all = { counts: new Uint32Array(BINS), revenue: new Float64Array(BINS) }
  for (let at = 0, bin = 0; at < counts.length; at++, bin = bin === BINS - 1 ? 0 : bin + 1) {
    all.counts[bin]! += counts[at]!
    all.revenue[bin]! += revenue[at]!
  }
  everybodies.set(histogram, all)
  return all
}
