import type { HealthModel } from '../model/health-model'
import { auc, type Auc } from './auc'
import type { CustomerRows, EachOnce } from './customer-rows'
import { atCut } from './cut'
import type { OutcomeHistogram } from './outcome-histogram'
import { BINS, riskiestBins } from './score-histogram'
import { tooFew } from './too-few'
import type { Interval } from './wilson'

/** How the score does among the customers of one group: a segment, or an as-of date. */
export interface GroupFigures {
  /** Scored customers with a known outcome, and those of them with the event. */
  readonly customers: number
  readonly events: number
  /** Under ten customers of an outcome, each counted once: too few to judge. */
  readonly few: boolean
  readonly rate: number | undefined
  readonly auc: Auc
  /** Share of the events that the cut flags. */
  readonly recall: number | undefined
  readonly recallInterval: Interval | undefined
  /** Under 30 customers or 5 events: too few to lean on. */
  readonly faint: boolean
}

/** Rows in numbered groups. */
export interface GroupedRows {
  /** Per row, 0…groups − 1; `groups` or more for a row of none. */
  readonly group: Uint8Array
  readonly groups: number
}

/** Most groups that are told apart. */
export const MOST_GROUPS = 255

/** Rows whose outcome is known, and the outcome of every row: 1 event, 0 non-event. */
interface Outcomes {
  readonly judged: Uint32Array
  readonly outcome: Uint8Array
  /** The same rows by customer, where customers repeat. */
  readonly customers?: CustomerRows | undefined
}

/**
 * The figures of every group, in one pass over the judged rows.
 * @param scores in hundredths per row, NOT_SCORED where there is none
 * @param cut the score that customers on the risky side of are flagged, 0…100
 */
export function groupFigures(
  scores: Uint16Array,
  outcomes: Outcomes,
  grouped: GroupedRows,
  { cut, objective }: { readonly cut: number; readonly objective: HealthModel['objective'] },
): GroupFigures[] {
  const { judged, outcome } = outcomes
  const { group, groups } = grouped
  const bins = BINS
  const counts = new Uint32Array(2 * groups * bins)
  for (let i = 0; i < judged.length; i++) {
    const row = judged[i]!
    const own = group[row]!
    const score = scores[row]!
    if (own >= groups || score >= bins) continue
    counts[(2 * own + outcome[row]!) * bins + score]!++
  }
  const side = (index: number): Uint32Array => {
    const own = counts.subarray(index * bins, (index + 1) * bins)
    return objective === 'churn' ? own : own.toReversed()
  }
  const each = outcomes.customers && eachOncePerGroup(scores, outcomes.customers, outcome, grouped)
  return Array.from({ length: groups }, (_, own) =>
    figuresOf({ nonEvents: side(2 * own), events: side(2 * own + 1) }, riskiestBins(cut, objective), each?.[own]),
  )
}

/** The scored customers of every group by outcome, each counted once. */
function eachOncePerGroup(
  scores: Uint16Array,
  { rows, starts }: CustomerRows,
  outcome: Uint8Array,
  { group, groups }: GroupedRows,
): EachOnce[] {
  const bins = BINS
  const [counts, counted] = [new Uint32Array(2 * groups), new Uint32Array(2 * groups)]
  for (let customer = 1; customer < starts.length; customer++) {
    for (let i = starts[customer - 1]!; i < starts[customer]!; i++) {
      const row = rows[i]!
      const own = group[row]!
      if (own >= groups || scores[row]! >= bins) continue
      const at = 2 * own + outcome[row]!
      counts[at]! += Number(counted[at] !== customer)
      counted[at] = customer
    }
  }
  return Array.from({ length: groups }, (_, own) => ({ events: counts[2 * own + 1]!, nonEvents: counts[2 * own]! }))
}

function figuresOf(histogram: OutcomeHistogram, bins: number, each: EachOnce | undefined): GroupFigures {
  const { caught, missed, falseAlarms, leftInPeace, recall, recallInterval } = atCut(histogram, bins)
  const events = caught + missed
  const customers = events + falseAlarms + leftInPeace
  return {
    customers,
    events,
    few: tooFew(each?.events ?? events, each?.nonEvents ?? customers - events),
    rate: customers === 0 ? undefined : events / customers,
    auc: auc(histogram),
    recall,
    recallInterval,
    faint: customers < 30 || events < 5,
  }
}

/**
 * The largest groups of judged rows, the largest first; of equals the one of the lower number.
 * @param code per row, 0…codes − 1
 * @returns per group its code, and the rows by group
 */
export function largestGroups(
  code: Uint16Array,
  codes: number,
  outcome: Uint8Array,
  most: number,
): { readonly codes: readonly number[]; readonly rows: GroupedRows; readonly others: number } {
  const counts = new Uint32Array(codes)
  for (let row = 0; row < code.length; row++) if (outcome[row]! <= 1 && code[row]! < codes) counts[code[row]!]!++
  const held = [...counts.keys()].filter((each) => counts[each]! > 0).sort((a, b) => counts[b]! - counts[a]! || a - b)
  const kept = held.slice(0, most)
  const groupOf = new Uint8Array(65_536).fill(MOST_GROUPS)
  for (const [group, each] of kept.entries()) groupOf[each] = group
  const group = new Uint8Array(code.length)
  for (let row = 0; row < code.length; row++) group[row] = groupOf[code[row]!]!
  return { codes: kept, rows: { group, groups: kept.length }, others: held.length - kept.length }
}
