import { dayOf } from '../column/date-text'
import { upTo } from '../figure'
import { typedNumber, type Typed } from '../model/typed-value'
import type { ManualColumn, ManualNumbers } from './manual-column'

/** What a person said of a customer on a day. */
export interface ManualEntry {
  /** A number, or one of the column's choices as it is written there. */
  readonly value: number | string
  /** The day that it was true of, YYYY-MM-DD. */
  readonly day: string
  readonly note?: string
}

/** What stands in a manual column for one customer: the newest entry, and those before it. */
export interface ManualValue extends ManualEntry {
  /** The customer's ID as the data writes it. */
  readonly customer: string
  /** The column's id. */
  readonly column: string
  /** Newest first, of other days than the newest; absent where there are none. */
  readonly earlier?: readonly ManualEntry[]
}

/** What stands for a customer in a column from now on; nothing where there is no value. */
export interface ManualChange extends Pick<ManualValue, 'customer' | 'column'> {
  readonly value?: ManualValue
}

/** Most entries that are kept of one customer in one column. */
const MOST_ENTRIES = 24

/** Every entry, newest first. */
export function entriesOf({ value, day, note, earlier = [] }: ManualValue): readonly ManualEntry[] {
  return [{ value, day, ...(note !== undefined && { note }) }, ...earlier]
}

/** The value with an entry more; one of the same day gives way to it. */
export function withEntry(
  before: ManualValue | undefined,
  { customer, column }: Pick<ManualValue, 'customer' | 'column'>,
  entry: ManualEntry,
): ManualValue {
  const others = before ? entriesOf(before).filter(({ day }) => day !== entry.day) : []
  return valueOf(customer, column, [entry, ...others])!
}

/** The value without the entry of a day; undefined when nothing is left. */
export function withoutEntry(before: ManualValue, day: string): ManualValue | undefined {
  const left = entriesOf(before).filter((entry) => entry.day !== day)
  return valueOf(before.customer, before.column, left)
}

function valueOf(customer: string, column: string, entries: readonly ManualEntry[]): ManualValue | undefined {
  // As text days sort as they follow each other.
  const [newest, ...earlier] = entries.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, MOST_ENTRIES)
  return newest && { customer, column, ...newest, ...(earlier.length > 0 && { earlier }) }
}

/** What a typed or pasted text comes to in a column; a choice may be typed in any case. A blank is no value. */
export function typedManual(column: ManualColumn, text: string): Typed<number | string> {
  const written = text.trim()
  if (column.kind === 'number') {
    const typed = typedNumber(written)
    if (!typed.ok || fits(column, typed.value)) return typed
    return { ok: false, why: `${column.name} is ${rangeWords(column)}` }
  }
  const lower = written.toLowerCase()
  const found =
    column.choices.find((choice) => choice === written) ??
    column.choices.find((choice) => choice.toLowerCase() === lower)
  if (found !== undefined) return { ok: true, value: found }
  return { ok: false, why: `“${written.slice(0, 20)}” is none of ${column.choices.join(', ')}` }
}

/** "from 1 to 5", "at least 0": what numbers may stand in a column; '' where any may. */
export function rangeWords({ least, most }: Pick<ManualNumbers, 'least' | 'most'>): string {
  if (least !== undefined && most !== undefined) return `from ${upTo(least, 4)} to ${upTo(most, 4)}`
  if (least !== undefined) return `at least ${upTo(least, 4)}`
  return most === undefined ? '' : `at most ${upTo(most, 4)}`
}

/** Whether a value may stand in a column as it is defined now. */
function fits(column: ManualColumn, value: number | string): boolean {
  if (column.kind === 'choice') return typeof value === 'string' && column.choices.includes(value)
  return typeof value === 'number' && value >= (column.least ?? -Infinity) && value <= (column.most ?? Infinity)
}

/** What a row's data were true of. */
export interface RowDay {
  /** The as-of day in days since 1970-01-01; undefined or NaN where none is known. */
  readonly asOf: number | undefined
  /** Whether outcomes of this data set judge the model, so that what became known after the as-of day may not count. */
  readonly judged: boolean
  /** Today where the person is, from which age counts where no as-of day is known. */
  readonly today: number
}

/**
 * Whether a value counts for a row, or why it is missing there:
 * - `later`: it is dated after the as-of day of a row whose outcome is known, when nobody could have known it;
 * - `no day`: the same cannot be told, since the row has no as-of day;
 * - `old`: it is older than the column's freshness limit, counted from the as-of day;
 * - `unfit`: the column was changed since, and it may no longer stand there.
 */
export interface Standing {
  readonly kind: 'counts' | 'later' | 'no day' | 'old' | 'unfit'
  /** The newest entry that was known on the as-of day, or the newest of all where none was. */
  readonly entry: ManualEntry
}

export function standingOf(value: ManualValue, column: ManualColumn, { asOf, judged, today }: RowDay): Standing {
  const known = asOf !== undefined && !Number.isNaN(asOf)
  if (judged && !known) return { kind: 'no day', entry: value }
  const entry = judged ? entriesOf(value).find(({ day }) => dayOf(day) <= asOf!) : value
  if (!entry) return { kind: 'later', entry: value }
  if (!fits(column, entry.value)) return { kind: 'unfit', entry }
  const age = (known ? asOf : today) - dayOf(entry.day)
  return { kind: age > (column.freshDays ?? Infinity) ? 'old' : 'counts', entry }
}
