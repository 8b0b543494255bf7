import { decompress } from 'fzstd'
import { gunzipSync } from 'fflate'
import {
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  type ParquetScan,
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
/** Rows of a group that are unpacked at once. A page may have a million rows, and is unpacked anew for every slice. */
const SLICE = 1 << 17
const BREATH = 500

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

  async pump(rows: RowReader, pumping: Pumping): Promise<undefined> {
    const { signal, breathe, told } = pumping
    const feed = new CellFeed(rows)
    feed.row(0, this.#names, this.width)
    let start = 0
    for (const group of this.#metadata.row_groups) {
      const end = start + Number(group.num_rows)
      const scan = await reading(this.#file, () => this.#scan())
      for (; start < end; start = Math.min(end, start + SLICE)) {
        const columns = await this.#columns(scan, start, Math.min(end, start + SLICE), pumping)
        if (!columns) return undefined
        for (let i = 0; i < (columns[0]?.length ?? 0); i++) {
          feed.row(start + i + 1, columns.map((values) => plain(values[i])), this.width) // prettier-ignore
          if ((i + 1) % BREATH > 0) continue
          await breathe()
          if (signal.aborted) return undefined
        }
        told(Math.round((this.#buffer.byteLength * start) / Math.max(1, Number(this.#metadata.num_rows))))
      }
    }
    return undefined
  }

  /** What reads the columns of a group of rows. The bytes of each are fetched once, though it is read in slices. */
  #scan(): Promise<ParquetScan> {
    const fetched = new Map<string, ReturnType<AsyncBuffer['slice']>>()
    const file: AsyncBuffer = {
      byteLength: this.#buffer.byteLength,
      slice: (from, to) => {
        const key = `${from} ${to}`
        const bytes = fetched.get(key) ?? this.#buffer.slice(from, to)
        fetched.set(key, bytes)
        return bytes
      },
    }
    return parquetScan({ file, metadata: this.#metadata, compressors: COMPRESSORS })
  }

  /** The columns of some rows, one after the other, so that a cancel is heard between two; undefined after one. */
  async #columns(
    scan: ParquetScan,
    rowStart: number,
    rowEnd: number,
    { signal, breathe }: Pumping,
  ): Promise<DecodedArray[] | undefined> {
    const columns: DecodedArray[] = []
    for (const column of this.#names) {
      columns.push(await reading(this.#file, () => scan.readColumn({ column, rowStart, rowEnd })))
      await breathe()
      if (signal.aborted) return undefined
    }
    return columns
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
