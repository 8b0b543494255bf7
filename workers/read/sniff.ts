import type { Dialect } from '../../src/core/column/dialect'
import { parseDate } from '../../src/core/column/date-text'
import { isMissingWord } from '../../src/core/column/missing-word'
import { parseNumber, showsDecimal, type DecimalMark } from '../../src/core/column/number-text'
import { trim } from '../../src/core/column/trim'
import { Tokenizer } from './tokenizer'
import { decode } from './utf8-bytes'

/** What parts cells, the likeliest first. */
const DELIMITERS = [',', ';', '\t', '|', '^', '\u001f', '\u0001', '~', ':']
const MOST_ROWS = 1000
/** Bytes between two looks at whether there are enough rows. */
const PIECE = 1 << 14

/** What a first line such as `sep=;` says, and how many bytes it takes. */
export interface SepLine {
  readonly delimiter: string
  readonly bytes: number
}

/** The hint that Excel understands in a file's first line; undefined where there is none. */
export function sepLine(head: Uint8Array): SepLine | undefined {
  const match = /^"?sep=(.)"?(?:\r\n|\n|\r|$)/i.exec(decode(head, 0, Math.min(head.length, 16)))
  const delimiter = match?.[1] ?? ''
  return match && delimiter < '\u0080' ? { delimiter, bytes: match[0].length } : undefined
}

/** The rows of a sample as texts; a row that the sample cuts off is left out. */
function sampleRows(sample: Uint8Array, delimiter: string, quote: string, whole: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const tokenizer = new Tokenizer(
    {
      cell: (bytes, start, end) => row.push(trim(decode(bytes, start, end))),
      endRow: () => {
        if (rows.length < MOST_ROWS && !(row.length === 1 && row[0] === '')) rows.push(row)
        row = []
      },
      oddity: () => undefined,
      width: 0,
      plainRows: () => undefined,
    },
    { delimiter: delimiter.charCodeAt(0), quote: quote === '' ? 0 : quote.charCodeAt(0), literalQuotes: new Set() },
  )
  for (let at = 0; at < sample.length && rows.length < MOST_ROWS; at += PIECE)
    tokenizer.push(sample.subarray(at, at + PIECE))
  if (whole || rows.length === 0) tokenizer.end()
  return rows
}

interface Cut {
  readonly delimiter: string
  readonly quote: string
  readonly rows: readonly (readonly string[])[]
  /** Share of the rows that have as many cells as most, 0…1; 0 for one cell. */
  readonly consistency: number
  readonly cells: number
}

function cut(sample: Uint8Array, delimiter: string, quote: string, whole: boolean): Cut {
  const rows = sampleRows(sample, delimiter, quote, whole)
  const sizes = new Map<number, number>()
  for (const { length } of rows) sizes.set(length, (sizes.get(length) ?? 0) + 1)
  const [cells = 1, count = 0] = [...sizes].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  const fromNames = rows[0]?.length === cells ? 1 : 0.5
  return { delimiter, quote, rows, cells, consistency: cells < 2 ? 0 : (fromNames * count) / rows.length }
}

/** What a person has said about the file goes before what the sample shows. */
export function sniff(sample: Uint8Array, whole: boolean, given: Partial<Dialect>): Omit<Dialect, 'encoding'> {
  const best = bestCut(sample, whole, given)
  const cells = best.rows.slice(1).flat()
  return {
    delimiter: best.delimiter,
    quote: best.quote,
    decimal: given.decimal ?? decimalMark(cells),
    header: given.header ?? hasNames(best.rows),
    dayOrder: given.dayOrder ?? 'ask',
  }
}

function bestCut(sample: Uint8Array, whole: boolean, given: Partial<Dialect>): Cut {
  const quotes = given.quote === undefined ? ['"', "'"] : [given.quote]
  const delimiters = given.delimiter === undefined ? DELIMITERS : [given.delimiter]
  const cuts = quotes.flatMap((quote) => delimiters.map((delimiter) => cut(sample, delimiter, quote, whole)))
  // The earlier of equals: commas before the rest, double quotes before single ones.
  return cuts.reduce((best, each) => {
    const better = each.consistency - best.consistency
    return better > 0.02 || (better > -0.02 && each.quote === best.quote && each.cells > 2 * best.cells) ? each : best
  })
}

/** The decimal comma when more cells need it than need the point. */
function decimalMark(cells: readonly string[]): DecimalMark {
  const commas = cells.filter((cell) => cell.includes(',') && showsDecimal(cell, ',')).length
  const points = cells.filter((cell) => cell.includes('.') && showsDecimal(cell, '.')).length
  return commas > points ? ',' : '.'
}

function isValue(cell: string): boolean {
  return !Number.isNaN(parseNumber(cell, '.')) || !Number.isNaN(parseNumber(cell, ',')) || parseDate(cell) !== undefined
}

/**
 * Whether the first row holds names: it does unless it has numbers or dates where the rows below have them, or names
 * nothing at all.
 */
function hasNames(rows: readonly (readonly string[])[]): boolean {
  const [first, ...below] = rows
  if (!first || below.length === 0) return true
  const valued = first.map((_, column) => {
    const said = below.flatMap((row) => (row[column] && !isMissingWord(row[column], 'number') ? [row[column]] : []))
    return said.length > 0 && said.filter(isValue).length > said.length / 2
  })
  const same = first.filter((cell, column) => valued[column] && cell !== '' && isValue(cell)).length
  const differs = first.filter((cell, column) => valued[column] && cell !== '' && !isValue(cell)).length
  return same === 0 || differs > same
}

/** How many cells most rows below the names have; 0 where no number of cells is that common. */
export function modalWidth(
  sample: Uint8Array,
  { delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>,
  whole: boolean,
): number {
  const below = sampleRows(sample, delimiter, quote, whole).slice(1)
  const sizes = new Map<number, number>()
  for (const { length } of below) sizes.set(length, (sizes.get(length) ?? 0) + 1)
  for (const [cells, count] of sizes) {
    const filled = below.some((row) => row.length === cells && row.at(-1) !== '')
    if (count > below.length / 2 && filled) return cells
  }
  return 0
}
