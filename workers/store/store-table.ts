import type { Column, Table } from '../../src/core/column/column'
import { CHUNK_ROWS, type ChunkSink, type StoredColumn } from './stored-table'

/** Writes a table that was made in memory as one that was read; its columns as they are kept. */
export async function storeTable(table: Table, sink: ChunkSink): Promise<StoredColumn[]> {
  for (const [index, column] of table.columns.entries()) {
    for (let chunk = 0; chunk * CHUNK_ROWS < table.rows; chunk++) {
      const from = chunk * CHUNK_ROWS
      await sink.write(index, chunk, chunkOf(column, from, Math.min(table.rows, from + CHUNK_ROWS)))
    }
  }
  return table.columns.map(storedColumn)
}

function chunkOf(column: Column, from: number, to: number): ArrayBuffer {
  if (column.kind === 'coded') return column.codes.slice(from, to).buffer
  if (column.kind === 'float') return column.values.slice(from, to).buffer
  const start = column.offsets[from]!
  const bytes = column.bytes.subarray(start, column.offsets[to])
  const buffer = new ArrayBuffer(4 * (to - from + 1) + bytes.length)
  new Uint32Array(buffer, 0, to - from + 1).set(column.offsets.subarray(from, to + 1).map((offset) => offset - start))
  new Uint8Array(buffer, 4 * (to - from + 1)).set(bytes)
  return buffer
}

/** A column that was made in memory, as it is kept: its codes are places already. */
export function storedColumn(column: Column): StoredColumn {
  const { name, type } = column
  if (column.kind !== 'coded') return { name, type, layout: column.kind }
  const ranks = Uint16Array.from(column.dictionary.texts.keys())
  return { name, type, layout: 'coded', dictionary: { ...column.dictionary, ranks } }
}
