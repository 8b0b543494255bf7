import type { ChunkSink } from '../store/stored-table'
import type { ColumnReader } from './column-reader'

/** Hands complete chunks on while the file is read; again from the start for a column that changed its layout. */
export class ChunkWriter {
  readonly #sink: ChunkSink
  #columns: readonly ColumnReader[] = []
  /** Chunks of each column that are written. */
  #written: number[] = []
  #due = false

  constructor(sink: ChunkSink) {
    this.#sink = sink
  }

  /** A chunk of every column is complete. */
  chunkEnded(columns: readonly ColumnReader[]): void {
    this.#columns = columns
    this.#due = true
  }

  /** Writes what is complete. */
  async flush(): Promise<void> {
    if (!this.#due) return
    this.#due = false
    for (const [index, column] of this.#columns.entries()) await this.finish(column, index)
  }

  /** Writes the chunks of a column that are not written yet. */
  async finish(column: ColumnReader, index: number): Promise<void> {
    if (column.rewritten) {
      column.rewritten = false
      if ((this.#written[index] ?? 0) > 0) await this.#sink.discard(index)
      this.#written[index] = 0
    }
    for (let chunk = this.#written[index] ?? 0; chunk < column.chunks.length; chunk++) {
      await this.#sink.write(index, chunk, column.chunks[chunk]!)
    }
    this.#written[index] = column.chunks.length
  }

  /** Forgets everything written: the file is read again. */
  async discard(): Promise<void> {
    for (const [index, written] of this.#written.entries()) if (written > 0) await this.#sink.discard(index)
    this.#written = []
  }
}
