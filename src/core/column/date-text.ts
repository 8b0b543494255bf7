/** A date as written: its day, or two numbers that may be day and month in either order. */
export type DateText =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'either'; readonly year: number; readonly first: number; readonly second: number }

export type DayOrder = 'day first' | 'month first'

const TIME = String.raw`(?:[T ,]+\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, 'i')
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`, 'i')
const DAY_MONTH_NAME = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s-]*(?:de\s+)?(\p{L}{3,10})\.?,?[\s-]*(?:de\s+)?(\d{4}|\d{2})${TIME}$`,
  'iu',
)
const MONTH_NAME_DAY = new RegExp(
  String.raw`^(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})${TIME}$`,
  'iu',
)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/

/** Beginnings of month names in English, German, French, Spanish, Portuguese, Italian and Dutch, without accents. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'mrz', 'maa', 'mrt'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mag', 'mei'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'out', 'ott'],
  ['nov'],
  ['dec', 'dez', 'dic'],
]

/**
 * Reads the usual spellings of a date: the calendar day as written, time and zone dropped. "03/04/2025" is either;
 * a number over 12 settles it. Years of two digits: 00 to 68 are 2000s. Undefined for anything else, 31/02/2025 too.
 * @param compact whether eight digits such as 20250305 are a date; a column's name decides that
 */
export function parseDate(text: string, compact = false): DateText | undefined {
  const iso = YEAR_FIRST.exec(text) ?? (compact ? regroup(COMPACT.exec(text)) : null)
  if (iso) return exact(Number(iso[1]), Number(iso[3]), Number(iso[4]))
  const last = YEAR_LAST.exec(text)
  if (last) return numeric(Number(last[1]), Number(last[3]), fullYear(last[4]!), last[2]!)
  const named = DAY_MONTH_NAME.exec(text)
  if (named) return exact(fullYear(named[3]!), monthOf(named[2]!), Number(named[1]))
  const us = MONTH_NAME_DAY.exec(text)
  return us ? exact(fullYear(us[3]!), monthOf(us[1]!), Number(us[2])) : undefined
}

/** 20250305 in the groups of a date with marks between. */
function regroup(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match && [match[0], match[1], '', match[2], match[3]]
}

function numeric(first: number, second: number, year: number, mark: string): DateText | undefined {
  // Dots are written by people who put the day first.
  if (mark === '.' || first > 12) return exact(year, second, first)
  if (second > 12) return exact(year, first, second)
  if (first === second) return exact(year, first, second)
  return dayNumber(year, first, second) === undefined || dayNumber(year, second, first) === undefined
    ? undefined
    : { kind: 'either', year, first, second }
}

function exact(year: number, month: number, day: number): DateText | undefined {
  const found = dayNumber(year, month, day)
  return found === undefined ? undefined : { kind: 'day', day: found }
}

function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year <= 68 ? 2000 + year : 1900 + year
}

/** 1…12 by the beginning of its name; 0 for no month. */
function monthOf(name: string): number {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return MONTHS.findIndex((starts) => starts.some((start) => plain.startsWith(start))) + 1
}

/** Days since 1970-01-01; undefined for a day that the calendar does not have, and outside 1700 to 2300. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  if (year < 1700 || year > 2300 || month < 1 || month > 12 || day < 1) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCDate() === day ? date.getTime() / 86_400_000 : undefined
}

/** The day of a date whose order is settled. */
export function settle(date: DateText, order: DayOrder): number {
  if (date.kind === 'day') return date.day
  const [day, month] = order === 'day first' ? [date.first, date.second] : [date.second, date.first]
  return dayNumber(date.year, month, day)!
}

/** Which order a text settles for its whole column; undefined when it reads both ways or names its month. */
export function settles(text: string): DayOrder | undefined {
  const match = YEAR_LAST.exec(text)
  if (!match || match[2] === '.') return undefined
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (first > 12 && first <= 31 && second <= 12) return 'day first'
  return second > 12 && second <= 31 && first <= 12 ? 'month first' : undefined
}

/** Days since 1970-01-01 of a YYYY-MM-DD; NaN for anything else. */
export function dayOf(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  return (match && dayNumber(Number(match[1]), Number(match[2]), Number(match[3]))) ?? NaN
}

/** 20544 → "2026-04-01". */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
