import type { Plan } from '../src/core/scoring/reference'
import type { Handle } from './scorer'

/** Most rows that a reweigher takes at a time: what is kept of them stays in a processor's cache. */
export const CHUNK = 16_384

/** Whom a reweigher counts. */
export interface Reweighing {
  /** Per row 1 event, 0 non-event; other rows change tiers, and are not judged. */
  readonly outcome: Uint8Array
  /** The scores in hundredths, rising, from which each tier but the lowest starts. */
  readonly cuts: readonly number[]
  /** How many weights are counted apart, at most SLOTS. */
  readonly slots: number
}

/** One metric of a plan with another weight. */
export interface OtherWeight {
  /** Index into the plan's points. */
  readonly metric: number
  /** In hundredths, of every run; at most 32,767. */
  readonly weight: number
  /** Least weight that a customer then needs values for, of every run. */
  readonly minDen: number
}

/** What other weights make of everybody that was taken. */
export interface OtherScores {
  /** Judged customers per score. Views, valid until the next call. */
  readonly events: Uint32Array
  readonly nonEvents: Uint32Array
  /** Customers, judged or not, in another tier than by the plan; not being scored counts as one. */
  readonly changedTier: number
}

/**
 * Counts what everybody scores when one metric weighs something else. num and den are sums over the metrics, so the plan's
 * are made once and each weight that is tried adds only what its own metric changes: the scores are those of the
 * plan with that weight, bit for bit.
 */
export interface Reweigher {
  /**
   * Takes the CHUNK rows from `start` on, or those that are left, under a plan.
   * @param start a multiple of CHUNK
   */
  readonly take: (plan: Plan<Handle>, start: number) => void
  /** Counts those rows with another weight. @param slot where they are added up, 0…slots − 1 */
  readonly count: (slot: number, other: OtherWeight) => void
  readonly counted: (slot: number) => OtherScores
}

/** Most weights that are counted apart: their counts take 6 MB. */
export const SLOTS = 75
