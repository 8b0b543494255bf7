import type { Tier } from '../model/health-model'
import { BINS } from './score-histogram'
import { tierBins } from './tiers'

/** Bins of a histogram that also counts who is not scored: one per hundredth of a score, then that one. */
export const MOVE_BINS = BINS + 1

/** Most tiers of a model, and one more for whoever is not scored. */
export const MOVE_TIERS = 8

const NO_TIER = MOVE_TIERS - 1

/** The tier of every bin, riskiest 0; the last bin, of whoever is not scored, has a tier of its own. */
export function tierPerBin(tiers: readonly Tier[]): Uint8Array {
  const tierOf = new Uint8Array(MOVE_BINS).fill(NO_TIER)
  for (const [i, { first, last }] of tierBins(tiers).entries()) tierOf.fill(i, first, last + 1)
  return tierOf
}

/**
 * Customers that are in another tier than they were; whoever was or is not scored counts as a tier of its own. Those who
 * stayed are subtracted from everybody: they are in as many bins as there are, the others in many times that.
 * @param moves customers per tier that they were in and bin that they are in now: tier × MOVE_BINS + bin
 * @param customers how many there are
 */
export function changedTier(moves: Uint32Array, tiers: readonly Tier[], customers: number): number {
  let stayed = moves[NO_TIER * MOVE_BINS + BINS]!
  // A tier that the model no longer has is nobody's now.
  for (const [tier, { first, last }] of tierBins(tiers).entries()) {
    for (let at = tier * MOVE_BINS + first; at <= tier * MOVE_BINS + last; at++) stayed += moves[at]!
  }
  return customers - stayed
}
