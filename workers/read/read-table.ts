import { textAt, type ColumnType, type Table } from '../../src/core/column/column'
import type { Dialect } from '../../src/core/column/dialect'
import type { ImportReport, PreviewRow } from '../../src/core/column/import-report'
import type { ReadingRules } from '../../src/core/column/infer-type'
import { profileOf } from '../../src/core/column/profile'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { failure, success, type Result } from '../../src/core/result'
import type { ChunkSink, StoredColumn } from '../store/stored-table'
import { ChunkWriter } from './chunk-writer'
import type { ColumnReader } from './column-reader'
import { findEncoding, utf8Bytes, utf8Head, type FoundEncoding } from './encoding'
import { finishColumn, inferColumns, type FinishedColumn } from './finish-columns'
import { ProblemList } from './problem-list'
import { seemsToBe } from './refuse'
import { RowReader } from './row-reader'
import { modalWidth, sepLine, sniff } from './sniff'
import { Tokenizer } from './tokenizer'

export interface ReadOptions {
  readonly file: string
  /** What a person has said about how the file is written. */
  readonly dialect: Partial<Dialect>
  /** Types that a person chose, by column. */
  readonly types: ReadonlyMap<string, ColumnType>
  readonly onprogress: (progress: { rows: number; bytes: number; totalBytes: number }) => void
  readonly signal: AbortSignal
}

export interface ReadTable {
  readonly table: Table
  readonly stored: readonly StoredColumn[]
  readonly report: ImportReport
}

const HEAD = 1 << 20
const SAMPLE = 1 << 18
/** Share of a column's cells that may be no numbers before it is no column of numbers. */
const MOST_UNREADABLE = 0.1
/** Readings of one file before quotes are no longer taken for quotes. */
const MOST_READINGS = 20

/**
 * Reads a CSV or TSV file into typed columns. Their chunks go to `sink` while it is read; the same columns are the
 * answer. Ends early, with a problem in words, when the file is no table, changes, or the reading is cancelled.
 */
export async function readTable(source: Blob, options: ReadOptions, sink: ChunkSink): Promise<Result<ReadTable>> {
  const { file } = options
  const told = (problem: ReadingProblem): Result<ReadTable> => failure([problem])
  try {
    if (source.size === 0) return told({ about: 'reading', kind: 'empty file', file })
    const head = new Uint8Array(await source.slice(0, HEAD).arrayBuffer())
    const seems = seemsToBe(head)
    if (seems !== undefined) return told({ about: 'reading', kind: 'not a table', file, seems })
    return await new Reading(source, head, options, sink).read()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError')
      return told({ about: 'reading', kind: 'folder', file })
    if (error instanceof DOMException && error.name === 'NotReadableError') {
      return told({ about: 'reading', kind: 'file changed', file })
    }
    throw error
  }
}

/** One file being read, as often as it takes to understand it. */
class Reading {
  readonly #source: Blob
  readonly #options: ReadOptions
  readonly #sink: ChunkSink
  readonly #found: FoundEncoding
  readonly #dialect: Dialect
  readonly #rules: ReadingRules
  readonly #width: number
  /** Bytes of a `sep=` line. */
  readonly #skip: number
  readonly #literalQuotes = new Map<number, number>()
  readonly #texts = new Set<string>()
  #readings = 0

  constructor(source: Blob, head: Uint8Array, options: ReadOptions, sink: ChunkSink) {
    this.#source = source
    this.#options = options
    this.#sink = sink
    const found = findEncoding(head)
    const encoding = options.dialect.encoding ?? found.encoding
    this.#found = { encoding, mark: found.mark }
    const text = utf8Head(head, this.#found)
    const sep = sepLine(text)
    this.#skip = sep?.bytes ?? 0
    const sample = text.subarray(this.#skip, this.#skip + SAMPLE)
    const whole = source.size <= head.length && sample.length === text.length - this.#skip
    const given =
      sep && options.dialect.delimiter === undefined
        ? { ...options.dialect, delimiter: sep.delimiter }
        : options.dialect
    this.#dialect = { encoding, ...sniff(sample, whole, given) }
    this.#width = modalWidth(sample, this.#dialect, whole)
    const { decimal, dayOrder } = this.#dialect
    this.#rules = { decimal, dayOrder: dayOrder === 'ask' ? undefined : dayOrder }
  }

  async read(): Promise<Result<ReadTable>> {
    for (;;) {
      const problems = new ProblemList()
      const again = await this.#once(problems)
      if (again !== 'again') return again
      this.#readings++
    }
  }

  async #once(problems: ProblemList): Promise<Result<ReadTable> | 'again'> {
    const { file, signal } = this.#options
    const writer = new ChunkWriter(this.#sink)
    const rows = this.#rowReader(problems, writer)
    const tokenizer = this.#tokenizer(rows)
    await this.#pump(tokenizer, rows, writer)
    if (signal.aborted) return failure([{ about: 'reading', kind: 'cancelled', file, rows: rows.rows }])
    const unclosed = tokenizer.end()
    if (unclosed) {
      this.#literalQuotes.set(unclosed.offset, unclosed.line)
      await writer.discard()
      return 'again'
    }
    rows.end()
    if (rows.tooWide) return failure([{ about: 'reading', kind: 'too many columns', file }])
    if (rows.columns.length === 0) return failure([{ about: 'reading', kind: 'empty file', file }])
    if (rows.rows === 0) return failure([{ about: 'reading', kind: 'header only', file, line: rows.nameLine }])
    const unfit = rows.columns.filter((column) => isUnfit(column, rows.rows))
    if (unfit.length > 0) {
      for (const { name } of unfit) this.#texts.add(name)
      await writer.discard()
      return 'again'
    }
    return this.#finish(rows, problems, writer)
  }

  #rowReader(problems: ProblemList, writer: ChunkWriter): RowReader {
    const { file, types } = this.#options
    for (const line of this.#literalQuotes.values())
      problems.add({ about: 'reading', kind: 'unclosed quote', file, line })
    if (this.#found.encoding === 'windows-1252' && this.#options.dialect.encoding === undefined) {
      problems.add({ about: 'reading', kind: 'windows-1252', file })
    }
    const { header } = this.#dialect
    const shape = { file, header, width: this.#width, rules: this.#rules, types, texts: this.#texts }
    const rows = new RowReader(shape, problems, () => writer.chunkEnded(rows.columns))
    return rows
  }

  #tokenizer(rows: RowReader): Tokenizer {
    const { delimiter, quote } = this.#dialect
    const quotes = this.#readings < MOST_READINGS && quote !== ''
    const tokenizer = new Tokenizer(rows, {
      delimiter: delimiter.charCodeAt(0),
      quote: quotes ? quote.charCodeAt(0) : 0,
      literalQuotes: new Set(this.#literalQuotes.keys()),
      firstLine: this.#skip > 0 ? 2 : 1,
    })
    return tokenizer
  }

  /** Feeds the file to the tokenizer until its end, or until it is cancelled. */
  async #pump(tokenizer: Tokenizer, rows: RowReader, writer: ChunkWriter): Promise<void> {
    const { onprogress, signal } = this.#options
    const totalBytes = this.#source.size
    let bytes = this.#found.mark
    let skip = this.#skip
    let told = -Infinity
    for await (const chunk of utf8Bytes(this.#source, this.#found, (count) => (bytes += count))) {
      if (signal.aborted || rows.tooWide) return
      const start = Math.min(skip, chunk.length)
      skip -= start
      tokenizer.push(start > 0 ? chunk.subarray(start) : chunk)
      await writer.flush()
      const now = performance.now()
      if (now - told > 50) {
        told = now
        onprogress({ rows: rows.rows, bytes, totalBytes })
      }
    }
    onprogress({ rows: rows.rows, bytes: totalBytes, totalBytes })
  }

  async #finish(rows: RowReader, problems: ProblemList, writer: ChunkWriter): Promise<Result<ReadTable>> {
    const { file, types } = this.#options
    const { inferred, dayOrder } = inferColumns(rows.columns, types, this.#rules)
    const finished: FinishedColumn[] = []
    for (const [index, reader] of rows.columns.entries()) {
      if (inferred.get(reader)?.reading.type === 'text') reader.becomeText(rows.rows)
      await writer.finish(reader, index)
      finished.push(finishColumn(reader, inferred.get(reader), rows.rows))
    }
    const oddRows = this.#collect(finished, rows, problems)
    const table = { rows: rows.rows, columns: finished.map(({ column }) => column) }
    const report: ImportReport = {
      file,
      bytes: this.#source.size,
      rows: rows.rows,
      dialect: { ...this.#dialect, dayOrder: dayOrder ?? 'ask' },
      columns: finished.map(({ column, unreadable }) => profileOf(column, rows.rows, unreadable)),
      problems: problems.problems,
      counts: problems.counts,
      preview: previewOf(table, oddRows, rows),
    }
    return success({ table, stored: finished.map(({ stored }) => stored), report })
  }

  /** Tells the mistakes of the columns by their lines; gives the rows that have one. */
  #collect(finished: readonly FinishedColumn[], rows: RowReader, problems: ProblemList): number[] {
    const { file, types } = this.#options
    const oddRows = [...rows.oddRows]
    for (const { stored, mistakes, unsettled } of finished) {
      for (const { kind, column, count, cells } of mistakes) {
        for (const [i, { row, text }] of cells.entries()) {
          // The first carries the count of all that are not remembered.
          const counted = i === 0 ? 1 + count - cells.length : 1
          problems.add({ about: 'reading', kind, file, line: rows.lines.lineOf(row), column, text }, counted)
          oddRows.push(row)
        }
      }
      if (unsettled !== undefined)
        problems.add({ about: 'reading', kind: 'day or month', file, column: stored.name, text: unsettled })
      const wanted = types.get(stored.name)
      if (stored.layout === 'text' && (wanted === 'category' || wanted === 'boolean' || wanted === 'date')) {
        problems.add({ about: 'reading', kind: 'too many values', file, column: stored.name })
      }
    }
    return oddRows
  }
}

/** Numbers that were mostly none, or days that were no dates: the column is text after all. */
function isUnfit({ unfit, layout, unreadable }: ColumnReader, rows: number): boolean {
  return unfit || (layout === 'float' && unreadable > MOST_UNREADABLE * rows)
}

const FIRST = 100
const LAST = 10
const ODD = 20
/** Most cells of a preview, or the page would stop to take it in; a file of thousands of columns shows fewer rows. */
const MOST_CELLS = 40_000

/** The first rows, the last ones, and some with problems. */
function previewOf(table: Table, oddRows: readonly number[], { lines }: RowReader): PreviewRow[] {
  const shown = new Set<number>()
  const room = Math.min(1, MOST_CELLS / ((FIRST + LAST + ODD) * Math.max(1, table.columns.length)))
  const share = (rows: number): number => Math.max(1, Math.floor(rows * room))
  for (let row = 0; row < Math.min(share(FIRST), table.rows); row++) shown.add(row)
  const odd = [...new Set(oddRows)].filter((row) => !shown.has(row)).sort((a, b) => a - b)
  for (const row of odd.slice(0, share(ODD))) shown.add(row)
  for (let row = Math.max(0, table.rows - share(LAST)); row < table.rows; row++) shown.add(row)
  return [...shown]
    .sort((a, b) => a - b)
    .map((row) => ({
      row,
      line: lines.lineOf(row),
      cells: table.columns.map((column) => shortened(textAt(column, row))),
    }))
}

/** A preview is looked at, not read: a cell of megabytes stays where it is. */
function shortened(text: string): string {
  return text.length > 500 ? `${text.slice(0, 499)}…` : text
}
