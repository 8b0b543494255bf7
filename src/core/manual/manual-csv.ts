import { csvRow } from '../export/csv'
import type { ManualColumn } from './manual-column'
import { entriesOf, type ManualValue } from './manual-value'

/**
 * Everything that was filled in by hand as a CSV file: one line per customer, column and day, those of one column
 * together, a customer's newest first. Texts cannot become formulas. Values of columns that are not named are left out.
 */
export function manualCsv(columns: readonly ManualColumn[], values: readonly ManualValue[]): string {
  const lines = columns.flatMap(({ id, name }) =>
    values
      .filter(({ column }) => column === id)
      .flatMap((value) =>
        entriesOf(value).map(({ value: each, day, note = '' }) => csvRow([value.customer, name, each, day, note])),
      ),
  )
  return [csvRow(['Customer ID', 'Column', 'Value', 'Date', 'Note']), ...lines].join('')
}
