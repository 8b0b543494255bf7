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
