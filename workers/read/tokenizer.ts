import { MOST_BYTES, MOST_CELLS as MOST_KERNEL_CELLS, type ReadKernel } from '../kernel/read-kernel'

const LF = 10
const CR = 13
const NUL = 0
const SPACE = 32

/** What is odd about a cell and yet no mistake of its column. */
export type Oddity = 'text after a quote' | 'nul' | 'error cell'

/** Takes the cells of a file in their order. Bytes are lent: copy what is kept. */
export interface CellSink {
  /** A cell of the running row, untrimmed, its quotes undone: bytes[start … end). */
  cell: (bytes: Uint8Array, start: number, end: number, column: number) => void
  /**
   * The row is complete.
   * @param line the physical line that it started on, from 1
   * @param cells how many cells it had; a lone blank cell is a blank line
   */
  endRow: (line: number, cells: number) => void
  /** How many cells a row must have to be handed over with others; 0 while none may be. */
  readonly width: number
  /**
   * Rows of that many cells, one a line, without anything odd in them.
   * @param bounds where each cell starts and ends in `bytes`, two numbers a cell, row after row
   * @param line the physical line of the first of them
   * @param mayBeGuarded false where no cell is known to begin with an apostrophe
   */
  plainRows: (bytes: Uint8Array, bounds: Int32Array, rows: number, line: number, mayBeGuarded?: boolean) => void
  /** Something about the running row that the person should know. */
  oddity: (kind: Oddity, line: number, column: number, text?: string) => void
}

export interface TokenizerOptions {
  /** Byte values. */
  readonly delimiter: number
  /** 0 when nothing quotes. */
  readonly quote: number
  /** Offsets of quotes that open and never close: they are read as plain characters. */
  readonly literalQuotes: ReadonlySet<number>
  /** The physical line that the first byte is on; 1 unless told otherwise. */
  readonly firstLine?: number
  /** What finds plain rows; the loop in here does where it is left out. */
  readonly kernel?: ReadKernel | undefined
}

/** Cells that are handed over together: as many as stay in the processor's nearest memory with what they say. */
const MOST_CELLS = 4096

/** Where the machine stands between two bytes. */
const STATE = { start: 0, plain: 1, quoted: 2, quoteInQuoted: 3, afterQuoted: 4, afterCr: 5 } as const

/**
 * A state machine over the UTF-8 bytes of a CSV or TSV file (RFC 4180, leniently). It keeps its state across chunks,
 * so that the result does not depend on where they are cut and a row of any length is read once. LF, CRLF and a lone
 * CR end a row; inside quotes they belong to the cell and count as lines. A quote inside a plain cell is a character.
 */
export class Tokenizer {
  readonly #sink: CellSink
  readonly #delimiter: number
  readonly #quote: number
  readonly #literalQuotes: ReadonlySet<number>
  /** Bytes that end the run of a plain cell. */
  readonly #special = new Uint8Array(256)
  readonly #kernel: ReadKernel | undefined
  readonly #bounds = new Int32Array(2 * MOST_CELLS)
  #state: number = STATE.start
  /** The part of the running cell that earlier chunks, or an undone quote, have left. */
  #pending = new Uint8Array(256)
  #pendingLength = 0
  #column = 0
  #line = 1
  #rowLine = 1
  /** Offset of the chunk in the file, and of the quote that the running cell opened with. */
  #offset = 0
  #openQuote = 0
  #openLine = 0
  #crInQuotes = false

  constructor(sink: CellSink, { delimiter, quote, literalQuotes, firstLine = 1, kernel }: TokenizerOptions) {
    this.#sink = sink
    this.#delimiter = delimiter
    this.#quote = quote
    this.#literalQuotes = literalQuotes
    this.#line = firstLine
    // The kernel knows bytes alone.
    this.#kernel = delimiter < 256 && quote < 256 ? kernel : undefined
    for (const byte of [delimiter, LF, CR, NUL]) this.#special[byte] = 1
  }

  /** The physical line that the next byte is on. */
  get line(): number {
    return this.#line
  }

  /** Reads the next bytes of the file. */
  push(bytes: Uint8Array): void {
    if (!this.#kernel) this.#pushAll(bytes)
    else for (let at = 0; at < bytes.length; at += MOST_BYTES) this.#pushAll(bytes.subarray(at, at + MOST_BYTES))
  }

  #pushAll(bytes: Uint8Array): void {
    let at = 0
    this.#kernel?.take(bytes)
    while (at < bytes.length) {
      switch (this.#state) {
        case STATE.start:
          if (this.#column === 0 && this.#sink.width > 0 && this.#sink.width <= MOST_CELLS)
            at = this.#kernel ? this.#foundRows(this.#kernel, bytes.length, at) : this.#plainRows(bytes, at)
          if (at < bytes.length) at = this.#startCell(bytes, at)
          break
        case STATE.plain:
        case STATE.afterQuoted:
          at = this.#plainCell(bytes, at)
          break
        case STATE.quoted:
          at = this.#quotedCell(bytes, at)
          break
        case STATE.quoteInQuoted:
          at = this.#afterQuote(bytes, at)
          break
        default:
          // The CR has ended the row; an LF right behind it belongs to it.
          if (bytes[at] === LF) at++
          this.#state = STATE.start
      }
    }
    this.#offset += bytes.length
  }

  /**
   * Ends the file: a last row without a line break is a row.
   * @returns the quote that opened and never closed, if there is one: read the file again with it as a literal
   */
  end(): { readonly offset: number; readonly line: number } | undefined {
    if (this.#state === STATE.quoted) return { offset: this.#openQuote, line: this.#openLine }
    const atRowStart = this.#column === 0 && this.#pendingLength === 0
    const nothing = this.#state === STATE.start || this.#state === STATE.afterCr
    if (!(nothing && atRowStart)) this.#endRow(this.#pending, 0, 0)
    return undefined
  }

  /**
   * Whole rows that end in these bytes, have the sink's width and nothing odd in them, which is most of a file: found
   * in one loop and handed over together. Stops before the first other row, which the machine reads cell by cell.
   */
  #plainRows(bytes: Uint8Array, from: number): number {
    const special = this.#special
    const bounds = this.#bounds
    const delimiter = this.#delimiter
    const quote = this.#quote === 0 ? -1 : this.#quote
    const someLiteral = this.#literalQuotes.size > 0
    const length = bytes.length
    const { width } = this.#sink
    const last = width - 1
    const full = bounds.length - (bounds.length % (2 * width))
    let [start, taken, column, rows, filled] = [from, from, 0, 0, 0]
    while (start < length) {
      const quoted = bytes[start] === quote
      if (quoted && someLiteral) break
      const first = quoted ? start + 1 : start
      const end = quoted ? closingQuote(bytes, first, quote) : plainEnd(bytes, first, special)
      const at = quoted ? end + 1 : end
      if (at >= length) break
      const ended = bytes[at] !== delimiter
      const step = ended ? lineBreak(bytes, at) : 1
      if (step === 0 || ended !== (column === last)) break
      bounds[filled++] = first
      bounds[filled++] = end
      start = at + step
      column++
      if (!ended) continue
      column = 0
      rows++
      taken = start
      if (filled < full) continue
      this.#handOver(bytes, rows)
      rows = filled = 0
    }
    this.#handOver(bytes, rows)
    return taken
  }

  /** The same, found by the kernel. */
  #foundRows(kernel: ReadKernel, length: number, from: number): number {
    const { width } = this.#sink
    const parting = {
      width,
      delimiter: this.#delimiter,
      quote: this.#quote,
      someLiteral: this.#literalQuotes.size > 0,
    }
    const most = Math.floor(MOST_KERNEL_CELLS / width)
    for (let at = from; ;) {
      const { rows, taken, guarded } = kernel.split(at, length, parting)
      if (rows > 0) this.#sink.plainRows(kernel.text(length), kernel.bounds, rows, this.#line, guarded)
      this.#line += rows
      at = taken
      if (rows < most) return at
    }
  }

  #handOver(bytes: Uint8Array, rows: number): void {
    if (rows === 0) return
    this.#sink.plainRows(bytes, this.#bounds, rows, this.#line)
    this.#line += rows
  }

  #startCell(bytes: Uint8Array, at: number): number {
    if (this.#column === 0 && this.#pendingLength === 0) this.#rowLine = this.#line
    if (bytes[at] === this.#quote && this.#quote !== 0 && !this.#literalQuotes.has(this.#offset + at)) {
      this.#openQuote = this.#offset + at
      this.#openLine = this.#line
      this.#state = STATE.quoted
      return at + 1
    }
    this.#state = STATE.plain
    return at
  }

  /** Up to the end of the cell or of the chunk; also what follows a closing quote. */
  #plainCell(bytes: Uint8Array, from: number): number {
    const special = this.#special
    const length = bytes.length
    let at = from
    while (at < length && special[bytes[at]!] === 0) at++
    if (at > from && this.#state === STATE.afterQuoted) this.#noteTail(bytes, from, at)
    if (at === length) {
      this.#keep(bytes, from, at)
      return at
    }
    const byte = bytes[at]!
    if (byte === NUL && this.#delimiter !== NUL) {
      this.#keep(bytes, from, at)
      this.#sink.oddity('nul', this.#line, this.#column)
      return at + 1
    }
    if (byte === this.#delimiter) {
      this.#endCell(bytes, from, at)
      this.#column++
      this.#state = STATE.start
      return at + 1
    }
    this.#endRow(bytes, from, at)
    this.#line++
    this.#state = byte === CR ? STATE.afterCr : STATE.start
    return at + 1
  }

  /** Text behind a closing quote, other than spaces before the delimiter. */
  #noteTail(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (bytes[at] === SPACE) continue
      this.#sink.oddity('text after a quote', this.#line, this.#column)
      this.#state = STATE.plain
      return
    }
  }

  #quotedCell(bytes: Uint8Array, from: number): number {
    const quote = this.#quote
    const length = bytes.length
    let at = from
    while (at < length) {
      const byte = bytes[at]!
      if (byte === quote) {
        this.#keep(bytes, from, at)
        this.#state = STATE.quoteInQuoted
        this.#crInQuotes = false
        return at + 1
      }
      if (byte === LF) {
        if (!this.#crInQuotes) this.#line++
      } else if (byte === CR) this.#line++
      this.#crInQuotes = byte === CR
      if (byte === NUL) {
        this.#keep(bytes, from, at)
        this.#sink.oddity('nul', this.#line, this.#column)
        return at + 1
      }
      at++
    }
    this.#keep(bytes, from, at)
    return at
  }

  /** Behind a quote inside quotes: a second one is a character, anything else has closed the cell. */
  #afterQuote(bytes: Uint8Array, at: number): number {
    if (bytes[at] === this.#quote) {
      this.#keep(bytes, at, at + 1)
      this.#state = STATE.quoted
      return at + 1
    }
    this.#state = STATE.afterQuoted
    return at
  }

  /** Puts bytes of the running cell by. */
  #keep(bytes: Uint8Array, from: number, to: number): void {
    const size = to - from
    if (size === 0) return
    if (this.#pendingLength + size > this.#pending.length) {
      const larger = new Uint8Array(Math.max(2 * this.#pending.length, this.#pendingLength + size))
      larger.set(this.#pending.subarray(0, this.#pendingLength))
      this.#pending = larger
    }
    this.#pending.set(bytes.subarray(from, to), this.#pendingLength)
    this.#pendingLength += size
  }

  #endCell(bytes: Uint8Array, from: number, to: number): void {
    if (this.#pendingLength === 0) {
      this.#sink.cell(bytes, from, to, this.#column)
      return
    }
    this.#keep(bytes, from, to)
    this.#sink.cell(this.#pending, 0, this.#pendingLength, this.#column)
    this.#pendingLength = 0
  }

  #endRow(bytes: Uint8Array, from: number, to: number): void {
    this.#endCell(bytes, from, to)
    this.#sink.endRow(this.#rowLine, this.#column + 1)
    this.#column = 0
  }
}

/** Where a cell without quotes ends, or the bytes do. */
function plainEnd(bytes: Uint8Array, from: number, special: Uint8Array): number {
  let at = from
  while (at < bytes.length && special[bytes[at]!] === 0) at++
  return at
}

/** Where the next quote is, up to which a cell has nothing odd in it; the end of the bytes where there is none. */
function closingQuote(bytes: Uint8Array, from: number, quote: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === quote) return at
    if (byte === LF || byte === CR || byte === NUL) break
  }
  return bytes.length
}

/** The bytes of the line break at a place; 0 where there is none, or a CR that may be half of one. */
function lineBreak(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return 1
  return bytes[at] === CR && bytes[at + 1] === LF ? 2 : 0
}
