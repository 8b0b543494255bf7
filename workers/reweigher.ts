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
  /** Most that a weight becomes, in hundredths; at most 32,767. */
  readonly mostWeight: number
}

/** One metric of a plan with another weight. */
export interface OtherWeight {
  /** Index into the plan's points. */
  readonly metric: number
  /** In hundredths, of every run. */
  readonly weight: number
  /** Least weight that a customer then needs values for, of every run. */
  readonly minDen: number
}

/** Judged customers per score. Views, valid until the next call. */
export interface OtherScores {
  readonly events: Uint32Array
  readonly nonEvents: Uint32Array
}

/**
 * Counts what everybody scores when one metric weighs something else. num and den are sums over the metrics, so the plan's
 * are made once and each weight that is tried adds only what its own metric changes: the scores are those of the
 * plan with that weight, bit for bit.
 */
export interface Reweigher {
  /**
   * Takes the CHUNK rows from `start` on, or those that are left, under a plan; from 0 on one chunk after the other.
   * @param start a multiple of CHUNK
   */
  readonly take: (plan: Plan<Handle>, start: number) => void
  /** Of the rows that were taken last, judged or not, how many are in another tier with another weight; not being scored counts as one. */
  readonly leaving: (other: OtherWeight) => number
  /** Counts the judged rows of all that were taken with another weight. @param plan the same, wherever its columns are now */
  readonly count: (plan: Plan<Handle>, other: OtherWeight) => OtherScores
}
