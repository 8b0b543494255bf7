import { aucPoint } from './auc'
import type { OutcomeHistogram } from './outcome-histogram'

/** A model with other weights, against the model as it is. */
export interface Reweighted {
  /** Of the whole score; undefined without an event or a non-event. */
  readonly auc: number | undefined
  /** Less that of the model as it is. */
  readonly difference: number | undefined
}

/** The same, and how many it moves. */
interface Moving extends Reweighted {
  /** Share of the customers who are in another tier, 0…1; not being scored counts as one. Undefined for nobody. */
  readonly changedTier: number | undefined
}

export interface MetricSensitivity {
  /** With the metric's weight a fifth lower and a fifth higher. */
  readonly lower: Moving
  readonly higher: Moving
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

/** What other weights make of the model as it is. @param histogram the judged customers by them, riskiest first */
export function reweighted({ auc: before }: Today, histogram: OutcomeHistogram): Reweighted {
  const after = aucPoint(histogram)
  return { auc: after, difference: before === undefined || after === undefined ? undefined : after - before }
}

/** The share of all customers. */
export function shareOf(customers: number, today: Today): number | undefined {
  return today.customers === 0 ? undefined : customers / today.customers
}
