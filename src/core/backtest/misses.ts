import type { HealthModel, Tier } from '../model/health-model'
import type { OutcomeHistogram } from './outcome-histogram'
import { tierBins } from './tiers'

/** The customers behind the misses, as rows, the most surprising first. */
export interface Misses {
  /** Events in the safest tier: green churners, or expanders with a low score. */
  readonly missed: Missed
  /** Non-events in the riskiest tier: red keepers, or those with a high score who did not expand. */
  readonly spared: Missed
}

export interface Missed {
  /** All of them. */
  readonly customers: number
  /** As many as were asked for. */
  readonly rows: readonly number[]
}

const NOBODY: Missed = { customers: 0, rows: [] }

/** Whom a model scores how. */
interface JudgedScores {
  /** In hundredths per row, NOT_SCORED where there is none. */
  readonly scores: Uint16Array
  /** The rows whose outcome is known, in the order of the file, and the outcome of every row: 1 event, 0 non-event. */
  readonly judged: Uint32Array
  readonly outcome: Uint8Array
  /** Both counted, in the order of rising scores. */
  readonly counted: OutcomeHistogram
}

/**
 * Whom the score is most wrong about, in one pass over the judged rows. Customers of one score keep the order of the file; one
 * tier alone has no misses.
 * @param most rows of each kind
 */
export function misses(
  { scores, judged, outcome, counted }: JudgedScores,
  { tiers, objective }: { readonly tiers: readonly Tier[]; readonly objective: HealthModel['objective'] },
  most = Infinity,
): Misses {
  if (tiers.length < 2) return { missed: NOBODY, spared: NOBODY }
  const bins = tierBins(tiers)
  const [low, high] = [bins[0]!, bins.at(-1)!]
  const upwards = objective === 'churn'
  const missed = reaching(counted.events, upwards ? high : low, !upwards, most)
  const spared = reaching(counted.nonEvents, upwards ? low : high, upwards, most)
  const rows = rowsWithin({ scores, judged, outcome }, [spared, missed])
  const listed = (which: 0 | 1, { customers }: Reached, rising: boolean): Missed => {
    const own = rows[which].sort((a, b) => (rising ? 1 : -1) * (scores[a]! - scores[b]!) || a - b)
    return { customers, rows: own.slice(0, most) }
  }
  return { missed: listed(1, missed, !upwards), spared: listed(0, spared, upwards) }
}

/** The customers of a tier, and the scores from one end that hold at least so many of them, or all. */
interface Reached {
  readonly customers: number
  readonly from: number
  readonly to: number
}

function reaching(
  counts: OutcomeHistogram['events'],
  { first, last }: { readonly first: number; readonly last: number },
  upwards: boolean,
  most: number,
): Reached {
  // Of tiers whose limits cross nothing can be said.
  if (last < first) return { customers: 0, from: 1, to: 0 }
  let customers = 0
  for (let bin = first; bin <= last; bin++) customers += counts[bin]!
  let [bin, held] = [upwards ? first : last, 0]
  while (bin >= first && bin <= last && held + counts[bin]! < most) {
    held += counts[bin]!
    bin += upwards ? 1 : -1
  }
  return upwards ? { customers, from: first, to: Math.min(bin, last) } : { customers, from: Math.max(bin, first), to: last } // prettier-ignore
}

/** The rows of each outcome whose score is within that outcome's. */
function rowsWithin(
  { scores, judged, outcome }: Omit<JudgedScores, 'counted'>,
  within: readonly [Reached, Reached],
): [number[], number[]] {
  const found: [number[], number[]] = [[], []]
  const [{ from: from0, to: to0 }, { from: from1, to: to1 }] = within
  for (let i = 0; i < judged.length; i++) {
    const row = judged[i]!
    const happened = outcome[row]!
    const score = scores[row]!
    if (happened === 1 ? score >= from1 && score <= to1 : score >= from0 && score <= to0)
      found[happened as 0 | 1].push(row)
  }
  return found
}
