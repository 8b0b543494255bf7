import type { ColumnProfile, ImportReport } from '../../../core/column/import-report'
import { brief, counted, percent, whole } from '../../../core/figure'
import { outcomeWords } from '../../../core/backtest/outcome-words'
import { guessObjective } from '../../../core/model/guess-roles'
import type { HealthModel, Roles } from '../../../core/model/health-model'

/** What speaks for a role, or against it, in a few words beside its label. */
export interface Evidence {
  readonly tone: 'fine' | 'warning'
  readonly text: string
}

const fine = (text: string): Evidence => ({ tone: 'fine', text })
const warning = (text: string): Evidence => ({ tone: 'warning', text })

/** A day in words: 20544 → "1 Apr 2026". */
function dayWords(day: number): string {
  const date = new Date(day * 86_400_000)
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}

/** The roles of a file's columns, and what its outcome tells. */
interface Told {
  readonly roles: Roles
  readonly objective: HealthModel['objective']
}

/** The evidence for the column that has a role; undefined where none has it. */
export function roleEvidence(role: keyof Roles, told: Told, report: ImportReport): Evidence | undefined {
  const { roles } = told
  const name = role === 'outcome' ? roles.outcome?.column : roles[role]
  const column = report.columns.find((each) => each.name === name)
  if (!column) return undefined
  switch (role) {
    case 'outcome':
      return outcomeEvidence(column, told, report.rows)
    case 'id':
      return idEvidence(column, report.rows)
    case 'revenue':
      return revenueEvidence(column)
    case 'segment':
      return fine(counted(column.distinct ?? 0, 'segment'))
    case 'snapshot':
      return snapshotEvidence(column)
    case 'name':
      return column.missing === 0 ? fine('no gaps') : warning(`${whole(column.missing)} blank`)
  }
}

function revenueEvidence({ min, sum }: ColumnProfile): Evidence {
  if (sum !== undefined) return fine(`${brief(sum)} in all`)
  return warning(min === undefined ? 'no numbers' : 'too large to add up')
}

function snapshotEvidence({ min, max }: ColumnProfile): Evidence {
  return min === undefined ? warning('no dates') : fine(spanWords(min, max ?? min))
}

function spanWords(from: number, to: number): string {
  return from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`
}

function idEvidence({ distinct, missing }: ColumnProfile, rows: number): Evidence {
  if (missing > 0) return warning(`${whole(missing)} blank`)
  const repeated = distinct === undefined ? 0 : rows - distinct
  return repeated > 0 ? warning(`${whole(repeated)} repeated`) : fine('no repeats')
}

function outcomeEvidence(column: ColumnProfile, { roles: { outcome }, objective }: Told, rows: number): Evidence {
  const { happened } = outcomeWords(objective)
  // By its name alone: a status may well have both among its values.
  const named = guessObjective({ name: column.name, values: [] })
  if (named !== undefined && named !== objective) return warning(`named like who ${outcomeWords(named).happened}`)
  if (!outcome || !('event' in outcome)) return fine(`${whole(rows - column.missing)} dates`)
  const events = column.values.find(({ text }) => text === outcome.event)?.rows ?? 0
  const known = rows - column.missing
  if (events === 0) return warning(`nobody ${happened} by this`)
  if (events === known) return warning(`everybody ${happened} by this`)
  return fine(`${percent(events / known)} ${happened}`)
}
