import type { Dialect } from '../../src/core/column/dialect'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { findEncoding, utf8Bytes, utf8Head, type FoundEncoding } from './encoding'
import type { RowReader } from './row-reader'
import { modalWidth, sepLine, sniff } from './sniff'
import type { Pumping, TableSource } from './table-source'
import { Tokenizer } from './tokenizer'

const SAMPLE = 1 << 18
/** Readings of one file before quotes are no longer taken for quotes. */
const MOST_READINGS = 20

/** A CSV or TSV file, or another that parts its cells by a character. */
export class DelimitedSource implements TableSource {
  readonly format = 'text'
  readonly dialect: Dialect
  readonly width: number
  readonly #source: Blob
  readonly #file: string
  readonly #given: Partial<Dialect>
  readonly #found: FoundEncoding
  /** Bytes of a `sep=` line. */
  readonly #skip: number
  /** Quotes that open and never close, with their lines. */
  readonly #literalQuotes = new Map<number, number>()
  #readings = 0

  constructor(source: Blob, head: Uint8Array, file: string, given: Partial<Dialect>) {
    this.#source = source
    this.#file = file
    this.#given = given
    const found = findEncoding(head)
    const encoding = given.encoding ?? found.encoding
    this.#found = { encoding, mark: found.mark }
    const text = utf8Head(head, this.#found)
    const sep = sepLine(text)
    this.#skip = sep?.bytes ?? 0
    const sample = text.subarray(this.#skip, this.#skip + SAMPLE)
    const whole = source.size <= head.length && sample.length === text.length - this.#skip
    const known = sep && given.delimiter === undefined ? { ...given, delimiter: sep.delimiter } : given
    this.dialect = { encoding, ...sniff(sample, whole, known) }
    this.width = modalWidth(sample, this.dialect, whole)
  }

  problems(): ReadingProblem[] {
    const file = this.#file
    const found = [...this.#literalQuotes.values()].map((line): ReadingProblem => ({
      about: 'reading',
      kind: 'unclosed quote',
      file,
      line,
    }))
    const guessed = this.#found.encoding === 'windows-1252' && this.#given.encoding === undefined
    return guessed ? [...found, { about: 'reading', kind: 'windows-1252', file }] : found
  }

  async pump(rows: RowReader, { signal, breathe, told }: Pumping): Promise<'again' | undefined> {
    const tokenizer = this.#tokenizer(rows)
    let bytes = this.#found.mark
    let skip = this.#skip
    for await (const chunk of utf8Bytes(this.#source, this.#found, (count) => (bytes += count))) {
      if (signal.aborted || rows.tooWide) return undefined
      const start = Math.min(skip, chunk.length)
      skip -= start
      tokenizer.push(start > 0 ? chunk.subarray(start) : chunk)
      told(bytes)
      await breathe()
    }
    const unclosed = tokenizer.end()
    if (!unclosed) return undefined
    this.#literalQuotes.set(unclosed.offset, unclosed.line)
    this.#readings++
    return 'again'
  }

  #tokenizer(rows: RowReader): Tokenizer {
    const { delimiter, quote } = this.dialect
    const quotes = this.#readings < MOST_READINGS && quote !== ''
    return new Tokenizer(rows, {
      delimiter: delimiter.charCodeAt(0),
      quote: quotes ? quote.charCodeAt(0) : 0,
      literalQuotes: new Set(this.#literalQuotes.keys()),
      firstLine: this.#skip > 0 ? 2 : 1,
      kernel: rows.kernel,
    })
  }
}
