import { decompress } from 'fzstd'
import { gunzipSync } from 'fflate'
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
} from 'hyparquet'
import type { Dialect } from '../../src/core/column/dialect'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { CellFeed, type CellValue } from './cell-feed'
import type { RowReader } from './row-reader'
import { ownDialect, Refusal, type Pumping, type TableSource } from './table-source'

/** What unpacks pages beside Snappy, which the reader has. Each is held to the size that the page says. */
const COMPRESSORS: Compressors = {
  ZSTD: (input, size) => decompress(input, new Uint8Array(size)),
  GZIP: (input, size) => gunzipSync(input, { out: new Uint8Array(size) }),
}
/** Most bytes of one row group once unpacked: it is held at once. */
const MOST_GROUP = 2 ** 30
const BREATH = 2000

/** A Parquet file, one row group after the other. */
export class ParquetSource implements TableSource {
  readonly format = 'parquet'
  readonly dialect: Dialect
  readonly width: number
  readonly #buffer: AsyncBuffer
  readonly #file: string
  readonly #metadata: FileMetaData
  readonly #names: readonly string[]

  private constructor(buffer: AsyncBuffer, file: string, metadata: FileMetaData, given: Partial<Dialect>) {
    this.#buffer = buffer
    this.#file = file
    this.#metadata = metadata
    this.#names = parquetSchema(metadata).children.map(({ element }) => element.name)
    this.width = this.#names.length
    this.dialect = ownDialect(given)
  }

  /** @throws Refusal for a damaged file, and for one whose row groups are too large */
  static async open(source: Blob, file: string, given: Partial<Dialect>): Promise<ParquetSource> {
    const buffer: AsyncBuffer = {
      byteLength: source.size,
      slice: (start, end) => source.slice(start, end).arrayBuffer(),
    }
    const metadata = await reading(file, () => parquetMetadataAsync(buffer))
    const largest = Math.max(0, ...metadata.row_groups.map((group) => Number(group.total_byte_size)))
    if (largest > MOST_GROUP) {
      const todo = 'Write it with smaller row groups and drop that.'
      throw new Refusal({ about: 'reading', kind: 'too large', file, size: largest, most: MOST_GROUP, todo })
    }
    return new ParquetSource(buffer, file, metadata, given)
  }

  problems(): ReadingProblem[] {
    return []
  }

  async pump(rows: RowReader, { signal, breathe, told }: Pumping): Promise<undefined> {
    const feed = new CellFeed(rows)
    feed.row(0, this.#names, this.width)
    let start = 0
    for (const group of this.#metadata.row_groups) {
      const end = start + Number(group.num_rows)
      const values = await reading(this.#file, () => this.#rows(start, end))
      for (const [i, cells] of values.entries()) {
        feed.row(start + i + 1, cells.map(plain), this.width)
        if ((i + 1) % BREATH > 0) continue
        if (signal.aborted) return undefined
        await breathe()
      }
      start = end
      told(Math.round((this.#buffer.byteLength * start) / Math.max(1, Number(this.#metadata.num_rows))))
      await breathe()
      if (signal.aborted) return undefined
    }
    return undefined
  }

  async #rows(rowStart: number, rowEnd: number): Promise<unknown[][]> {
    let read: unknown[][] = []
    const [file, metadata] = [this.#buffer, this.#metadata]
    await parquetRead({
      ...{ file, metadata, rowStart, rowEnd, compressors: COMPRESSORS },
      onComplete: (all) => (read = all as unknown[][]),
    })
    return read
  }
}

/** A value as a cell; lists and structures as JSON. */
function plain(value: unknown): CellValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value
    case 'object':
      if (value === null || value instanceof Date) return value
      return value instanceof Uint8Array ? new TextDecoder().decode(value) : jsonText(value)
    default:
      return null
  }
}

function jsonText(value: object): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))
}

async function reading<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    // A file that is gone or has changed is told of elsewhere.
    if (!(error instanceof Error) || error instanceof DOMException) throw error
    const codec = /unsupported compression codec: (\w+)/i.exec(error.message)?.[1]
    const what = codec
      ? `it is packed with ${codec}, which this page cannot unpack. Write it with Snappy, Zstandard or gzip.`
      : 'it is damaged, or no Parquet file after all.'
    throw new Refusal({ about: 'reading', kind: 'damaged file', file, what })
  }
}
