import { columnNamed, type Table } from '../column/column'
import { groupRows } from '../column/group-rows'
import type { Roles } from '../model/health-model'

/** Rows that are of one customer on one day. */
export interface RepeatedCustomers {
  /** Per row the number of its customer and day, in the order they first appear; rows without an ID stand alone. */
  readonly group: Uint32Array
  readonly groups: number
}

/**
 * Which rows are of one customer: those with one ID and, where a column says what day they were true of, one such day.
 * Undefined without a column of IDs.
 */
export function repeatedCustomers(table: Table, { id, snapshot }: Roles): RepeatedCustomers | undefined {
  const ids = id === undefined ? undefined : columnNamed(table, id)
  if (!ids) return undefined
  const byId = groupRows(ids, table.rows)
  const days = snapshot === undefined ? undefined : columnNamed(table, snapshot)
  const byDay = days && groupRows(days, table.rows)
  const numbers = new Map<number, number>()
  const group = new Uint32Array(table.rows)
  let groups = 0
  for (let row = 0; row < table.rows; row++) {
    if (byId.group[row] === byId.blank) {
      group[row] = groups++
      continue
    }
    const key = byId.group[row]! * (byDay?.groups ?? 1) + (byDay?.group[row] ?? 0)
    const known = numbers.get(key)
    if (known === undefined) numbers.set(key, groups)
    group[row] = known ?? groups++
  }
  return { group, groups }
}

/** The rows of the customers who are there several times, in the order of the file. */
export function repeatedRows({ group, groups }: RepeatedCustomers): number[][] {
  const counts = new Uint32Array(groups)
  for (const each of group) counts[each]!++
  const found = new Map<number, number[]>()
  for (let row = 0; row < group.length; row++) {
    const of = group[row]!
    if (counts[of]! < 2) continue
    const rows = found.get(of)
    if (rows) rows.push(row)
    else found.set(of, [row])
  }
  return [...found.values()]
}
