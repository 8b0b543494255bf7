import type { RowGroups } from '../column/group-rows'

/** Rows with a known outcome, those of one customer after the other. */
export interface CustomerRows {
  readonly rows: Uint32Array
  /** Where each customer's rows start; at last where they end. */
  readonly starts: Uint32Array
}

/** The judged rows by customer; customers without one are left out. @param outcome per row 1 event, 0 non-event; others are left out */
export function rowsByCustomer(
  outcome: Uint8Array,
  { group, groups }: Pick<RowGroups, 'group' | 'groups'>,
): CustomerRows {
  const ends = new Uint32Array(groups)
  for (let row = 0; row < outcome.length; row++) if (outcome[row]! <= 1) ends[group[row]!]!++
  let judged = 0
  const starts: number[] = [0]
  for (let customer = 0; customer < groups; customer++) {
    const own = ends[customer]!
    ends[customer] = judged
    judged += own
    if (own > 0) starts.push(judged)
  }
  const rows = new Uint32Array(judged)
  for (let row = 0; row < outcome.length; row++) if (outcome[row]! <= 1) rows[ends[group[row]!]!++] = row
  return { rows, starts: Uint32Array.from(starts) }
}

/** Customers with an event, and with a non-event; one with rows of both is among both. */
export interface EachOnce {
  readonly events: number
  readonly nonEvents: number
}

/** Counts each customer once. @param outcome per row 1 event, 0 non-event */
export function eachOnce({ rows, starts }: CustomerRows, outcome: ArrayLike<number>): EachOnce {
  const found: [nonEvents: number, events: number] = [0, 0]
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    let has = 0
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) has |= 1 << outcome[rows[i]!]!
    found[0] += has & 1
    found[1] += (has >> 1) & 1
  }
  return { events: found[1], nonEvents: found[0] }
}
