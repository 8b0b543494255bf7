import { hashId } from '../backtest/holdout'
import { compareCodePoints } from '../column/trim'
import type { HealthModel } from './health-model'

/**
 * Eight hexadecimal digits that two models share when they score everybody alike: of the metrics that are on and have a
 * weight, whatever their order, of the rules that are on, the least coverage and the as-of day. Names, notes, marks,
 * tiers and cuts are not in it.
 */
export function fingerprint({ metrics, rules, minCoverage, asOf }: HealthModel): string {
  const scoring = metrics
    .filter(({ on, weight }) => on && weight > 0)
    .map(({ column, scale, missing, weight }) => JSON.stringify([column, scale, missing, weight]))
  const acting = rules.filter(({ on }) => on).map(({ when, then }) => JSON.stringify([when, then.kind, then.points]))
  const parts = [scoring, acting].map((each) => each.sort(compareCodePoints))
  return hashId(0, JSON.stringify([...parts, minCoverage, asOf ?? '']))
    .toString(16)
    .padStart(8, '0')
}
