import { textAt, type Table } from '../../src/core/column/column'
import type { ImportReport } from '../../src/core/column/import-report'
import { profileOf } from '../../src/core/column/profile'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { counted } from '../../src/core/figure'
import { cleanTable, type Cleaned } from '../../src/core/recipe/clean'
import { isUntouched, type Cleaning, type Repeated } from '../../src/core/recipe/cleaning'
import { defaultAsOf } from '../../src/core/model/as-of'
import { guessRoles } from '../../src/core/model/guess-roles'
import type { Roles } from '../../src/core/model/health-model'
import { asOfDays } from '../../src/core/scoring/as-of-days'
import type { ReadFile } from './join-tables'

/** What cleaning has to know of the customers. */
export interface CleaningRoles {
  readonly roles: Roles
  /** YYYY-MM-DD, where one day holds for all. */
  readonly asOf: string | undefined
}

/** What customers seem to be, where no person has said it. */
export function guessedRoles({ report: { columns, rows } }: Pick<ReadFile, 'report'>): CleaningRoles {
  const roles = guessRoles(columns, rows)
  return { roles, asOf: roles.snapshot === undefined ? defaultAsOf(columns, roles) : undefined }
}

/** What was read as it is after a person's choices, and a report of that; the same where nothing was chosen. */
export function cleanRead(read: ReadFile, cleaning: Cleaning, { roles, asOf }: CleaningRoles): ReadFile {
  if (isUntouched(cleaning)) return read
  const cleaned = cleanTable(read.table, cleaning, { roles, asOf: asOfDays(read.table, roles.snapshot, asOf) })
  return { table: cleaned.table, report: reportOf(read, cleaned, cleaning.repeated) }
}

function reportOf({ table: before, report }: ReadFile, cleaned: Cleaned, how: Repeated | undefined): ImportReport {
  const { table } = cleaned
  const columns = table.columns.map((column, i) =>
    column === before.columns[i] ? report.columns[i]! : profileOf(column, table.rows),
  )
  return {
    ...report,
    rows: table.rows,
    columns,
    problems: [...report.problems, ...notes(report.file, cleaned, how)],
    preview: previewOf(report, cleaned),
  }
}

const KEPT: Readonly<Record<Repeated, string>> = {
  first: 'the first row of each stays',
  last: 'the last row of each stays',
  merge: 'the rows of each were merged, the last value of every column stays',
}

function notes(file: string, { withGaps, repeated }: Cleaned, how: Repeated | undefined): ReadingProblem[] {
  const note = (what: string): ReadingProblem => ({ about: 'reading', kind: 'cleaned', file, what })
  return [
    ...(withGaps > 0
      ? [note(`${counted(withGaps, 'row')} with gaps ${withGaps === 1 ? 'was' : 'were'} left out.`)]
      : []),
    ...(repeated > 0 && how
      ? [
          note(
            `${counted(repeated, 'row')} of repeated customers ${repeated === 1 ? 'was' : 'were'} left out: ${KEPT[how]}.`,
          ),
        ]
      : []),
  ]
}

/** The rows of the preview that are still there, with what they have become. */
function previewOf({ preview }: ImportReport, { table, rows }: Cleaned): ImportReport['preview'] {
  const placeOf = rows && placesOf(rows)
  return preview
    .flatMap((shown) => {
      const row = placeOf ? placeOf.get(shown.row) : shown.row
      return row === undefined ? [] : [{ row, line: shown.line, cells: cellsOf(table, row) }]
    })
    .sort((a, b) => a.row - b.row)
}

function placesOf(rows: Int32Array): Map<number, number> {
  const places = new Map<number, number>()
  for (const [place, row] of rows.entries()) places.set(row, place)
  return places
}

/** A row as it is written, each cell cut where it is too long to look at. */
export function cellsOf(table: Table, row: number): string[] {
  return table.columns.map((column) => textAt(column, row).slice(0, 500))
}
