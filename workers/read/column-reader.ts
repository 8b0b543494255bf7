import { MAX_CODES, MISSING_CODE, type ColumnType } from '../../src/core/column/column'
import {
  inferType,
  readAs,
  type DistinctTexts,
  type Reading,
  type ReadingRules,
} from '../../src/core/column/infer-type'
import { isMissingWord } from '../../src/core/column/missing-word'
import { parseNumber } from '../../src/core/column/number-text'
import type { ReadKernel } from '../kernel/read-kernel'
import { CHUNK_ROWS, type Layout } from '../store/stored-table'
import { skipBack, skipForward } from './blanks'
import { ByteDictionary } from './byte-dictionary'
import { plainNumber } from './number-bytes'
import { TextChunk } from './text-chunk'
import { decode, isUtf8, repair } from './utf8-bytes'

/** Rows that are remembered of each kind of mistake; the rest is counted. */
export const REMEMBERED = 100

/** A row whose cell is not what its column is, as far as they are remembered. */
export interface OddCell {
  readonly row: number
  readonly text: string
}

/** Cells that are looked at here after one that the kernel leaves alone. */
const RUN = 8

/** The cells of one column in a batch of rows. */
export interface Cells {
  /** Where the bounds of the first lie, and how far the next are. */
  readonly from: number
  readonly stride: number
  readonly rows: number
  /** The row of the file that the first is in. */
  readonly row: number
}

/**
 * One column while its file is read. It collects codes of distinct texts; when there are too many it goes over to
 * numbers, to days, or to text, and takes what it has along. Cells come row by row.
 */
export class ColumnReader {
  readonly name: string
  readonly #wanted: ColumnType | undefined
  readonly #rules: ReadingRules
  layout: Layout
  /** Complete chunks, in the layout that the column has now. */
  chunks: ArrayBuffer[] = []
  /** Whether earlier chunks were in another layout, so that what was stored of them is void. */
  rewritten = false
  /** Float columns: cells that are neither numbers nor missing words. */
  unreadable = 0
  readonly unreadableCells: OddCell[] = []
  /** Text columns: cells whose bytes were not UTF-8. */
  invalid = 0
  readonly invalidCells: OddCell[] = []
  /** Whether it took a turn that loses texts and then proved to be text: the file has to be read again. */
  unfit = false
  /** Whether the texts are only the days of longer texts. */
  days = false
  readonly #kernel: ReadKernel | undefined
  #dictionary: ByteDictionary
  #codes = new Uint16Array(1024)
  #floats = new Float64Array()
  #text = new TextChunk()

  /** @param kernel helps with the cells of the bytes that it holds */
  constructor(name: string, wanted: ColumnType | undefined, rules: ReadingRules, kernel?: ReadKernel) {
    this.name = name
    this.#kernel = kernel
    this.#dictionary = new ByteDictionary(kernel)
    this.#wanted = wanted
    this.#rules = rules
    this.layout = wanted === 'text' ? 'text' : 'coded'
  }

  /** Sets a row's cell: bytes[from … to), which have been trimmed. */
  add(bytes: Uint8Array, from: number, to: number, row: number): void {
    if (this.layout === 'coded') this.#addCode(bytes, from, to, row)
    else if (this.layout === 'float') this.#addFloat(bytes, from, to, row)
    else this.#addText(bytes, from, to, row)
  }

  /** Sets the cells of rows that follow each other; where they lie is in `bounds`, see CellSink. */
  addRows(bytes: Uint8Array, bounds: Int32Array, cells: Cells): void {
    const { from, stride, rows, row } = cells
    let done = 0
    if (this.layout === 'coded' && !this.days) {
      this.#makeRoom((row % CHUNK_ROWS) + rows)
      done = this.#dictionary.addCells(bytes, bounds, cells, this.#codes.subarray(row % CHUNK_ROWS))
    }
    if (this.layout === 'text' && this.#kernel?.holds(bytes))
      done = this.#gather(this.#kernel, bytes, bounds, cells, done)
    for (; done < rows; done++) {
      const [start, end] = [bounds[from + done * stride]!, bounds[from + done * stride + 1]!]
      const first = skipForward(bytes, start, end)
      this.add(bytes, first, skipBack(bytes, first, end), row + done)
    }
  }

  /** Sets the texts of most cells at once; answers with how many of all. */
  #gather(kernel: ReadKernel, bytes: Uint8Array, bounds: Int32Array, cells: Cells, first: number): number {
    const { from, stride, rows, row } = cells
    let done = first
    while (done < rows) {
      const found = kernel.gather(from + done * stride, stride, rows - done)
      this.#text.setAll((row + done) % CHUNK_ROWS, found.bytes, found.ends)
      done += found.ends.length
      // What is not ASCII seldom comes alone.
      for (const until = Math.min(rows, done + RUN); done < until; done++) {
        const [start, end] = [bounds[from + done * stride]!, bounds[from + done * stride + 1]!]
        const trimmed = skipForward(bytes, start, end)
        this.#addText(bytes, trimmed, skipBack(bytes, trimmed, end), row + done)
      }
    }
    return done
  }

  /** Lets the kernel find the texts that were new to it. */
  teach(): void {
    if (this.layout === 'coded' && !this.days) this.#dictionary.teach()
  }

  /** Ends a chunk of so many rows. */
  endChunk(rows: number): void {
    if (this.layout === 'text') this.chunks.push(this.#text.take(rows))
    else this.chunks.push((this.layout === 'coded' ? this.#codes : this.#floats).slice(0, rows).buffer)
  }

  /** The distinct texts of a coded column, and those of them that were not UTF-8. */
  distinct(): { readonly texts: DistinctTexts; readonly invalid: readonly number[] } {
    const { bytes, size, counts } = this.#dictionary
    const texts: string[] = []
    const invalid: number[] = []
    for (let entry = 0; entry < size; entry++) {
      const { start, end } = this.#dictionary.range(entry)
      if (!isUtf8(bytes, start, end)) invalid.push(entry)
      texts.push(decode(bytes, start, end))
    }
    return { texts: { name: this.name, texts, counts: counts.slice() }, invalid }
  }

  /** Turns a coded column into a text column, once all rows are in. */
  becomeText(rows: number): void {
    this.chunks.pop()
    const first = this.chunks.length * CHUNK_ROWS
    this.#becomeTexts(rows)
    if (rows > first) this.chunks.push(this.#text.take(rows - first))
    this.rewritten = true
  }

  #addCode(bytes: Uint8Array, from: number, to: number, row: number): void {
    const at = row % CHUNK_ROWS
    this.#makeRoom(at + 1)
    if (from === to) {
      this.#codes[at] = MISSING_CODE
      return
    }
    const code = this.days
      ? this.#dictionary.add(...dayPart(bytes, from, to), MAX_CODES)
      : this.#dictionary.add(bytes, from, to, MAX_CODES)
    if (code >= 0) {
      this.#codes[at] = code
      return
    }
    this.#leaveDictionary(row)
    this.add(bytes, from, to, row)
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#codes.length) return
    const larger = new Uint16Array(Math.min(CHUNK_ROWS, Math.max(rows, 2 * this.#codes.length)))
    larger.set(this.#codes)
    this.#codes = larger
  }

  #addFloat(bytes: Uint8Array, from: number, to: number, row: number): void {
    const at = row % CHUNK_ROWS
    let value = this.#rules.decimal === '.' ? plainNumber(bytes, from, to) : NaN
    if (Number.isNaN(value) && from < to) {
      const text = decode(bytes, from, to)
      value = parseNumber(text, this.#rules.decimal)
      if (Number.isNaN(value) && !isMissingWord(text, 'number')) this.#rememberUnreadable(row, text)
    }
    this.#floats[at] = value
  }

  #addText(bytes: Uint8Array, from: number, to: number, row: number): void {
    const at = row % CHUNK_ROWS
    // What is ASCII, as most is, is seen to be so while it is copied.
    if (this.#text.set(at, bytes, from, to) || isUtf8(bytes, from, to)) return
    const repaired = repair(bytes, from, to)
    this.invalid++
    if (this.invalidCells.length < REMEMBERED)
      this.invalidCells.push({ row, text: decode(repaired, 0, repaired.length) })
    this.#text.set(at, repaired, 0, repaired.length)
  }

  #rememberUnreadable(row: number, text: string): void {
    this.unreadable++
    if (this.unreadableCells.length < REMEMBERED) this.unreadableCells.push({ row, text })
  }

  /** Goes over to another layout in the middle of a row, before that row's cell is set. */
  #leaveDictionary(row: number): void {
    const { texts } = this.distinct()
    const reading = this.#wanted ? readAs(this.#wanted, texts, this.#rules) : inferType(texts, this.#rules)
    if (this.days) this.unfit = true
    if (reading.type === 'date' && !this.days) this.#keepDays(row)
    else if (reading.type === 'number') this.#becomeFloats(reading, texts, row)
    else this.#becomeTexts(row)
    this.rewritten = true
  }

  /** The codes of the complete chunks and of the running one, row by row. */
  #eachCode(row: number, use: (code: number, row: number) => void): void {
    for (const [i, chunk] of this.chunks.entries()) {
      for (const [at, code] of new Uint16Array(chunk).entries()) use(code, i * CHUNK_ROWS + at)
    }
    const first = row - (row % CHUNK_ROWS)
    for (let at = 0; at < row - first; at++) use(this.#codes[at]!, first + at)
  }

  /** Timestamps have few days: the dictionary goes on with the days alone. */
  #keepDays(row: number): void {
    const old = this.#dictionary
    const days = new ByteDictionary()
    const dayOf = Array.from({ length: old.size }, (_, entry) => {
      const { start, end } = old.range(entry)
      const day = days.add(...dayPart(old.bytes, start, end), MAX_CODES)
      return day
    })
    const recounted = new ByteDictionary()
    const parts = Array.from({ length: days.size }, (_, day) => days.range(day))
    const use = (code: number): number => {
      if (code === MISSING_CODE) return MISSING_CODE
      const { start, end } = parts[dayOf[code]!]!
      return recounted.add(days.bytes, start, end, MAX_CODES)
    }
    this.chunks = this.chunks.map((chunk) => new Uint16Array(chunk).map(use).buffer)
    const running = row % CHUNK_ROWS
    for (let at = 0; at < running; at++) this.#codes[at] = use(this.#codes[at]!)
    this.#dictionary = recounted
    this.days = true
  }

  #becomeFloats({ values, unreadable }: Reading, { texts }: DistinctTexts, row: number): void {
    const wrong = new Set(unreadable)
    const floats = new Float64Array(row)
    this.#eachCode(row, (code, at) => {
      floats[at] = code === MISSING_CODE ? NaN : values[code]!
      if (wrong.has(code)) this.#rememberUnreadable(at, texts[code]!)
    })
    this.chunks = this.chunks.map((_, i) => floats.slice(i * CHUNK_ROWS, (i + 1) * CHUNK_ROWS).buffer)
    this.#floats = new Float64Array(CHUNK_ROWS)
    this.#floats.set(floats.subarray(this.chunks.length * CHUNK_ROWS))
    this.#forgetCodes('float')
  }

  #becomeTexts(row: number): void {
    const dictionary = this.#dictionary
    const chunks: ArrayBuffer[] = []
    const complete = this.chunks.length
    const add = (code: number, at: number): void => {
      const { start, end } = code === MISSING_CODE ? { start: 0, end: 0 } : dictionary.range(code)
      this.#addText(dictionary.bytes, start, end, at)
      if ((at + 1) % CHUNK_ROWS === 0 && chunks.length < complete) chunks.push(this.#text.take(CHUNK_ROWS))
    }
    this.#eachCode(row, add)
    this.chunks = chunks
    this.#forgetCodes('text')
  }

  #forgetCodes(layout: Layout): void {
    this.layout = layout
    this.#dictionary = new ByteDictionary()
    this.#codes = new Uint16Array()
  }
}

const encoder = new TextEncoder()

/** A timestamp without its time, as bytes and the range that they fill. */
function dayPart(bytes: Uint8Array, start: number, end: number): [Uint8Array, number, number] {
  const day = encoder.encode(decode(bytes, start, end).replace(/[T ,]+\d{1,2}[:.h]\d{2}.*$/is, ''))
  return [day, 0, day.length]
}
