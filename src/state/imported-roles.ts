import type { ImportReport } from '../core/column/import-report'
import { guessObjective, guessRoles } from '../core/model/guess-roles'
import type { HealthModel, Roles } from '../core/model/health-model'

/** Which column is what, and what the outcome tells. */
export type Told = Pick<HealthModel, 'roles' | 'objective'>

/**
 * What is what where the columns are others than before: a guess, of which what a person chose may stay as long as its
 * column is there. What the outcome tells is guessed where the outcome is another column; where that says nothing it is
 * what it was.
 * @param stays whether only some of the columns are others, as those of joined files
 */
export function rolesAnew(report: ImportReport, before: Told, stays: boolean): Told {
  const guess = guessRoles(report.columns, report.rows)
  const roles = stays ? { ...guess, ...kept(before.roles, report) } : guess
  const outcome = report.columns.find(({ name }) => name === roles.outcome?.column)
  if (!outcome || outcome.name === before.roles.outcome?.column) return { roles, objective: before.objective }
  return { roles, objective: guessObjective(outcome) ?? before.objective }
}

/** The roles whose columns are there. */
function kept(roles: Roles, { columns }: ImportReport): Roles {
  const names = new Set(columns.map(({ name }) => name))
  const { outcome, ...named } = roles
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, column]) => names.has(column))),
    ...(outcome && names.has(outcome.column) && { outcome }),
  }
}
