import type { HealthModel, Tier } from '../model/health-model'
import { NOT_SCORED } from '../scoring/reference'
import { MOVE_BINS } from './moves'
import { BINS, CLASS_COUNT, inRiskOrder, PART_CLASSES, type Part } from './score-histogram'
import type { Reweighed } from './sensitivity'
import { tierBins } from './tiers'

/**
 * A group per customer that tells both the class and today's tier: class + CLASS_COUNT · tier, where whoever is
 * not scored comes after the last tier. Counted by other scores, it
 * gives their separation and who changes tier in one pass.
 * @param scores today's, in hundredths per row, NOT_SCORED where there is none
 * @param classes index into CLASSES per row
 */
export function tierGroups(scores: Uint16Array, classes: Uint8Array, tiers: readonly Tier[]): Uint8Array {
  const first = new Uint8Array(NOT_SCORED + 1).fill(CLASS_COUNT * tiers.length)
  for (const [tier, { first: from, last }] of tierBins(tiers).entries()) first.fill(CLASS_COUNT * tier, from, last + 1)
  const groups = new Uint8Array(classes.length)
  for (let row = 0; row < groups.length; row++) groups[row] = classes[row]! + first[scores[row]!]!
  return groups
}

/**
 * What such counts say of a part.
 * @param counts group × MOVE_BINS + bin
 * @param customers all of them
 */
export function reweighedOf(
  counts: Uint32Array,
  part: Part,
  { tiers, objective }: { readonly tiers: readonly Tier[]; readonly objective: HealthModel['objective'] },
  customers: number,
): Reweighed {
  const [bins, classCount, scores] = [MOVE_BINS, CLASS_COUNT, BINS]
  const judged = { events: new Uint32Array(scores), nonEvents: new Uint32Array(scores) }
  const { events, nonEvents } = PART_CLASSES[part]
  let kept = 0
  const ranges = [...tierBins(tiers), { first: scores, last: scores }]
  for (const [tier, { first, last }] of ranges.entries()) {
    for (let index = 0; index < classCount; index++) {
      const from = (index + classCount * tier) * bins
      for (let at = from + first; at <= from + last; at++) kept += counts[at]!
      const side = events.includes(index) ? judged.events : nonEvents.includes(index) ? judged.nonEvents : undefined
      if (side) for (let bin = 0; bin < scores; bin++) side[bin]! += counts[from + bin]!
    }
  }
  return { histogram: inRiskOrder(judged, objective), changedTier: customers - kept }
}
