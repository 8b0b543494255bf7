import { counted, upTo } from '../../../core/figure'
import type { CellValue } from '../../../state/customers.svelte'

/** A metric's value as its customer's drawer writes it: dates as days from the as-of day. */
export function valueWords(
  { value, filled }: { value: CellValue; filled?: boolean },
  type: string | undefined,
): string {
  if (value === undefined) return filled ? 'filled in' : '–'
  if (typeof value === 'string') return value
  return type === 'date' ? dayWords(value) : upTo(value, 2)
}

function dayWords(days: number): string {
  if (days === 0) return 'that day'
  return days > 0 ? `${counted(days, 'day')} ago` : `in ${counted(-days, 'day')}`
}
