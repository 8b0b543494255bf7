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
 * Customers that are in another tier than they were; whoever was or is not scored counts as a tier of its own.
 * @param moves customers per tier that they were in and bin that they are in now: tier × MOVE_BINS + bin
 */
export function changedTier(moves: Uint32Array, tiers: readonly Tier[]): number {
  const ranges = tierBins(tiers)
  const sum = (before: number, from: number, to: number): number => {
    let customers = 0
    for (let at = before * MOVE_BINS + from; at < before * MOVE_BINS + to; at++) customers += moves[at]!
    return customers
  }
  let changed = sum(NO_TIER, 0, BINS)
  for (let before = 0; before < NO_TIER; before++) {
    // A tier that the model no longer has is nobody's now.
    const { first, last } = ranges[before] ?? { first: MOVE_BINS, last: MOVE_BINS - 1 }
    changed += sum(before, 0, first) + sum(before, last + 1, MOVE_BINS)
  }
  return changed
}
