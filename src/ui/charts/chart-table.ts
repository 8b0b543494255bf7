import { writeTsv } from '../../core/export/tsv'

/** What a chart shows, as cells: for people who read, and for spreadsheets. */
export interface ChartTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The table as a spreadsheet pastes it; a minus is typed as spreadsheets read it. */
export function tableTsv({ headings, rows }: ChartTable): string {
  return writeTsv([headings, ...rows]).replaceAll('−', '-')
}
