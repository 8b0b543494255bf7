import type { HealthModel, Tier } from '../model/health-model'
import { changedTier, MOVE_BINS, MOVE_TIERS, tierPerBin } from './moves'
import { BINS, CLASS_COUNT, partOf, type Part } from './score-histogram'
import type { Reweighed } from './sensitivity'

/**
 * A group per customer that tells both the class and today's tier: class + CLASS_COUNT · tier. Counted by other scores, it
 * gives their separation and who changes tier in one pass.
 * @param scores today's, in hundredths per row, NOT_SCORED where there is none
 * @param classes index into CLASSES per row
 */
export function tierGroups(scores: Uint16Array, classes: Uint8Array, tiers: readonly Tier[]): Uint8Array {
  const [tierOf, last, classCount] = [tierPerBin(tiers), BINS, CLASS_COUNT]
  const groups = new Uint8Array(classes.length)
  for (let row = 0; row < groups.length; row++) {
    groups[row] = classes[row]! + classCount * tierOf[Math.min(scores[row]!, last)]!
  }
  return groups
}

/** What such counts say of a part. @param counts group × MOVE_BINS + bin */
export function reweighedOf(
  counts: Uint32Array,
  part: Part,
  { tiers, objective }: { readonly tiers: readonly Tier[]; readonly objective: HealthModel['objective'] },
): Reweighed {
  const [bins, classCount, tierCount] = [MOVE_BINS, CLASS_COUNT, MOVE_TIERS]
  const moves = new Uint32Array(tierCount * bins)
  const classes = new Uint32Array(classCount * BINS)
  for (let tier = 0; tier < tierCount; tier++) {
    for (let index = 0; index < classCount; index++) {
      const own = counts.subarray((index + classCount * tier) * bins)
      const [toMoves, toClass] = [tier * bins, index * (bins - 1)]
      for (let bin = 0; bin < bins; bin++) moves[toMoves + bin]! += own[bin]!
      for (let bin = 0; bin < bins - 1; bin++) classes[toClass + bin]! += own[bin]!
    }
  }
  return { histogram: partOf(classes, part, objective), changedTier: changedTier(moves, tiers) }
}
