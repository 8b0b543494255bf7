import type { HealthModel, Tier } from '../model/health-model'
import { tierOf } from '../model/tier'

/** The customers behind the misses, as rows, the most surprising first. */
export interface Misses {
  /** Events in the safest tier: green churners. */
  readonly missed: readonly number[]
  /** Non-events in the riskiest tier: red keepers. */
  readonly spared: readonly number[]
}

/**
 * Whom the score is most wrong about. Customers of one score keep the order of the file; one tier alone has no misses.
 * @param scores in hundredths per row, NOT_SCORED where there is none
 * @param outcome per row 1 event, 0 non-event, else not known
 */
export function misses(
  scores: Uint16Array,
  outcome: Uint8Array,
  { tiers, objective }: { readonly tiers: readonly Tier[]; readonly objective: HealthModel['objective'] },
): Misses {
  if (tiers.length < 2) return { missed: [], spared: [] }
  const [riskiest, safest] = objective === 'churn' ? [0, tiers.length - 1] : [tiers.length - 1, 0]
  const rowsIn = (tier: number, happened: number): number[] => {
    const upwards = tier === 0 ? 1 : -1
    return Array.from(scores.keys())
      .filter((row) => outcome[row] === happened && tierOf(scores[row]!, tiers) === tier)
      .sort((a, b) => upwards * (scores[a]! - scores[b]!) || a - b)
  }
  return { missed: rowsIn(safest, 1), spared: rowsIn(riskiest, 0) }
}
