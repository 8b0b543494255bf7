export type DecimalMark = '.' | ','

const PLAIN = /^-?\d+(?:\.\d+)?$/
const SIGNS = String.raw`US\$|A\$|C\$|R\$|[$€£¥₹₩₽₺₪฿]|kr\.?|zł|Kč|Fr\.?|Rs\.?`
const CODES = 'USD|EUR|GBP|JPY|INR|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|SGD|HKD|CNY'
const CURRENCY_BEFORE = new RegExp(`^(?:${SIGNS}|${CODES})`, 'i')
const CURRENCY_AFTER = new RegExp(`(?:${SIGNS}|${CODES})$`, 'i')
/** Between thousands: a mark, an apostrophe, or one of the spaces that typography uses. */
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^\d{1,3}(?:([,'’ \u00A0\u202F\u2009])\d{2,3})(?:\1\d{2,3})*(?:\.\d*)?$/,
  ',': /^\d{1,3}(?:([.'’ \u00A0\u202F\u2009])\d{3})(?:\1\d{3})*(?:,\d*)?$/,
}
const UNGROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
  ',': /^(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?$/i,
}

/**
 * The number that a trimmed text stands for, or NaN. Reads signs (also U+2212, also behind the digits), thousands
 * marks, currency signs and codes on either side, percent (10% is 0.1), accounting parentheses for negatives, and
 * scientific notation. A plain decimal gives exactly Number(text). "12 tickets", "0x1F" and "Infinity" are no numbers.
 * @example parseNumber('($1,234.56)', '.') // -1234.56
 * @example parseNumber('1.234,5 €', ',') // 1234.5
 */
export function parseNumber(text: string, decimal: DecimalMark): number {
  if (decimal === '.' && PLAIN.test(text)) return finite(Number(text))
  const bare = stripSigns(text)
  if (!bare) return NaN
  const size = digits(bare.text, decimal)
  const value = bare.percent ? size / 100 : size
  return finite(bare.negative ? -value : value)
}

function finite(value: number): number {
  return Number.isFinite(value) ? value + 0 : NaN
}

interface Bare {
  readonly text: string
  readonly negative: boolean
  readonly percent: boolean
}

/** What may stand before or behind the digits, each at most once. */
const AROUND = [
  ['sign', /^[-+−]|[-−]$/],
  ['currency', CURRENCY_BEFORE],
  ['currency', CURRENCY_AFTER],
  ['percent', /%$/],
] as const

/** The digits with everything around them taken off; undefined when nothing is left. */
function stripSigns(text: string): Bare | undefined {
  const inParentheses = /^\((.*)\)$/s.exec(text)
  const found = new Map<string, string>()
  let rest = (inParentheses?.[1] ?? text).trim()
  for (let round = 0; round < AROUND.length; round++) {
    for (const [what, at] of AROUND) {
      const match = found.has(what) ? null : at.exec(rest)
      if (!match) continue
      found.set(what, match[0])
      rest = rest.replace(at, '').trim()
    }
  }
  if (rest === '') return undefined
  const minus = found.has('sign') && found.get('sign') !== '+'
  return { text: rest, negative: inParentheses !== null || minus, percent: found.has('percent') }
}

function digits(text: string, decimal: DecimalMark): number {
  const whole = UNGROUPED[decimal].test(text) ? text : GROUPED[decimal].test(text) ? ungroup(text, decimal) : undefined
  if (whole === undefined) return NaN
  return Number(decimal === ',' ? whole.replace(',', '.') : whole)
}

/** Without thousands marks; undefined unless the last group has three digits, as 1,23,456 has and 12,34 has not. */
function ungroup(text: string, decimal: DecimalMark): string | undefined {
  const [before = '', after] = text.split(decimal)
  const groups = before.split(/[^\d]/)
  if (groups.at(-1)!.length !== 3) return undefined
  return groups.join('') + (after === undefined ? '' : decimal + after)
}

/** Whether a text has a decimal part that only this mark explains: "12,5" and "1.234,5" do for the comma. */
export function showsDecimal(text: string, decimal: DecimalMark): boolean {
  const other = decimal === '.' ? ',' : '.'
  return !Number.isNaN(parseNumber(text, decimal)) && Number.isNaN(parseNumber(text, other))
}
