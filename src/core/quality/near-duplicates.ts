import type { CodedColumn } from '../column/column'
import { truthOf } from '../column/boolean-text'

/** Two categories that may be one: the rarer, and the commoner that it would become. */
export interface NearDuplicate {
  readonly from: string
  readonly to: string
  /** Rows that have `from`. */
  readonly rows: number
}

/** More categories than this are compared by nobody. */
const MOST_TEXTS = 400
/** A word shorter than this has neighbours that mean something else. */
const LEAST_LETTERS = 5

/**
 * Categories that differ only in case, accents, spaces or marks, in one letter of a longer word, where one is the end of
 * the other ("Phone", "Mobile Phone"), or its initials ("COD", "Cash on Delivery"). Each rarer one once, with the
 * commonest that it resembles.
 */
export function nearDuplicates({ type, dictionary }: CodedColumn): NearDuplicate[] {
  const { texts, values, counts } = dictionary
  if (type !== 'category') return []
  const real = Array.from(texts.keys()).filter((code) => !Number.isNaN(values[code]!) && counts[code]! > 0)
  if (real.length > MOST_TEXTS) return []
  const common = real.toSorted((a, b) => counts[b]! - counts[a]! || a - b)
  const wordsOf = new Map(common.map((code) => [code, words(texts[code]!)]))
  return common.flatMap((code, at) => {
    const to = common.slice(0, at).find((other) => alike(wordsOf.get(code)!, wordsOf.get(other)!))
    return to === undefined ? [] : [{ from: texts[code]!, to: texts[to]!, rows: counts[code]! }]
  })
}

function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function alike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return false
  if (a.join('') === b.join('')) return true
  return isEnd(a, b) || isEnd(b, a) || areInitials(a, b) || areInitials(b, a) || differByALetter(a, b)
}

/** The head of the phrase comes last; what answers a question is no head of anything. */
function isEnd(short: readonly string[], long: readonly string[]): boolean {
  const head = short.at(-1)!
  if (short.length >= long.length || head.length < LEAST_LETTERS || truthOf(head) !== undefined) return false
  if (long.slice(0, long.length - short.length).some((word) => NEGATIONS.has(word) || /\p{N}/u.test(word))) return false
  return short.every((word, i) => word === long[long.length - short.length + i])
}

const NEGATIONS = new Set('no not non without un ex former never kein keine ohne nicht sans sin sem'.split(' '))

function areInitials(short: readonly string[], long: readonly string[]): boolean {
  const [word] = short
  if (short.length !== 1 || long.length < 2 || word!.length !== long.length) return false
  return long.every((each, i) => each.startsWith(word![i]!))
}

function differByALetter(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  const others = a.flatMap((word, i) => (word === b[i] ? [] : [[word, b[i]!] as const]))
  const [pair] = others
  if (others.length !== 1 || !pair) return false
  const [one, two] = pair
  return Math.min(one.length, two.length) >= LEAST_LETTERS && !/\p{N}/u.test(one + two) && isOneEdit(one, two)
}

/** One letter more, less, or another, or two neighbours changed round. */
function isOneEdit(a: string, b: string): boolean {
  if (a.length > b.length) return isOneEdit(b, a)
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  if (a.length < b.length) return b.length - a.length === 1 && a.slice(start) === b.slice(start + 1)
  const swapped = a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2)
  return swapped || a.slice(start + 1) === b.slice(start + 1)
}
