import { columnNamed, valueAt, type CodedColumn, type Table } from '../column/column'
import { dayOf } from '../column/date-text'
import type { AsOf } from './points'

/**
 * The day that each row was true of, in days since 1970-01-01: of a column of dates, one number where all have one, NaN
 * where a row has none; else one day for all. Undefined where neither says.
 * @param asOf YYYY-MM-DD
 */
export function asOfDays(table: Table, snapshot: string | undefined, asOf: string | undefined): AsOf | undefined {
  const column = snapshot === undefined ? undefined : columnNamed(table, snapshot)
  if (column?.type === 'date') {
    if (isOneDay(column)) return column.dictionary.values[0]
    return Float64Array.from({ length: table.rows }, (_, row) => valueAt(column, row))
  }
  return asOf === undefined ? undefined : dayOf(asOf)
}

/** Whether every row has the same day, as the rows of one export have. */
function isOneDay({ codes, dictionary }: CodedColumn): boolean {
  return dictionary.values.length === 1 && dictionary.counts[0] === codes.length
}
