import { textAt, type ColumnType, type Table } from '../../src/core/column/column'
import type { Dialect } from '../../src/core/column/dialect'
import type { ImportReport, PreviewRow } from '../../src/core/column/import-report'
import type { ReadingRules } from '../../src/core/column/infer-type'
import { profileOf } from '../../src/core/column/profile'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { failure, success, type Result } from '../../src/core/result'
import { ReadKernel } from '../kernel/read-kernel'
import type { ChunkSink, StoredColumn } from '../store/stored-table'
import { ChunkWriter } from './chunk-writer'
import type { ColumnReader } from './column-reader'
import { finishColumn, inferColumns, type FinishedColumn } from './finish-columns'
import type { LineMap } from './line-map'
import { openSource } from './open-source'
import { ProblemList } from './problem-list'
import { RowReader } from './row-reader'
import { Refusal, type Pumping, type TableSource } from './table-source'
import { breathing } from './turn'

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
  /** The physical lines that the rows start on. */
  readonly lines: LineMap
}

/** What reads a file into typed columns, see readTable: in this thread or in another. */
export type TableReader = (source: Blob, options: ReadOptions, sink: ChunkSink) => Promise<Result<ReadTable>>

/** Share of a column's cells that may be no numbers before it is no column of numbers. */
const MOST_UNREADABLE = 0.1

/**
 * Reads a file into typed columns. Their chunks go to `sink` while it is read; the same columns are the answer. Ends
 * early, with a problem in words, when the file is no table, is damaged, changes, or the reading is cancelled.
 */
export async function readTable(source: Blob, options: ReadOptions, sink: ChunkSink): Promise<Result<ReadTable>> {
  const { file, signal } = options
  const told = (problem: ReadingProblem): Result<ReadTable> => failure([problem])
  try {
    const opening = { given: options.dialect, signal, breathe: breathing() }
    const result = await new Reading(await openSource(source, file, opening), source.size, options, sink).read()
    // What was opened before a file changed may be read to its end, half old and half new: only who opens it now is told.
    if (result.ok) await source.slice(0, 1).arrayBuffer()
    return result
  } catch (error) {
    if (signal.aborted) return told({ about: 'reading', kind: 'cancelled', file, rows: 0 })
    if (error instanceof Refusal) return told(error.problem)
    if (isOutOfMemory(error)) return told({ about: 'reading', kind: 'reading ended', file, rows: 0 })
    if (error instanceof DOMException && error.name === 'NotFoundError')
      return told({ about: 'reading', kind: 'folder', file })
    if (error instanceof DOMException && error.name === 'NotReadableError') {
      return told({ about: 'reading', kind: 'file changed', file })
    }
    throw error
  }
}

/** What the machine has no room for in one piece is an error that can be caught; what it has no room for at all is none. */
function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof RangeError && /allocation failed|invalid (?:typed )?(?:array|string) length/i.test(error.message)
  )
}

/** One file being read, as often as it takes to understand it. */
class Reading {
  readonly #source: TableSource
  readonly #bytes: number
  readonly #options: ReadOptions
  readonly #sink: ChunkSink
  readonly #rules: ReadingRules
  /** Columns that an earlier reading found to be text. */
  readonly #texts = new Set<string>()

  constructor(source: TableSource, bytes: number, options: ReadOptions, sink: ChunkSink) {
    this.#source = source
    this.#bytes = bytes
    this.#options = options
    this.#sink = sink
    const { decimal, dayOrder } = source.dialect
    this.#rules = { decimal, dayOrder: dayOrder === 'ask' ? undefined : dayOrder }
  }

  async read(): Promise<Result<ReadTable>> {
    for (;;) {
      const again = await this.#once(new ProblemList())
      if (again !== 'again') return again
    }
  }

  async #once(problems: ProblemList): Promise<Result<ReadTable> | 'again'> {
    const { file, signal } = this.#options
    for (const problem of this.#source.problems()) problems.add(problem)
    const writer = new ChunkWriter(this.#sink)
    const rows = this.#rowReader(problems, writer)
    const pumping = this.#pumping(rows, writer)
    const again = await this.#source.pump(rows, pumping)
    if (signal.aborted) return this.#cancelled(rows.rows)
    if (again) {
      await writer.discard()
      return 'again'
    }
    this.#options.onprogress({ rows: rows.rows, bytes: this.#bytes, totalBytes: this.#bytes })
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
    return this.#finish(rows, problems, writer, pumping)
  }

  #cancelled(rows: number): Result<ReadTable> {
    return failure([{ about: 'reading', kind: 'cancelled', file: this.#options.file, rows }])
  }

  #rowReader(problems: ProblemList, writer: ChunkWriter): RowReader {
    const { file, types } = this.#options
    const { dialect, width } = this.#source
    const shape = {
      file,
      header: dialect.header,
      guards: this.#source.format === 'text',
      width,
      rules: this.#rules,
      types,
      texts: this.#texts,
      kernel: this.#source.format === 'text' ? ReadKernel.create() : undefined,
    }
    const rows = new RowReader(shape, problems, () => writer.chunkEnded(rows.columns))
    return rows
  }

  #pumping(rows: RowReader, writer: ChunkWriter): Pumping {
    const { onprogress, signal } = this.#options
    let told = -Infinity
    const breath = breathing()
    return {
      signal,
      breathe: async () => {
        await writer.flush()
        await breath()
      },
      told: (bytes) => {
        const now = performance.now()
        if (now - told < 50) return
        told = now
        onprogress({ rows: rows.rows, bytes, totalBytes: this.#bytes })
      },
    }
  }

  async #finish(
    rows: RowReader,
    problems: ProblemList,
    writer: ChunkWriter,
    { breathe, signal }: Pumping,
  ): Promise<Result<ReadTable>> {
    const { file, types } = this.#options
    const { inferred, dayOrder } = inferColumns(rows.columns, types, this.#rules)
    const finished: FinishedColumn[] = []
    for (const [index, reader] of rows.columns.entries()) {
      if (inferred.get(reader)?.reading.type === 'text') reader.becomeText(rows.rows)
      await writer.finish(reader, index)
      finished.push(finishColumn(reader, inferred.get(reader), rows.rows))
      await breathe()
      if (signal.aborted) return this.#cancelled(rows.rows)
    }
    const oddRows = this.#collect(finished, rows, problems)
    const table = { rows: rows.rows, columns: finished.map(({ column }) => column) }
    const report: ImportReport = {
      file,
      bytes: this.#bytes,
      rows: rows.rows,
      format: this.#source.format,
      dialect: { ...this.#source.dialect, dayOrder: dayOrder ?? 'ask' },
      ...(this.#source.sheets && { sheets: this.#source.sheets }),
      columns: finished.map(({ column, unreadable }) => profileOf(column, rows.rows, unreadable)),
      problems: problems.problems,
      counts: problems.counts,
      preview: previewOf(table, oddRows, rows),
    }
    return success({ table, stored: finished.map(({ stored }) => stored), report, lines: rows.lines })
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
