import { dayOf } from '../../../../core/column/date-text'
import { counted } from '../../../../core/figure'
import { rangeWords, type Standing } from '../../../../core/manual/manual-value'
import type { ManualColumn } from '../../../../core/manual/manual-column'

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** "2026-08-14" → "14 Aug 2026". */
export function dayWords(day: string): string {
  return DAY.format(dayOf(day) * 86_400_000)
}

/** When a value was set, and why it does not count where it does not: "set 14 Aug 2026, older than 90 days: …". */
export function standingWords({ kind, entry }: Standing, column: ManualColumn): string {
  const set = `set ${dayWords(entry.day)}`
  return kind === 'counts' ? set : `${set}, ${whyMissing(kind, column)}: counts as missing`
}

/** Why values with this standing are missing. */
export function whyMissing(kind: Exclude<Standing['kind'], 'counts'>, column: ManualColumn): string {
  switch (kind) {
    case 'old':
      return `older than ${counted(column.freshDays ?? 0, 'day')}`
    case 'later':
      return 'after the as-of day of customers whose outcome is known'
    case 'no day':
      return 'while no as-of day tells whether it was known before the outcome'
    case 'unfit':
      return column.kind === 'choice' ? 'no longer one of the choices' : `no longer ${rangeWords(column)}`
  }
}
