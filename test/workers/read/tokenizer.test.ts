import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { Tokenizer, type CellSink, type Oddity } from '../../../workers/read/tokenizer'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Takes down what a tokenizer says; rows of the first one's width may come together. */
class Notes implements CellSink {
  readonly rows: { readonly line: number; readonly cells: string[] }[] = []
  readonly oddities: (readonly [Oddity, number, number])[] = []
  width = 0
  readonly #together: boolean
  #row: string[] = []

  constructor(together: boolean) {
    this.#together = together
  }

  cell(bytes: Uint8Array, start: number, end: number): void {
    this.#row.push(decoder.decode(bytes.subarray(start, end)))
  }

  endRow(line: number, cells: number): void {
    expect(cells).toBe(this.#row.length)
    this.rows.push({ line, cells: this.#row })
    this.#row = []
    if (this.#together) this.width = this.rows[0]!.cells.length
  }

  plainRows(bytes: Uint8Array, bounds: Int32Array, rows: number, line: number): void {
    for (let row = 0; row < rows; row++) {
      for (let cell = row * this.width; cell < (row + 1) * this.width; cell++)
        this.cell(bytes, bounds[2 * cell]!, bounds[2 * cell + 1]!)
      this.endRow(line + row, this.width)
    }
  }

  oddity(kind: Oddity, line: number, column: number): void {
    this.oddities.push([kind, line, column])
  }
}

function tokenized(bytes: Uint8Array, cuts: readonly number[], { delimiter = ',', together = true } = {}) {
  const notes = new Notes(together)
  const options = { delimiter: delimiter.charCodeAt(0), quote: 34, literalQuotes: new Set<number>() }
  const tokenizer = new Tokenizer(notes, options)
  const places = [0, ...cuts, bytes.length]
  for (const [i, place] of places.entries()) if (i > 0) tokenizer.push(bytes.slice(places[i - 1], place))
  const unclosed = tokenizer.end()
  return { rows: notes.rows, oddities: notes.oddities, unclosed }
}

const CHARACTERS = [
  'a',
  'B',
  '7',
  ' ',
  ',',
  ';',
  '\t',
  '|',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  'é',
  '€',
  '🎈',
  'ש',
  '\u00A0',
  '',
]
const clean = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  quotes: fc.boolean(),
  last: fc.boolean(),
  rows: fc.integer({ min: 1, max: 4 }).chain(
    (width) =>
      fc.array(fc.array(fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 5 }), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }), // prettier-ignore
  ),
})

/** The text of a clean file, and its cells by a known parser. */
function written({
  delimiter,
  newline,
  quotes,
  last,
  rows,
}: typeof clean extends fc.Arbitrary<infer File> ? File : never) {
  const text = Papa.unparse(rows, { delimiter, newline, quotes }) + (last ? newline : '')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline })
  expect(errors).toEqual([])
  // A line break at the end starts no row.
  return { text, cells: text.endsWith(newline) ? data.slice(0, -1) : data }
}

describe('the cells of a clean file', () => {
  test('are those that a known parser finds, wherever the file is cut', () => {
    fc.assert(
      fc.property(clean, (file) => {
        const { text, cells } = written(file)
        const bytes = encoder.encode(text)
        fc.pre(bytes.length > 0)
        const whole = tokenized(bytes, [], file)
        expect(whole.rows.map((row) => row.cells)).toEqual(cells)
        expect(whole.oddities).toEqual([])
        for (let cut = 1; cut < bytes.length; cut++) expect(tokenized(bytes, [cut], file)).toEqual(whole)
        expect(tokenized(bytes, Array.from({ length: bytes.length - 1 }, (_, i) => i + 1), file)).toEqual(whole) // prettier-ignore
        expect(tokenized(bytes, [], { ...file, together: false })).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })

  test('and its rows start on the lines that an editor counts', () => {
    fc.assert(
      fc.property(clean, (file) => {
        const { text, cells } = written(file)
        const { rows } = tokenized(encoder.encode(text), [], file)
        let line = 1
        for (const [i, row] of rows.entries()) {
          expect(row.line).toBe(line)
          line += 1 + cells[i]!.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0)
        }
      }),
    )
  })
})

test('any bytes give the same answer however they are cut, together or one by one', () => {
  const unit = fc.constantFrom(...CHARACTERS, '\0', '"a', 'b"', ',,', '\n\n').map((text) => [...encoder.encode(text)])
  const bytes = fc.array(fc.oneof({ weight: 9, arbitrary: unit }, { weight: 1, arbitrary: fc.array(fc.nat(255), { maxLength: 3 }) }), { maxLength: 40 }) // prettier-ignore
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(60), { maxLength: 6 }), (parts, cuts) => {
      const all = Uint8Array.from(parts.flat())
      const whole = tokenized(all, [])
      const places = [...new Set(cuts.filter((cut) => cut > 0 && cut < all.length))].sort((a, b) => a - b)
      expect(tokenized(all, places)).toEqual(whole)
      expect(tokenized(all, [], { together: false })).toEqual(whole)
    }),
    { numRuns: 3000 },
  )
})
