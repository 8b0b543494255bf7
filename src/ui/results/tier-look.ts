import type { Tier } from '../../core/model/health-model'
import { upTo } from '../../core/figure'
import { hundredths } from '../../core/scoring/scale'
import type { IconName } from '../parts/icon'

/** How a tier looks: its colour and its shape. The lowest is at risk, the highest healthy, all between are watched. */
export type TierLook = 'risk' | 'watch' | 'healthy'

export function tierLook(index: number, tiers: number): TierLook {
  return index === 0 ? 'risk' : index === tiers - 1 ? 'healthy' : 'watch'
}

export const TIER_ICONS: Readonly<Record<TierLook, IconName>> = {
  risk: 'tier-risk',
  watch: 'tier-watch',
  healthy: 'tier-healthy',
}

/** The scores of a tier as people say them: "41–70", "71–100", "41.5–70.99". */
export function tierSpan(tiers: readonly Tier[], index: number): string {
  const { from } = tiers[index]!
  const next = tiers[index + 1]
  if (!next) return `${upTo(from, 2)}–100`
  const whole = Number.isInteger(next.from) && Number.isInteger(from)
  return `${upTo(from, 2)}–${whole ? next.from - 1 : upTo((hundredths(next.from) - 1) / 100, 2)}`
}
