import { compiled } from './kernel'
import { KernelMemory } from './kernel-memory'
import readBase64 from './read.as.ts?kernel'

/** What read.as.ts exports; see there. */
interface ReadExports {
  readonly split: (
    base: number,
    from: number,
    end: number,
    width: number,
    delimiter: number,
    quote: number,
    literal: number,
    bounds: number,
    most: number,
    out: number,
  ) => number
  readonly find: (
    base: number,
    bounds: number,
    stride: number,
    rows: number,
    codes: number,
    table: number,
    mask: number,
    entries: number,
    words: number,
  ) => number
  readonly learn: (from: number, to: number, table: number, mask: number, entries: number, words: number) => void
  readonly gather: (base: number, bounds: number, stride: number, rows: number, into: number, ends: number) => number
}

/** Bytes of a file that are looked at together; what is read of a stream at once is seldom more. */
export const MOST_BYTES = 1 << 17
/** Bytes behind a text that the kernel may read or write, whatever is there. */
const BEHIND = 128
/** Cells that are handed over together: as many as stay in the processor's nearer memory with what they say. */
export const MOST_CELLS = 8192

/** How rows are parted into cells. */
export interface Parting {
  readonly width: number
  readonly delimiter: number
  /** 0 for none. */
  readonly quote: number
  /** Whether some quotes are plain characters, so that a cell that begins with one is left alone. */
  readonly someLiteral: boolean
}

/** Rows that were found together. */
export interface FoundRows {
  readonly rows: number
  /** Where the last of them ends. */
  readonly taken: number
  /** Whether any cell begins with an apostrophe. */
  readonly guarded: boolean
}

let module: WebAssembly.Module | undefined | null = null

/**
 * Parts the plain rows of a file into cells, and finds cells among texts that are known, in WebAssembly. What it holds
 * goes with it: it is made for one reading.
 */
export class ReadKernel {
  readonly memory = new KernelMemory()
  readonly exports: ReadExports
  readonly #text = this.memory.allocate(MOST_BYTES + BEHIND)
  readonly #bounds = this.memory.allocate(8 * MOST_CELLS)
  readonly #codes = this.memory.allocate(2 * MOST_CELLS)
  readonly #ends = this.memory.allocate(4 * MOST_CELLS)
  readonly #gathered = this.memory.allocate(MOST_BYTES + BEHIND)
  readonly #out = this.memory.allocate(8)

  private constructor(of: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(of, { env: { memory: this.memory.memory } })
      .exports as unknown as ReadExports
  }

  /** A kernel for one reading; undefined where WebAssembly or its SIMD is missing. */
  static create(): ReadKernel | undefined {
    if (module === null) module = compiled(readBase64)
    return module && new ReadKernel(module)
  }

  /** Whether bytes that were handed over are those that the kernel holds. */
  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.memory.memory.buffer
  }

  /** Takes in at most MOST_BYTES of a file, in the place of those before. */
  take(bytes: Uint8Array): void {
    this.memory.u8(this.#text, bytes.length).set(bytes)
  }

  /** The bytes that were taken in, as long as nothing is allocated. */
  text(length: number): Uint8Array {
    return this.memory.u8(this.#text, length)
  }

  /** Where each cell that was found starts and ends in them, as long as nothing is allocated. */
  get bounds(): Int32Array {
    return new Int32Array(this.memory.memory.buffer, this.#bounds, 2 * MOST_CELLS)
  }

  /** Finds the plain rows from a place on, see Tokenizer. Their cells are in `bounds`. */
  split(from: number, end: number, { width, delimiter, quote, someLiteral }: Parting): FoundRows {
    const text = this.#text
    const most = Math.floor(MOST_CELLS / width)
    const quoting = quote === 0 ? 256 : quote
    const literal = Number(someLiteral)
    const { split } = this.exports
    const rows = split(text, text + from, text + end, width, delimiter, quoting, literal, this.#bounds, most, this.#out)
    const [taken, guarded] = this.memory.u32(this.#out, 2)
    return { rows, taken: taken!, guarded: guarded === 1 }
  }

  /** The numbers of cells, up to the first whose text is not known or may have to be trimmed. */
  find(at: number, stride: number, rows: number, { table, mask, entries, words }: KnownPlaces): Uint16Array {
    const bounds = this.#bounds + 4 * at
    const found = this.exports.find(this.#text, bounds, 4 * stride, rows, this.#codes, table, mask, entries, words)
    return this.memory.u16(this.#codes, found)
  }

  /** The texts of cells one behind the other, and where each ends, up to the first that is not ASCII or may have to be trimmed. */
  gather(at: number, stride: number, rows: number): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
    const bounds = this.#bounds + 4 * at
    const done = this.exports.gather(this.#text, bounds, 4 * stride, rows, this.#gathered, this.#ends)
    const ends = this.memory.u32(this.#ends, done)
    return { bytes: this.memory.u8(this.#gathered, ends[done - 1] ?? 0), ends }
  }
}

/** Where the texts of a dictionary lie in the kernel's memory. */
export interface KnownPlaces {
  readonly table: number
  readonly mask: number
  readonly entries: number
  readonly words: number
}
