import { columnNames, type NamedColumn } from '../../src/core/column/column-names'
import type { ColumnType } from '../../src/core/column/column'
import type { ReadingRules } from '../../src/core/column/infer-type'
import { trim } from '../../src/core/column/trim'
import { unguarded } from '../../src/core/export/csv'
import type { ReadKernel } from '../kernel/read-kernel'
import { CHUNK_ROWS } from '../store/stored-table'
import { mayBlank, skipBack, skipForward } from './blanks'
import { ColumnReader, REMEMBERED } from './column-reader'
import { LineMap } from './line-map'
import type { ProblemList } from './problem-list'
import type { CellSink, Oddity } from './tokenizer'
import { decode } from './utf8-bytes'

export interface RowReaderOptions {
  readonly file: string
  readonly header: boolean
  /** Whether a text may have an apostrophe before it that keeps spreadsheets from running it. */
  readonly guards: boolean
  /** How many cells most rows have: where the names are fewer, the rest is named by place. */
  readonly width: number
  readonly rules: ReadingRules
  /** Types that a person chose. */
  readonly types: ReadonlyMap<string, ColumnType>
  /** Columns that an earlier reading found to be text. */
  readonly texts: ReadonlySet<string>
  /** Does what rows of a delimited file need most, where it can run. */
  readonly kernel?: ReadKernel | undefined
}

/** As many as a spreadsheet has. */
const MOST_COLUMNS = 16_384

/** Puts the cells of a file into its columns. The first row that is not blank names them, or is data and counts them. */
export class RowReader implements CellSink {
  readonly lines = new LineMap()
  columns: ColumnReader[] = []
  names: readonly NamedColumn[] = []
  nameLine = 0
  rows = 0
  /** Set when a file has more columns than can be meant. */
  tooWide = false
  readonly #options: RowReaderOptions
  readonly #problems: ProblemList
  readonly #onchunk: (rows: number) => void
  /** The cells of the first row, until it is complete. */
  #first: string[] | undefined = []
  /** Whether the running row has nothing but blanks so far; such a row is no customer. */
  #blank = true
  #extra = ''
  #odd: {
    readonly kind: Oddity
    readonly line: number
    readonly column: number
    text: string
  }[] = []
  /** Rows that are short or long, as far as they are remembered. */
  readonly oddRows: number[] = []

  constructor(options: RowReaderOptions, problems: ProblemList, onchunk: (rows: number) => void) {
    this.#options = options
    this.#problems = problems
    this.#onchunk = onchunk
  }

  cell(bytes: Uint8Array, start: number, end: number, column: number): void {
    if (this.#first) {
      // One more than can be meant is enough to know it.
      if (this.#first.length <= MOST_COLUMNS) this.#first.push(decode(bytes, start, end))
      return
    }
    if (this.#odd.length > 0)
      for (const odd of this.#odd) if (odd.column === column && end > start) odd.text = decode(bytes, start, end)
    let from = start
    let to = end
    if (start < end && (mayBlank(bytes[start]!) || mayBlank(bytes[end - 1]!))) {
      from = skipForward(bytes, start, end)
      to = skipBack(bytes, from, end)
    }
    if (from < to) this.#blank = false
    if (this.#options.guards && mayBeGuarded(bytes, start, end)) {
      const own = encoder.encode(trim(unguarded(decode(bytes, from, to))))
      this.#put(own, 0, own.length, column)
    } else this.#put(bytes, from, to, column)
  }

  /** Puts a trimmed cell into its column, or remembers that there is none for it. */
  #put(bytes: Uint8Array, from: number, to: number, column: number): void {
    const reader = this.columns[column]
    if (reader) reader.add(bytes, from, to, this.rows)
    else if (this.#extra === '' && from < to) this.#extra = decode(bytes, from, to).trim()
  }

  /** Rows come together once their names are known. */
  get width(): number {
    return this.columns.length
  }

  /** What finds plain rows for the tokenizer. */
  get kernel(): ReadKernel | undefined {
    return this.#options.kernel
  }

  plainRows(bytes: Uint8Array, bounds: Int32Array, rows: number, line: number, mayBeGuarded = true): void {
    const { columns } = this
    const stride = 2 * columns.length
    const guarded = this.#options.guards && mayBeGuarded && hasGuard(bytes, bounds, rows * stride)
    if (guarded || this.#odd.length > 0 || hasBlankRow(bytes, bounds, rows, stride)) {
      for (let row = 0; row < rows; row++) this.#oneRow(bytes, bounds, row * stride, line + row)
      return
    }
    for (let done = 0; done < rows;) {
      const some = Math.min(rows - done, CHUNK_ROWS - (this.rows % CHUNK_ROWS))
      for (const [column, reader] of columns.entries())
        reader.addRows(bytes, bounds, { from: done * stride + 2 * column, stride, rows: some, row: this.rows })
      for (let row = 0; row < some; row++) this.lines.add(this.rows + row, line + done + row)
      this.rows += some
      done += some
      if (this.rows % CHUNK_ROWS === 0) this.#endChunk(CHUNK_ROWS)
    }
    // Not before all columns have their cells: what the kernel has handed over ends when it learns.
    if (this.kernel) for (const column of columns) column.teach()
  }

  #oneRow(bytes: Uint8Array, bounds: Int32Array, from: number, line: number): void {
    const cells = this.columns.length
    for (let column = 0; column < cells; column++)
      this.cell(bytes, bounds[from + 2 * column]!, bounds[from + 2 * column + 1]!, column)
    this.endRow(line, cells)
  }

  endRow(line: number, cells: number): void {
    if (this.#first) this.#endFirst(this.#first, line)
    else if (!this.#blank) this.#endData(line, cells)
    else if (cells > 1) this.#problems.add({ about: 'reading', kind: 'blank row', file: this.#options.file, line })
    this.#blank = true
    this.#extra = ''
    if (this.#odd.length > 0) this.#tellOdd()
  }

  oddity(kind: Oddity, line: number, column: number, text = ''): void {
    this.#odd.push({ kind, line, column, text })
  }

  /** Ends the last chunk. */
  end(): void {
    const rest = this.rows % CHUNK_ROWS
    if (rest > 0) this.#endChunk(rest)
  }

  #endFirst(cells: string[], line: number): void {
    if (cells.every((cell) => cell.trim() === '')) {
      this.#first = []
      return
    }
    this.#first = undefined
    const { header, guards, width, rules, types, texts, kernel } = this.#options
    const columns = Math.max(width, cells.length)
    this.tooWide = columns > MOST_COLUMNS
    if (this.tooWide) return
    const places = Array.from({ length: columns }, (_, i) => `Column ${i + 1}`)
    const written = guards ? cells.map(unguarded) : cells
    this.names = columnNames(header ? places.map((_, i) => written[i] ?? '') : places)
    this.nameLine = line
    this.#tellNames(line)
    this.columns = this.names.map(
      ({ name }) => new ColumnReader(name, texts.has(name) ? 'text' : types.get(name), rules, kernel),
    )
    if (header) return
    for (const [column, cell] of cells.entries()) {
      const bytes = encoder.encode(cell)
      this.cell(bytes, 0, bytes.length, column)
    }
    this.#endData(line, cells.length)
  }

  /** Tells what columns are called that are not called as written; those without a name together. */
  #tellNames(line: number): void {
    const { file } = this.#options
    const nameless = this.names.filter(({ renamed }) => renamed === 'empty').map(({ name }) => name)
    const together = nameless.length > 1
    if (together) this.#problems.add({ about: 'reading', kind: 'no names', file, line, columns: nameless })
    for (const { name, written, renamed } of this.names) {
      if (!renamed || (together && renamed === 'empty')) continue
      const text = written.slice(0, 200)
      this.#problems.add({ about: 'reading', kind: 'renamed', file, line, column: name, text, because: renamed })
    }
  }

  #endData(line: number, cells: number): void {
    const width = this.columns.length
    const row = this.rows
    for (let column = cells; column < width; column++) this.columns[column]!.add(NOTHING, 0, 0, row)
    if (cells < width) this.#tellLength('short row', line, cells)
    else if (this.#extra !== '') this.#tellLength('long row', line, cells)
    this.lines.add(row, line)
    this.rows++
    if (this.rows % CHUNK_ROWS === 0) this.#endChunk(CHUNK_ROWS)
  }

  #endChunk(rows: number): void {
    for (const column of this.columns) column.endChunk(rows)
    this.#onchunk(rows)
  }

  #tellLength(kind: 'short row' | 'long row', line: number, cells: number): void {
    const { file } = this.#options
    if (this.oddRows.length < REMEMBERED) this.oddRows.push(this.rows)
    this.#problems.add({ about: 'reading', kind, file, line, cells, columns: this.columns.length, text: this.#extra })
  }

  #tellOdd(): void {
    const { file } = this.#options
    for (const { kind, line, column, text } of this.#odd) {
      if (kind === 'nul') this.#problems.add({ about: 'reading', kind, file, line })
      else {
        const name = this.names[column]?.name ?? `Column ${column + 1}`
        this.#problems.add({ about: 'reading', kind, file, line, column: name, text })
      }
    }
    this.#odd = []
  }
}

const APOSTROPHE = 39

/** Whether any of the cells begins with an apostrophe. */
function hasGuard(bytes: Uint8Array, bounds: Int32Array, length: number): boolean {
  for (let at = 0; at < length; at += 2) if (bytes[bounds[at]!] === APOSTROPHE) return true
  return false
}

/** Whether any line of a cell begins with an apostrophe. */
function mayBeGuarded(bytes: Uint8Array, start: number, end: number): boolean {
  let lineStart = true
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (lineStart && byte === APOSTROPHE) return true
    lineStart = byte === 10 || byte === 13
  }
  return false
}

/** Whether any row has nothing but blanks, which its first cell mostly denies. */
function hasBlankRow(bytes: Uint8Array, bounds: Int32Array, rows: number, stride: number): boolean {
  for (let row = 0; row < rows; row++) {
    let at = row * stride
    const end = at + stride
    while (at < end && skipForward(bytes, bounds[at]!, bounds[at + 1]!) === bounds[at + 1]) at += 2
    if (at === end) return true
  }
  return false
}

const encoder = new TextEncoder()
const NOTHING = new Uint8Array()
