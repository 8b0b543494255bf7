import { isoDay } from '../column/date-text'
import type { ColumnProfile } from '../column/import-report'
import type { Roles } from './health-model'
import { hasWord, LEAVING, stems, wordsOf } from './words'

const AHEAD = stems('renew expir end due next until valid ablauf verlanger laufzeit echeance vencim scaden')

/** Whether a date lies ahead by its nature, as a renewal does, so that it is no sign of knowing the future. */
export function liesAhead(column: string): boolean {
  return hasWord(wordsOf(column), AHEAD)
}

/**
 * The day that dates count back from unless a person says another: the latest date in any date column that is not an
 * outcome date and does not lie ahead by its nature; one that says when somebody left only where there is no other. As YYYY-MM-DD; undefined without such a column.
 */
export function defaultAsOf(columns: readonly ColumnProfile[], { outcome }: Roles): string | undefined {
  const dates = columns.filter(({ name, type }) => type === 'date' && name !== outcome?.column && !liesAhead(name))
  const known = dates.filter(({ name }) => !hasWord(wordsOf(name), LEAVING))
  const days = (known.length > 0 ? known : dates).flatMap(({ max }) => (max === undefined ? [] : [max]))
  return days.length === 0 ? undefined : isoDay(Math.max(...days))
}
