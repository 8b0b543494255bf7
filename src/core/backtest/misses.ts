import type { HealthModel, Tier } from '../model/health-model'
import { tierBins } from './tiers'

/** The customers behind the misses, as rows, the most surprising first. */
export interface Misses {
  /** Events in the safest tier: green churners. */
  readonly missed: Missed
  /** Non-events in the riskiest tier: red keepers. */
  readonly spared: Missed
}

export interface Missed {
  /** All of them. */
  readonly customers: number
  /** As many as were asked for. */
  readonly rows: readonly number[]
}

const NOBODY: Missed = { customers: 0, rows: [] }

/**
 * Whom the score is most wrong about. Customers of one score keep the order of the file; one tier alone has no misses.
 * @param scores in hundredths per row, NOT_SCORED where there is none
 * @param outcome per row 1 event, 0 non-event, else not known
 * @param most rows of each kind
 */
export function misses(
  scores: Uint16Array,
  outcome: Uint8Array,
  { tiers, objective }: { readonly tiers: readonly Tier[]; readonly objective: HealthModel['objective'] },
  most = Infinity,
): Misses {
  if (tiers.length < 2) return { missed: NOBODY, spared: NOBODY }
  const bins = tierBins(tiers)
  const [low, high] = [bins[0]!, bins.at(-1)!]
  const upwards = objective === 'churn'
  return {
    missed: extremes(scores, outcome, { happened: 1, ...(upwards ? high : low), upwards: !upwards, most }),
    spared: extremes(scores, outcome, { happened: 0, ...(upwards ? low : high), upwards, most }),
  }
}

interface Wanted {
  readonly happened: 0 | 1
  /** Scores of the tier. */
  readonly first: number
  readonly last: number
  /** Whether the lowest scores surprise most. */
  readonly upwards: boolean
  readonly most: number
}

function extremes(scores: Uint16Array, outcome: Uint8Array, wanted: Wanted): Missed {
  const { happened, first, last, upwards, most } = wanted
  // Of tiers whose limits cross nothing can be said.
  if (last < first) return NOBODY
  const counts = new Uint32Array(last - first + 1)
  let customers = 0
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (outcome[row] !== happened || score < first || score > last) continue
    counts[score - first]!++
    customers++
  }
  const [from, to] = reaching(counts, upwards, most).map((bin) => bin + first) as [number, number]
  const rows: number[] = []
  for (let row = 0; row < scores.length; row++) {
    if (outcome[row] === happened && scores[row]! >= from && scores[row]! <= to) rows.push(row)
  }
  rows.sort((a, b) => (upwards ? 1 : -1) * (scores[a]! - scores[b]!) || a - b)
  return { customers, rows: rows.slice(0, most) }
}

/** The bins from one end that hold at least so many, or all of them. */
function reaching(counts: Uint32Array, upwards: boolean, most: number): [number, number] {
  let [bin, held] = [upwards ? 0 : counts.length - 1, 0]
  const step = upwards ? 1 : -1
  while (held + counts[bin]! < most && counts[bin + step] !== undefined) {
    held += counts[bin]!
    bin += step
  }
  return upwards ? [0, bin] : [bin, counts.length - 1]
}
