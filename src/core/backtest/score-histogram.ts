import { hundredths } from '../scoring/scale'
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

export const PARTS = ['training', 'holdout', 'all'] as const
export type Part = (typeof PARTS)[number]

/** The classes of a part, by outcome. */
export const PART_CLASSES: Readonly<
  Record<Part, { readonly events: readonly number[]; readonly nonEvents: readonly number[] }>
> = {
  training: { events: [CLASSES.trainingEvent], nonEvents: [CLASSES.trainingStayed] },
  holdout: { events: [CLASSES.holdoutEvent], nonEvents: [CLASSES.holdoutStayed] },
  all: {
    events: [CLASSES.trainingEvent, CLASSES.holdoutEvent],
    nonEvents: [CLASSES.trainingStayed, CLASSES.holdoutStayed],
  },
}

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
  return inRiskOrder({ events, nonEvents }, objective)
}

/**
 * Scores or points with a known outcome, counted in the same order of bins.
 * @param scores in hundredths per row; 65535, not scored or no points, is left out
 * @param outcome per row 1 event, 0 non-event; other rows are left out
 */
export function countOutcomesPerScore(
  scores: Uint16Array,
  outcome: Uint8Array,
  objective: 'churn' | 'expand',
): OutcomeHistogram {
  const none = 65535
  const [nonEvents, events] = [new Uint32Array(BINS), new Uint32Array(BINS)]
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (score === none) continue
    if (outcome[row] === 1) events[score]!++
    else if (outcome[row] === 0) nonEvents[score]!++
  }
  return inRiskOrder({ events, nonEvents }, objective)
}

/** Counts per rising score in the order of risk: as they are for churn, turned round for expansion. */
export function inRiskOrder<Counts extends Uint32Array | Float64Array>(
  { events, nonEvents }: { readonly events: Counts; readonly nonEvents: Counts },
  objective: 'churn' | 'expand',
) {
  return objective === 'churn'
    ? { events, nonEvents }
    : { events: events.toReversed() as Counts, nonEvents: nonEvents.toReversed() as Counts }
}

function sum(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.map((count, i) => count + b[i]!)
}

/** Revenue per bin in hundredths, of the customers with the event and of those without. */
export interface OutcomeRevenue {
  readonly events: Float64Array
  readonly nonEvents: Float64Array
}

/** The revenue of the customers that `partHistogram` counts, in the same order of bins. */
export function partRevenue({ revenue }: ScoreHistogram, part: Part, objective: 'churn' | 'expand'): OutcomeRevenue {
  const { trainingEvent, trainingStayed, holdoutEvent, holdoutStayed } = CLASSES
  const of = (training: number, holdout: number): Float64Array => {
    if (part !== 'all') return ofClass(revenue, part === 'training' ? training : holdout)
    const added = ofClass(revenue, holdout)
    return ofClass(revenue, training).map((amount, bin) => amount + added[bin]!)
  }
  const [events, nonEvents] = [of(trainingEvent, holdoutEvent), of(trainingStayed, holdoutStayed)]
  return inRiskOrder({ events, nonEvents }, objective)
}

/** Scores as bins in the order of risk, whoever is not scored in none; a view where the order is that of the scores. */
export function riskBins(scores: Uint16Array, objective: 'churn' | 'expand'): Uint16Array {
  if (objective === 'churn') return scores
  const [none, top] = [65535, BINS - 1]
  return scores.map((score) => (score === none ? none : top - score))
}

/** How many of the riskiest bins a cut flags: those below it for churn, those from it up for expansion. @param cut 0…100 */
export function riskiestBins(cut: number, objective: 'churn' | 'expand'): number {
  return objective === 'churn' ? hundredths(cut) : BINS - hundredths(cut)
}

/** The risk of each bin of `partHistogram`: the score turned round for churn, the score for expansion; falling. */
export function scoreRisks(objective: 'churn' | 'expand'): Float64Array {
  const top = objective === 'churn' ? 0 : (BINS - 1) / 100
  const risks = new Float64Array(BINS)
  for (let bin = 0; bin < risks.length; bin++) risks[bin] = top - bin / 100
  return risks
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
