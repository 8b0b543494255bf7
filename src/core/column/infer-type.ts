import { hasWord, wordsOf } from '../model/words'
import { truthOf } from './boolean-text'
import type { ColumnType } from './column'
import { parseDate, settle, settles, type DateText, type DayOrder } from './date-text'
import { isMissingWord } from './missing-word'
import { parseNumber, type DecimalMark } from './number-text'

/** The distinct texts of a column with the rows that have each; blank cells are not among them. */
export interface DistinctTexts {
  readonly name: string
  readonly texts: readonly string[]
  readonly counts: ArrayLike<number>
}

/** What a column's texts mean as a type: one value per text, NaN where it has none. */
export interface Reading {
  readonly type: ColumnType
  /** number: the value; date: days since 1970-01-01; boolean: 0 or 1; category: 0 for each; text: empty. */
  readonly values: Float64Array
  /** Texts that are no missing word and yet cannot be read as the type. */
  readonly unreadable: readonly number[]
  /** A date that may be day or month first, where nothing settled it. */
  readonly unsettled?: string
}

export interface ReadingRules {
  readonly decimal: DecimalMark
  /** What the file's dates say where a column's own do not; undefined when nothing does. */
  readonly dayOrder: DayOrder | undefined
}

/** The share of a column's cells that must read as a type for the rest to count as mistakes. */
const MOST = 0.9

/** A text longer than this is prose, not a category. */
const LONG = 1000

/** The type of a column over its whole file, and what its texts mean. A type given by a person is obeyed. */
export function inferType(column: DistinctTexts, rules: ReadingRules, wanted?: ColumnType): Reading {
  if (wanted) return readAs(wanted, column, rules)
  if (isBoolean(column)) return readAs('boolean', column, rules)
  const code = isCode(column)
  if (!code) {
    const reading = mostlyRead('number', column, rules) ?? mostlyRead('date', column, rules)
    if (reading) return reading
  }
  return readAs(isText(column, code) ? 'text' : 'category', column, rules)
}

/** What the texts mean as a type that most of them can be read as; undefined where they cannot. */
function mostlyRead(type: 'number' | 'date', column: DistinctTexts, rules: ReadingRules): Reading | undefined {
  if (column.texts.length > MANY && isHopeless(type, column, rules)) return undefined
  const reading = readAs(type, column, rules)
  return isMostly(reading, column) ? reading : undefined
}

/** So many texts that it pays to tell early that they are no numbers, or no dates. */
const MANY = 1000

/** Whether more rows cannot be read than a column of the type may have, whatever the texts that were not looked at. */
function isHopeless(type: 'number' | 'date', { texts, counts, name }: DistinctTexts, rules: ReadingRules): boolean {
  const compact = isDateName(name)
  const reads = (text: string): boolean =>
    type === 'date'
      ? parseDate(text, compact) !== undefined
      : !Number.isNaN(parseNumber(text, rules.decimal)) || !Number.isNaN(parseNumber(text, otherMark(rules.decimal)))
  const all = sum(counts)
  let wrong = 0
  for (const [i, text] of texts.entries()) {
    if (reads(text) || isMissingWord(text, type)) continue
    wrong += counts[i]!
    if (wrong > (1 - MOST) * all + 1) return true
  }
  return false
}

function otherMark(decimal: DecimalMark): DecimalMark {
  return decimal === '.' ? ',' : '.'
}

function isDateName(name: string): boolean {
  return hasWord(wordsOf(name), ['date', 'datum', 'fecha', 'data$', 'day$', 'dt$'])
}

/** What the texts of a column mean as a type. */
export function readAs(type: ColumnType, column: DistinctTexts, rules: ReadingRules): Reading {
  switch (type) {
    case 'number':
      return readNumbers(column, rules.decimal)
    case 'date':
      return readDates(column, rules.dayOrder)
    case 'boolean':
      return fill(type, column, (text) => truthOf(text) ?? NaN)
    case 'category':
      return fill(type, column, () => 0)
    case 'text':
      return { type, values: new Float64Array(), unreadable: [] }
  }
}

/** @param mostWrong after more unreadable texts than this the rest is not read, since nobody would have it */
function fill(
  type: 'number' | 'date' | 'boolean' | 'category',
  { texts }: DistinctTexts,
  value: (text: string) => number,
  mostWrong = Infinity,
): Reading {
  const values = new Float64Array(texts.length)
  const unreadable: number[] = []
  for (const [i, text] of texts.entries()) {
    const missing = isMissingWord(text, type)
    values[i] = missing ? NaN : value(text)
    if (!missing && Number.isNaN(values[i])) unreadable.push(i)
    if (unreadable.length > mostWrong) break
  }
  return { type, values, unreadable }
}

/** With the file's decimal mark, or with the other one where that reads every cell and the file's does not. */
function readNumbers(column: DistinctTexts, decimal: DecimalMark): Reading {
  const reading = fill('number', column, (text) => parseNumber(text, decimal))
  if (reading.unreadable.length === 0) return reading
  const other = fill('number', column, (text) => parseNumber(text, otherMark(decimal)), 0)
  return other.unreadable.length === 0 ? other : reading
}

function readDates(column: DistinctTexts, fileOrder: DayOrder | undefined): Reading {
  const compact = isDateName(column.name)
  const dates = new Map<string, DateText | undefined>(column.texts.map((text) => [text, parseDate(text, compact)]))
  const order = columnOrder(column.texts) ?? fileOrder
  const reading = fill('date', column, (text) => {
    const date = dates.get(text)
    return date ? settle(date, order ?? 'month first') : NaN
  })
  const unsettled = order ? undefined : column.texts.find((text) => dates.get(text)?.kind === 'either')
  return unsettled === undefined ? reading : { ...reading, unsettled }
}

/** Day or month first, when a date with a number over 12 settles it for the column; the first one that does. */
export function columnOrder(texts: readonly string[]): DayOrder | undefined {
  for (const text of texts) {
    const order = settles(text)
    if (order) return order
  }
  return undefined
}

/** Only spellings of true and false, and more than 0 and 1, which are numbers as well. */
function isBoolean({ texts }: DistinctTexts): boolean {
  const said = texts.filter((text) => !isMissingWord(text, 'boolean'))
  return (
    said.length > 0 && said.every((text) => truthOf(text) !== undefined) && said.some((text) => !/^[01]$/.test(text))
  )
}

/** Whether the readable rows are nine in ten of those that are neither blank nor a missing word. */
function isMostly({ type, values, unreadable }: Reading, { texts, counts }: DistinctTexts): boolean {
  const wrong = unreadable.reduce((sum, i) => sum + counts[i]!, 0)
  let right = 0
  for (const [i, value] of values.entries()) if (!Number.isNaN(value)) right += counts[i]!
  const words = texts.length - unreadable.length
  return right > 0 && words > 0 && right / (right + wrong) >= MOST && (type === 'number' || type === 'date')
}

/** Names that say "this is an identifier". */
export function isIdName(name: string): boolean {
  return hasWord(wordsOf(name), ['id$', 'uuid$', 'guid$', 'key$'])
}

/**
 * Digits that are a code and not an amount: leading zeros or more digits than a number holds exactly, or a name that
 * says ID over values that hardly repeat. Arithmetic on them would be nonsense and would lose their zeros.
 */
function isCode({ name, texts, counts }: DistinctTexts): boolean {
  if (texts.some((text) => /^0\d+$/.test(text) || /^[+-]?\d{16,}$/.test(text))) return true
  return isIdName(name) && texts.length > 0.9 * sum(counts)
}

/** Whether texts hardly repeat, so that they name customers or are prose. */
function isText({ texts, counts }: DistinctTexts, code: boolean): boolean {
  if (code && texts.length > 0.9 * sum(counts)) return true
  if (texts.some((text) => text.length > LONG)) return true
  return texts.length > 50 && texts.length > sum(counts) / 2
}

function sum(counts: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]!
  return total
}
