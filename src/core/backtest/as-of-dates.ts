import type { AsOf } from '../scoring/points'
import { UNKNOWN } from './outcome-histogram'

/** The rows that were true of one day: one backtest each, where a file holds several snapshots. */
export interface AsOfDate {
  /** In days since 1970-01-01. */
  readonly day: number
  /** In the order of the file. */
  readonly rows: Uint32Array
  /** With a known outcome, and those of them with the event. */
  readonly known: number
  readonly events: number
}

/**
 * Rows by the day that they were true of, the earliest day first. Rows without a day are in none.
 * @param asOf one day for all rows, or one per row
 * @param outcome per row 1 event, 0 non-event, else not known: a date with `known` 0 judges nothing, as one that is
 * too early to know
 */
export function asOfDates(asOf: AsOf, outcome: Uint8Array): readonly AsOfDate[] {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < outcome.length; row++) {
    const day = typeof asOf === 'object' ? asOf[row]! : asOf
    if (Number.isNaN(day)) continue
    const rows = rowsOf.get(day)
    if (rows) rows.push(row)
    else rowsOf.set(day, [row])
  }
  return Array.from(rowsOf, ([day, rows]) => ({
    day,
    rows: Uint32Array.from(rows),
    known: rows.reduce((count, row) => count + Number(outcome[row]! < UNKNOWN), 0),
    events: rows.reduce((count, row) => count + Number(outcome[row] === 1), 0),
  })).sort((a, b) => a.day - b.day)
}
