import { dayOf } from '../column/date-text'
import { trim } from '../column/trim'
import { readTsv } from '../export/tsv'
import type { Typed } from '../model/typed-value'
import type { ManualColumn } from './manual-column'
import { typedManual, type ManualEntry } from './manual-value'

/** A line that can be kept once its customer is found. */
interface Pair {
  readonly customer: string
  readonly entry: ManualEntry
}

/** A line that cannot be kept, with its number from 1 and the reason in words. */
interface WrongPair {
  readonly line: number
  readonly customer: string
  readonly why: string
}

export interface Pairs {
  /** The last of each customer, in the order of the lines. */
  readonly pairs: readonly Pair[]
  readonly wrong: readonly WrongPair[]
  /** Lines that a later one of the same customer takes the place of. */
  readonly repeated: number
}

/**
 * Lines of an ID and a value, and a day where there is a third cell, as a spreadsheet copies them or as people type
 * them: with TAB, semicolon or comma between. A first line of headings is passed over; blank lines are none.
 * @param idName what the column of IDs is called
 * @param today the day of a line without one, YYYY-MM-DD; later days are wrong
 */
export function readPairs(text: string, column: ManualColumn, idName: string, today: string): Pairs {
  const found = new Map<string, Pair>()
  const wrong: WrongPair[] = []
  let repeated = 0
  for (const [i, cells] of linesOf(text).entries()) {
    const [customer = '', value = '', day = ''] = cells.map(trim)
    if (customer === '' && value === '') continue
    if (i === 0 && isHeading(customer, idName)) continue
    const entry = entryOf({ customer, value, day }, column, today)
    if (!entry.ok) {
      wrong.push({ line: i + 1, customer, why: entry.why })
      continue
    }
    if (found.delete(customer)) repeated++
    found.set(customer, { customer, entry: entry.value })
  }
  return { pairs: [...found.values()], wrong, repeated }
}

function entryOf(
  { customer, value, day }: { readonly customer: string; readonly value: string; readonly day: string },
  column: ManualColumn,
  today: string,
): Typed<ManualEntry> {
  if (customer === '') return { ok: false, why: 'There is no ID' }
  if (value === '') return { ok: false, why: 'There is no value behind the ID' }
  const why = dayProblem(day, today)
  if (why !== undefined) return { ok: false, why }
  const typed = typedManual(column, value)
  return typed.ok ? { ok: true, value: { value: typed.value, day: day === '' ? today : day } } : typed
}

/** What is wrong with the day of a value; undefined for a good one and for none. Days are YYYY-MM-DD. */
export function dayProblem(day: string, today: string): string | undefined {
  if (day === '') return undefined
  if (Number.isNaN(dayOf(day))) return `“${day.slice(0, 20)}” is no day: write it as 2026-06-30`
  return day > today ? `${day} is still to come` : undefined
}

function linesOf(text: string): string[][] {
  if (text.includes('\t')) return readTsv(text)
  const mark = text.includes(';') ? ';' : ','
  return text.split(/\r\n|\r|\n/).map((line) => line.split(mark))
}

function isHeading(cell: string, idName: string): boolean {
  return ['id', 'customer id', 'customer', idName.toLowerCase()].includes(cell.toLowerCase())
}
