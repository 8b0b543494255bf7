import { releaseProxy, transfer, type Remote } from 'comlink'
import type { Column } from '../../src/core/column/column'
import { success, type Result } from '../../src/core/result'
import type { ReadProgress } from '../engine-api'
import type { ChunkSink } from '../store/stored-table'
import type { LineParts } from './line-map'
import { readTable, type ReadOptions, type ReadTable } from './read-table'

/** What was read, in a form that another thread can be sent. */
export type SentTable = Omit<ReadTable, 'lines'> & { readonly lines: LineParts }

export type SentOptions = Pick<ReadOptions, 'file' | 'dialect' | 'types'>

/** Who takes what is read, in another thread. */
export interface Receiver extends ChunkSink {
  progress: (progress: ReadProgress) => void
}

/** What the engine asks of a thread that reads for it. */
export interface ReaderApi {
  /** Answers once the thread is up. */
  hello: () => Promise<void>
  /** Reads as readTable does. Every chunk has been received when it answers. */
  read: (source: Blob, options: SentOptions, receiver: Receiver) => Promise<Result<SentTable>>
  /** Stops the reading that is under way as soon as the thread hears of it. */
  cancel: () => void
}

/** Reads files in a thread of its own. */
export class Reader implements ReaderApi {
  readonly #up: Promise<unknown>
  #reading = new AbortController()

  /** @param up what has to be done before the thread says that it is up */
  constructor(up: Promise<unknown>) {
    this.#up = up
  }

  async hello(): Promise<void> {
    await this.#up
  }

  async read(source: Blob, options: SentOptions, receiver: Receiver): Promise<Result<SentTable>> {
    const { signal } = (this.#reading = new AbortController())
    // What comes from another thread is a proxy of it, whatever its type says.
    const remote = receiver as unknown as Remote<Receiver>
    const sending = new Sending(remote)
    try {
      const onprogress = (progress: ReadProgress): void => void remote.progress(progress)
      const result = await readTable(source, { ...options, signal, onprogress }, sending)
      await sending.arrived()
      return result.ok ? sent(result.value) : result
    } finally {
      remote[releaseProxy]()
    }
  }

  cancel(): void {
    this.#reading.abort()
  }
}

function sent({ lines, ...read }: ReadTable): Result<SentTable> {
  const { parts } = lines
  return transfer(success({ ...read, lines: parts }), [
    ...read.table.columns.flatMap(buffersOf),
    parts.rows.buffer,
    parts.lines.buffer,
  ])
}

/** The long arrays of a column, of which the thread keeps nothing. */
function buffersOf(column: Column): ArrayBufferLike[] {
  if (column.kind === 'coded') return [column.codes.buffer]
  return column.kind === 'float' ? [column.values.buffer] : [column.offsets.buffer, column.bytes.buffer]
}

/** Most bytes that are on their way at once: the reading waits for the storing, so that memory stays bounded. */
const MOST_UNDER_WAY = 16 << 20

/** Sends chunks to another thread, some ahead of what has been taken there. */
class Sending implements ChunkSink {
  readonly #receiver: Remote<Receiver>
  /** Those that are on their way, the oldest first. */
  #underWay: { readonly bytes: number; readonly taken: Promise<unknown> }[] = []
  #bytes = 0

  constructor(receiver: Remote<Receiver>) {
    this.#receiver = receiver
  }

  // The column still needs its chunks, so a copy goes.
  write = async (column: number, chunk: number, buffer: ArrayBuffer): Promise<void> => {
    const copy = buffer.slice()
    await this.#send(copy.byteLength, this.#receiver.write(column, chunk, transfer(copy, [copy])))
  }

  discard = (column: number): Promise<void> => this.#send(0, this.#receiver.discard(column))

  /** Resolves when all of it was taken; rejects where something was not. */
  async arrived(): Promise<void> {
    await this.#waitFor(0)
  }

  async #send(bytes: number, taken: Promise<unknown>): Promise<void> {
    // Whoever waits for it hears of a failure; nobody does where the reading ends early.
    taken.catch(() => undefined)
    this.#underWay.push({ bytes, taken })
    this.#bytes += bytes
    await this.#waitFor(MOST_UNDER_WAY)
  }

  async #waitFor(most: number): Promise<void> {
    while (this.#bytes > most || (most === 0 && this.#underWay.length > 0)) {
      const { bytes, taken } = this.#underWay.shift()!
      await taken
      this.#bytes -= bytes
    }
  }
}
