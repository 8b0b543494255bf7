import { NOT_SCORED } from '../scoring/reference'
import { hundredths } from '../scoring/scale'
import { setTierFrom } from './edit'
import type { HealthModel, Tier } from './health-model'

/** The tier that a score falls in: the last one that starts at or below it; −1 for whoever is not scored. */
export function tierOf(score: number, tiers: readonly Tier[]): number {
  return score === NOT_SCORED ? -1 : tiers.findLastIndex(({ from }) => score >= hundredths(from))
}

/** What says which customers are flagged. */
type Acting = Pick<HealthModel, 'tiers' | 'actBelow' | 'objective'>

/**
 * Which tier's start is the cut. Unless the model names another it flags one tier: the lowest where low scores are at risk,
 * so the second one starts at the cut; the highest where high ones are expected to buy.
 */
function actingTier({ tiers, actBelow, objective }: Acting): number {
  const named = tiers.findIndex(({ name }) => name === actBelow)
  if (named > 0) return named
  return objective === 'churn' ? Math.min(1, tiers.length - 1) : tiers.length - 1
}

/** The score below which customers are flagged, 0…100; from which up they are, where a high score means expansion. */
export function actingCut(model: Acting): number {
  return model.tiers[actingTier(model)]?.from ?? 0
}

/**
 * Why a score cannot be the cut that customers are flagged at, since tiers cannot cross: the tier it would pass;
 * undefined when it can.
 */
export function cutBlockedBy(model: Acting, cut: number): Tier | undefined {
  const index = actingTier(model)
  const [below, above] = [model.tiers[index - 1], model.tiers[index + 1]]
  if (above && cut >= above.from) return above
  return below && cut <= below.from ? below : undefined
}

/** The model with another cut; the caller has checked that no tier blocks it. */
export function withActingCut(model: HealthModel, cut: number): HealthModel {
  return setTierFrom(model, actingTier(model), cut)
}
