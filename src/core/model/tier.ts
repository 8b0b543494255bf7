import { NOT_SCORED } from '../scoring/reference'
import { hundredths } from '../scoring/scale'
import { setTierFrom } from './edit'
import type { HealthModel, Tier } from './health-model'

/** The tier that a score falls in: the last one that starts at or below it; −1 for whoever is not scored. */
export function tierOf(score: number, tiers: readonly Tier[]): number {
  return score === NOT_SCORED ? -1 : tiers.findLastIndex(({ from }) => score >= hundredths(from))
}

/** Which tier the model flags up to: customers below where it starts are flagged. The second one unless it says another. */
function actingTier({ tiers, actBelow }: Pick<HealthModel, 'tiers' | 'actBelow'>): number {
  const named = tiers.findIndex(({ name }) => name === actBelow)
  return named > 0 ? named : Math.min(1, tiers.length - 1)
}

/** The score below which customers are flagged, 0…100. */
export function actingCut(model: Pick<HealthModel, 'tiers' | 'actBelow'>): number {
  return model.tiers[actingTier(model)]?.from ?? 0
}

/**
 * Why a score cannot be the cut that customers are flagged at, since tiers cannot cross: the tier it would pass;
 * undefined when it can.
 */
export function cutBlockedBy(model: Pick<HealthModel, 'tiers' | 'actBelow'>, cut: number): Tier | undefined {
  const index = actingTier(model)
  const [below, above] = [model.tiers[index - 1], model.tiers[index + 1]]
  if (above && cut >= above.from) return above
  return below && cut <= below.from ? below : undefined
}

/** The model with another cut; the caller has checked that no tier blocks it. */
export function withActingCut(model: HealthModel, cut: number): HealthModel {
  return setTierFrom(model, actingTier(model), cut)
}
