import type { ColumnType } from '../../src/core/column/column'

/** Rows per stored chunk; the last chunk of a column is shorter. */
export const CHUNK_ROWS = 65_536

/**
 * How a column lies in its chunks, one ArrayBuffer per column and CHUNK_ROWS rows:
 * coded: Uint16 codes in the order first seen, 65535 for a blank cell;
 * float: Float64, NaN for missing;
 * text: Uint32 offsets (rows + 1, starting at 0), then the UTF-8 bytes.
 */
export type Layout = 'coded' | 'float' | 'text'

export interface StoredColumn {
  readonly name: string
  readonly type: ColumnType
  readonly layout: Layout
  /** Of coded columns only. */
  readonly dictionary?: StoredDictionary
}

/** A dictionary in its final order, and the way to it from the codes in the chunks. */
export interface StoredDictionary {
  readonly texts: readonly string[]
  readonly values: Float64Array
  readonly counts: Uint32Array
  /** For each code in the order first seen, its place in `texts`. */
  readonly ranks: Uint16Array
}

/** Takes the chunks of a data set as they are read. A buffer is never changed after it was written. */
export interface ChunkSink {
  write: (column: number, chunk: number, buffer: ArrayBuffer) => Promise<void>
  /** Forgets what was written for a column; it is written again in another layout. */
  discard: (column: number) => Promise<void>
}
