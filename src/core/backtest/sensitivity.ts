import { auc } from './auc'
import type { OutcomeHistogram } from './outcome-histogram'

/** What other weights make of everybody. */
export interface Reweighed {
  /** The judged customers, riskiest first. */
  readonly histogram: OutcomeHistogram
  /** Customers, of all, who are in another tier than by the weights as they are; not being scored counts as one. */
  readonly changedTier: number
}

/** Scores everybody with other weights, hundredths per metric. */
export type Reweigh = (weights: readonly number[]) => Reweighed

/** A model with other weights, against the model as it is. */
export interface Reweighted {
  /** Of the whole score; undefined without an event or a non-event. */
  readonly auc: number | undefined
  /** Less that of the model as it is. */
  readonly difference: number | undefined
  /** Share of the customers who are in another tier, 0…1. Undefined for nobody. */
  readonly changedTier: number | undefined
}

export interface MetricSensitivity {
  /** With the metric's weight a fifth lower and a fifth higher. */
  readonly lower: Reweighted
  readonly higher: Reweighted
}

/** The model as it is. */
export interface Today {
  /** All of them. */
  readonly customers: number
  readonly auc: number | undefined
}

const FIFTH = 0.2

/**
 * How much hangs on each weight: the score with it 20% lower and 20% higher, rounded to hundredths, the others as they
 * are. Yields the share done, 0…1.
 * @param weights of the metrics that are on, in hundredths
 */
export function* sensitivity(
  weights: readonly number[],
  reweigh: Reweigh,
  { customers, auc: today }: Today,
): Generator<number, MetricSensitivity[]> {
  const found: MetricSensitivity[] = []
  for (const [metric, weight] of weights.entries()) {
    const by = (factor: number): Reweighted =>
      against(today, reweigh(weights.with(metric, Math.round(weight * factor))), customers)
    yield metric / weights.length
    const lower = by(1 - FIFTH)
    yield (metric + 0.5) / weights.length
    found.push({ lower, higher: by(1 + FIFTH) })
  }
  return found
}

/** What each metric adds: the whole score without it. Yields the share done, 0…1. */
export function* withoutEach(
  weights: readonly number[],
  reweigh: Reweigh,
  { customers, auc: today }: Today,
): Generator<number, Reweighted[]> {
  const found: Reweighted[] = []
  for (const metric of weights.keys()) {
    yield metric / weights.length
    found.push(against(today, reweigh(weights.with(metric, 0)), customers))
  }
  return found
}

function against(before: number | undefined, reweighed: Reweighed, customers: number): Reweighted {
  const after = auc(reweighed.histogram).auc
  return {
    auc: after,
    difference: before === undefined || after === undefined ? undefined : after - before,
    changedTier: customers === 0 ? undefined : reweighed.changedTier / customers,
  }
}
