import type { Table } from '../../src/core/column/column'
import type { ColumnType } from '../../src/core/column/column'
import type { Dialect } from '../../src/core/column/dialect'
import type { ImportReport } from '../../src/core/column/import-report'
import { describe, type Problem } from '../../src/core/problem'
import { success, type Result } from '../../src/core/result'
import { readTable } from '../../workers/read/read-table'
import { MemoryStore } from '../../workers/store/memory-store'

export interface ReadResult {
  readonly table: Table
  readonly report: ImportReport
}

interface Options {
  readonly dialect?: Partial<Dialect>
  readonly types?: ReadonlyMap<string, ColumnType>
  /** Bytes per piece that the reader gets at once; several are taken in turn. */
  readonly pieces?: number | readonly number[]
  /** Called whenever the reader goes through the file. */
  readonly onpass?: () => void
}

/** A blob that hands out its bytes in pieces of sizes of our choosing. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, sizes: readonly number[], onpass: () => void, mark = 0): Blob {
  const blob = new Blob([bytes])
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
    onpass()
    return new ReadableStream({
      start(controller) {
        for (let at = mark, piece = 0; at < bytes.length; piece++) {
          const size = sizes[piece % sizes.length]!
          controller.enqueue(bytes.slice(at, at + size))
          at += size
        }
        controller.close()
      },
    })
  }
  return new Proxy(blob, {
    get: (target, key) => {
      if (key === 'stream') return stream
      // Behind a byte order mark the rest is taken as a slice.
      if (key === 'slice')
        return (from?: number, to?: number) =>
          to === undefined ? inPieces(bytes, sizes, onpass, from) : target.slice(from, to)
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** A CSV text or its bytes as a table, or why it is refused. */
export async function tryRead(
  content: string | Uint8Array,
  file: string,
  { dialect = {}, types = new Map(), pieces = 1 << 16, onpass = () => undefined }: Options,
): Promise<Result<ReadResult>> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  const blob = inPieces(bytes, typeof pieces === 'number' ? [pieces] : pieces, onpass)
  const staging = await new MemoryStore().begin()
  const signal = new AbortController().signal
  const result = await readTable(blob, { file, dialect, types, signal, onprogress: () => undefined }, staging)
  if (!result.ok) return result
  const { table, report } = result.value
  return success({ table, report })
}

/** A CSV text or its bytes as a table; throws where reading refuses it. */
export async function readCsv(
  content: string | Uint8Array,
  file = 'test.csv',
  options: Options = {},
): Promise<ReadResult> {
  const result = await tryRead(content, file, options)
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** Why a file is refused. */
export async function refusalOf(content: string | Uint8Array, file = 'test.csv'): Promise<readonly Problem[]> {
  const result = await tryRead(content, file, {})
  if (result.ok) throw new Error('it was read')
  return result.failure
}

/** The same, in words. */
export async function refusalWords(content: string | Uint8Array, file = 'test.csv'): Promise<string> {
  return (await refusalOf(content, file)).map(describe).join(' ')
}
