import { textAt, type Table } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import { describeReading, type ReadingProblem } from '../src/core/column/reading-problem'
import { csvRow } from '../src/core/export/csv'
import { counted } from '../src/core/figure'
import { findingCell } from '../src/core/quality/find-quality'
import type { Finding } from '../src/core/quality/finding'
import { findingWords } from '../src/core/quality/finding-words'
import type { Matches } from '../src/core/recipe/match-keys'

/** Data with what was found wrong while it was read. */
export interface LookedAt {
  readonly table: Table
  readonly report: ImportReport
  readonly lineOf: (row: number) => number | undefined
  /** Joined files some of whose rows have no customer. */
  readonly orphans: readonly Orphans[]
}

interface Orphans {
  readonly name: string
  readonly key: string
  readonly matches: Matches
  readonly table: Table
  readonly lineOf: (row: number) => number
}

/** Rows that a finding lists at most. */
export const LISTED = 100_000

/** Of these the findings list every cell, not only the first. */
const IN_FINDINGS: ReadonlySet<string> = new Set(['not a number', 'not a date', 'not yes or no'])

/** Everything that was found wrong as lines of a CSV file: file, line, column, value, what is wrong. */
export function problemsCsv(told: LookedAt, findings: readonly Finding[]): string[] {
  const listed = new Set(findings.flatMap(({ kind, column }) => (kind === 'unreadable' ? [column] : [])))
  const inFindings = ({ kind, column }: { kind: string; column?: string }): boolean =>
    IN_FINDINGS.has(kind) && column !== undefined && listed.has(column)
  const problems = told.report.problems.filter((problem) => !inFindings(problem as { kind: string; column?: string }))
  return [
    csvRow(['file', 'line', 'column', 'value', 'problem']),
    ...problems.map(readingLine),
    ...told.report.counts.filter((count) => !inFindings(count)).flatMap((count) => restLine(told.report, count)),
    ...findings.flatMap((finding) => findingLines(told, finding)),
    ...told.orphans.flatMap(orphanLines),
  ]
}

function readingLine(problem: ReadingProblem): string {
  const { file } = problem
  const line = 'line' in problem ? problem.line : ''
  return csvRow([
    file,
    line,
    'column' in problem ? problem.column : '',
    'text' in problem ? problem.text : '',
    describeReading(problem),
  ])
}

/** What was counted and is not remembered place by place. */
function restLine({ file, problems }: ImportReport, { kind, column, count }: ImportReport['counts'][number]): string[] {
  const told = problems.filter(
    (problem) => problem.kind === kind && (column === undefined || ('column' in problem && problem.column === column)),
  )
  return count > told.length
    ? [
        csvRow([
          file,
          '',
          column ?? '',
          '',
          `${counted(count - told.length, 'more', 'more')} of “${kind}”, not listed one by one`,
        ]),
      ]
    : []
}

function findingLines({ table, report: { file }, lineOf }: LookedAt, finding: Finding): string[] {
  const { column } = finding
  const { title } = findingWords(finding)
  const line = (row: number, what: string): string =>
    csvRow([file, lineOf(row) ?? `row ${row + 1}`, column, findingCell(table, column, row), what])
  if (finding.kind === 'repeated customers')
    return finding.groups.flatMap((rows) => rows.map((row) => line(row, 'repeated customer')))
  if (!('rows' in finding) || finding.kind === 'constant') return [csvRow([file, '', column, '', title])]
  const rest = finding.count - finding.rows.length
  return [
    ...finding.rows.map((row) => line(row, WHAT[finding.kind])),
    ...(rest > 0
      ? [
          csvRow([
            file,
            '',
            column,
            '',
            `${counted(rest, 'more', 'more')} of “${WHAT[finding.kind]}”, not listed one by one`,
          ]),
        ]
      : []),
  ]
}

const WHAT = {
  blank: 'blank',
  unreadable: 'cannot be read as its type',
  outliers: 'lies far out',
  'later dates': 'later than the day of its row',
} as const

function orphanLines({ name, key, matches, table, lineOf }: Orphans): string[] {
  const column = table.columns.find((each) => each.name === key)
  if (!column) return []
  const lines: string[] = []
  for (let row = 0; row < table.rows && lines.length < LISTED; row++) {
    if (matches.group[row]! >= 0) continue
    const text = textAt(column, row)
    lines.push(csvRow([name, lineOf(row), key, text, text === '' ? 'no key' : 'no customer has this key']))
  }
  return lines
}
