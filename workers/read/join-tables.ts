import type { ImportReport } from '../../src/core/column/import-report'
import { profileOf } from '../../src/core/column/profile'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { textAt, type Table } from '../../src/core/column/column'
import { defaultAsOf } from '../../src/core/model/as-of'
import { guessRoles } from '../../src/core/model/guess-roles'
import { joinFiles, RecipeMisfit, type JoinedFile } from '../../src/core/recipe/join'
import type { Recipe } from '../../src/core/recipe/recipe'
import { failure, success, type Result } from '../../src/core/result'

/** A file that was read. */
export interface ReadFile {
  readonly table: Table
  readonly report: ImportReport
}

/** One row per customer, and how well each file found them. */
export interface JoinedTables extends ReadFile {
  readonly files: readonly JoinedFile[]
  readonly upTo: UpTo
}

/** The rows of the main file's preview, with the new columns. */
function previewOf(table: Table, { preview }: ImportReport): ImportReport['preview'] {
  return preview.map((row) => ({ ...row, cells: table.columns.map((column) => textAt(column, row.row).slice(0, 500)) }))
}

/** Up to when rows count: each row's day in a column of the main file, or one day for all, YYYY-MM-DD. */
export interface UpTo {
  readonly snapshot?: string
  readonly asOf?: string
}

/**
 * Files joined by a recipe into one row per customer, from rows that happened up to a day.
 * @param upTo a guess where it is left out: the main file's snapshot column, else the latest day that any file knows of
 */
export function joinTables(files: readonly ReadFile[], recipe: Recipe, upTo?: UpTo): Result<JoinedTables> {
  const main = files.find(({ report }) => report.file === recipe.files.find((file) => !file.join)?.name)
  const tables = files.map(({ table, report }) => ({ name: report.file, table }))
  const days = upTo ?? guessUpTo(files, main)
  try {
    const joined = joinFiles(tables, recipe, days)
    const { table } = joined
    const problems = [
      ...files.flatMap(({ report }) => report.problems),
      ...joined.files.flatMap((file) => problemsOf(file, recipe)),
      ...tables.flatMap(({ name }) => (recipe.files.some((file) => file.name === name) ? [] : [notJoined(name)])),
    ]
    const columns = table.columns.map((column) => profileOf(column, table.rows))
    const counts = files.flatMap(({ report: { counts: each } }) => each)
    const report = { ...main!.report, columns, problems, counts, preview: previewOf(table, main!.report) }
    return success({ table, report, files: joined.files, upTo: days })
  } catch (error) {
    if (!(error instanceof RecipeMisfit)) throw error
    return failure([{ about: 'reading', kind: 'recipe', file: 'The recipe', what: error.message }])
  }
}

function guessUpTo(files: readonly ReadFile[], main: ReadFile | undefined): UpTo {
  const roles = main ? guessRoles(main.report.columns, main.report.rows) : {}
  if (roles.snapshot !== undefined) return { snapshot: roles.snapshot }
  const day = defaultAsOf(
    files.flatMap(({ report }) => report.columns),
    roles,
  )
  return day === undefined ? {} : { asOf: day }
}

function notJoined(file: string): ReadingProblem {
  return { about: 'reading', kind: 'not joined', file }
}

function problemsOf({ name, matches }: JoinedFile, recipe: Recipe): ReadingProblem[] {
  const column = recipe.files.find((file) => file.name === name)?.join?.key ?? ''
  const { orphans, orphanKeys, blank } = matches
  const found: ReadingProblem[] = []
  if (orphans > 0)
    found.push({ about: 'reading', kind: 'orphans', file: name, column, rows: orphans, text: orphanKeys[0] ?? '' })
  if (blank > 0) found.push({ about: 'reading', kind: 'no key', file: name, column, rows: blank })
  return found
}
