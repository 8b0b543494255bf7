import { aucPoint } from './auc'
import type { OutcomeHistogram } from './outcome-histogram'

/** What other weights make of everybody. */
export interface Reweighed {
  /** The judged customers, riskiest first. */
  readonly histogram: OutcomeHistogram
  /** Customers, of all, who are in another tier than by the weights as they are; not being scored counts as one. */
  readonly changedTier: number
}

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

/** The weights that a metric is tried with, in hundredths. */
export interface TriedWeights {
  /** 0: the whole score without the metric. */
  readonly without: number
  /** A fifth lower and a fifth higher, rounded to hundredths. */
  readonly lower: number
  readonly higher: number
}

/** @param weight in hundredths */
export function triedWeights(weight: number): TriedWeights {
  return { without: 0, lower: Math.round(weight * (1 - FIFTH)), higher: Math.round(weight * (1 + FIFTH)) }
}

/** What other weights make of the model as it is. */
export function reweighted({ customers, auc: before }: Today, { histogram, changedTier }: Reweighed): Reweighted {
  const after = aucPoint(histogram)
  return {
    auc: after,
    difference: before === undefined || after === undefined ? undefined : after - before,
    changedTier: customers === 0 ? undefined : changedTier / customers,
  }
}
