import type { ColumnProfile, ImportReport } from '../../../core/column/import-report'
import { readingSeverity, type ReadingKind, type ReadingProblem } from '../../../core/column/reading-problem'
import { outcomeWords } from '../../../core/backtest/outcome-words'
import { counted, percent, whole } from '../../../core/figure'
import type { Finding } from '../../../core/quality/finding'
import { chosenOf } from '../../../core/quality/finding-words'
import type { Cleaning } from '../../../core/recipe/cleaning'
import { notAMetric } from '../../../core/model/draft-columns'
import type { ExpectedColumn, HealthModel, Roles } from '../../../core/model/health-model'
import { TYPES } from './preview'

/** Problems of one kind, as one section of the quality pane. */
interface ReadingFinding {
  readonly key: string
  readonly tone: 'error' | 'warning' | 'note'
  readonly title: string
  /** The first of them in words, with their places. */
  readonly problems: readonly ReadingProblem[]
  /** How many are not in `problems`. */
  readonly more: number
}

const TITLES: Partial<Record<ReadingKind, readonly [one: string, many: string]>> = {
  'no names': ['row of names leaves columns without one', 'rows of names leave columns without one'],
  'short row': ['row is short', 'rows are short'],
  'long row': ['row is long', 'rows are long'],
  'unclosed quote': ['quote never closes', 'quotes never close'],
  nul: ['line has NUL characters', 'lines have NUL characters'],
  'blank row': ['line is blank', 'lines are blank'],
  renamed: ['column was renamed', 'columns were renamed'],
  'text after a quote': ['cell has text after a quote', 'cells have text after a quote'],
  'not utf-8': ['cell is not UTF-8', 'cells are not UTF-8'],
  'not a number': ['cell is not a number', 'cells are not numbers'],
  'not a date': ['cell is not a date', 'cells are not dates'],
  'not yes or no': ['cell is neither yes nor no', 'cells are neither yes nor no'],
  'too many values': ['column is read as text', 'columns are read as text'],
  'error cell': ['cell shows an error', 'cells show an error'],
  'bad json': ['line is no JSON', 'lines are no JSON'],
  orphans: ['file has rows without a customer', 'files have rows without a customer'],
  'no key': ['file has rows without a key', 'files have rows without a key'],
  'other columns': ['file has other columns than before', 'files have other columns than before'],
  'not joined': ['file is not joined', 'files are not joined'],
  cleaned: ['change by choice', 'changes by choice'],
  'day or month': ['column may be day or month first', 'columns may be day or month first'],
}

/** Most places that a finding names. */
const NAMED = 3

/** Cells that a finding of the data tells of, with a choice. */
const UNREADABLE: ReadonlySet<ReadingKind> = new Set(['not a number', 'not a date', 'not yes or no'] as const)

/** What a file's reading found, worst first; cells that could not be read only where no finding tells of them. */
export function readingFindings(
  { problems: all, counts: allCounts }: ImportReport,
  quality: readonly Finding[],
): ReadingFinding[] {
  const told = new Set(quality.flatMap(({ kind, column }) => (kind === 'unreadable' ? [column] : [])))
  const isOwn = (problem: { readonly kind: ReadingKind; readonly column?: string }): boolean =>
    UNREADABLE.has(problem.kind) && problem.column !== undefined && told.has(problem.column)
  const problems = all.filter((problem) => !isOwn(problem))
  const counts = allCounts.filter((count) => !isOwn(count))
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  const rank = { error: 0, warning: 1, note: 2 }
  return kinds
    .map((kind): ReadingFinding => {
      const ofKind = problems.filter((problem) => problem.kind === kind)
      const count = counts.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.count, 0)
      const all = Math.max(count, ofKind.length)
      const [one, many] = TITLES[kind] ?? ['note', 'notes']
      const named = ofKind.slice(0, NAMED)
      return {
        key: kind,
        tone: readingSeverity(kind),
        title: kind === 'windows-1252' ? 'Read as Windows-1252' : counted(all, one, many),
        problems: named,
        more: all - named.length,
      }
    })
    .sort((a, b) => rank[a.tone] - rank[b.tone])
}

/** The first mistakes of a column that a finding is about. */
export function problemsOf({ problems }: ImportReport, { kind, column }: Finding): readonly ReadingProblem[] {
  if (kind !== 'unreadable') return []
  return problems
    .filter((problem) => 'column' in problem && problem.column === column && UNREADABLE.has(problem.kind))
    .slice(0, NAMED)
}

/** Whether a finding deserves a look, or is only worth knowing. */
export function severityOf(finding: Finding): 'warning' | 'note' {
  if (finding.kind === 'constant') return finding.share === 1 ? 'note' : 'warning'
  return finding.kind === 'one value per row' || finding.kind === 'blank' || finding.kind === 'outliers'
    ? 'note'
    : 'warning'
}

/** Findings with a section of their own, those to look at first. */
export function ownSections(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding): number => Number(severityOf(finding) === 'note')
  return findings.filter(({ kind }) => kind !== 'blank').toSorted((a, b) => rank(a) - rank(b))
}

/** Columns with blanks, the emptiest first. */
export function blanksOf({ columns, rows }: ImportReport, findings: readonly Finding[], cleaning: Cleaning) {
  const isNumber = new Map(columns.map(({ name, type }) => [name, type === 'number']))
  return findings
    .filter((finding): finding is Finding & { readonly kind: 'blank' } => finding.kind === 'blank')
    .map((finding) => ({
      finding,
      share: Math.min(1, finding.count / rows),
      isNumber: isNumber.get(finding.column) === true,
      chosen: chosenOf(cleaning, finding),
    }))
    .sort((a, b) => b.share - a.share)
}

/** Columns that a draft makes no metric of, with the reason. */
export function leftOut({ columns, rows }: ImportReport, roles: Roles): { name: string; why: string }[] {
  return columns.flatMap((column) => {
    const why = notAMetric(column, rows, roles)
    return why === undefined ? [] : [{ name: column.name, why }]
  })
}

/** Whether the outcome has enough of both sides to test with, in words. */
export function outcomeSides(
  { columns, rows }: ImportReport,
  { outcome }: Roles,
  objective: HealthModel['objective'],
): { fine: boolean; text: string } {
  const { happened, event } = outcomeWords(objective)
  if (!outcome) return { fine: false, text: `No column says who ${happened}: scores work, the test does not.` }
  const column = columns.find(({ name }) => name === outcome.column)
  if (!column) return { fine: false, text: `This file has no column “${outcome.column}”.` }
  if (!('event' in outcome)) return { fine: true, text: `${whole(rows - column.missing)} dates of ${event}` }
  const events = eventsOf(column, outcome.event)
  const known = rows - column.missing
  const text = `${whole(events)} of ${whole(known)} ${happened}${known > 0 ? ` (${percent(events / known)})` : ''}`
  const enough = Math.min(events, known - events) >= 30
  return { fine: enough, text: enough ? `${text}, enough to test with` : `${text}: too few to test with` }
}

function eventsOf({ values }: ColumnProfile, event: string): number {
  return values.find(({ text }) => text === event)?.rows ?? 0
}

/** Columns that are not what the model was made on: those that are gone, and those of another type, in words. */
export function otherThanExpected({ columns }: ImportReport, expected: readonly ExpectedColumn[]): string[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  const gone = expected.filter(({ name }) => !types.has(name)).map(({ name }) => `“${name}” is not in it`)
  const others = expected.flatMap(({ name, type }) => {
    const now = types.get(name)
    return now === undefined || now === type ? [] : [`“${name}” was ${TYPES[type].word}, and is ${TYPES[now].word} now`]
  })
  const before = new Set(expected.map(({ name }) => name))
  const came = columns.filter(({ name }) => !before.has(name)).map(({ name }) => `“${name}” is new`)
  return [...others, ...gone, ...came]
}
