import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import { failure, success, type Result } from '../../src/core/result'
import type { ReadProgress } from '../engine-api'
import { mourn } from '../locks'
import type { ChunkSink } from '../store/stored-table'
import { LineMap } from './line-map'
import type { ReadOptions, ReadTable, TableReader } from './read-table'
import type { ReaderApi, Receiver } from './reader'

/** How long a thread has to stop by itself when its reading is cancelled, before it is ended; milliseconds. */
const PATIENCE = 60
/** How long a thread without work is kept, for the next file or the same one read in another way; milliseconds. */
const KEPT = 30_000

const READER = 'reader '

/** Whether a thread of a name is one that ReaderThreads has started. */
export function isReader(name: string): boolean {
  return name.startsWith(READER)
}

/**
 * Reads files in threads of their own, so that the engine answers meanwhile and a cancel acts whatever a thread is busy
 * with. What comes of it is what readTable answers; a thread that dies, as it does when memory runs out, becomes a
 * problem in words.
 */
export class ReaderThreads {
  readonly #start: (name: string) => Worker
  #idle: ReaderThread | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param start starts a thread of a name in which a Reader is exposed, and a lock of that name held */
  constructor(start: (name: string) => Worker) {
    this.#start = start
  }

  read: TableReader = async (source, options, sink) => {
    const thread = this.#take()
    try {
      return await thread.read(source, options, sink)
    } finally {
      this.#keep(thread)
    }
  }

  #take(): ReaderThread {
    clearTimeout(this.#timer)
    const idle = this.#idle
    this.#idle = undefined
    return idle?.alive ? idle : new ReaderThread(this.#start)
  }

  /** One thread is kept for a while; what a file has taken in its memory is given back with it. */
  #keep(thread: ReaderThread): void {
    if (!thread.alive) return
    this.#idle?.end()
    this.#idle = thread
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#idle?.end(), KEPT)
  }
}

/** A thread that reads one file at a time. */
class ReaderThread {
  readonly #worker: Worker
  readonly #remote: Remote<ReaderApi>
  readonly #ended = new AbortController()
  readonly #up: Promise<void>

  constructor(start: (name: string) => Worker) {
    const name = `${READER}${crypto.randomUUID()}`
    this.#worker = start(name)
    this.#remote = wrap<ReaderApi>(this.#worker)
    this.#worker.addEventListener('error', () => this.end())
    this.#up = this.#remote.hello().then(() => mourn(name, this.#ended.signal, () => this.end()))
  }

  get alive(): boolean {
    return !this.#ended.signal.aborted
  }

  end(): void {
    if (!this.alive) return
    this.#ended.abort()
    this.#worker.terminate()
    this.#remote[releaseProxy]()
  }

  async read(source: Blob, options: ReadOptions, sink: ChunkSink): Promise<Result<ReadTable>> {
    const { file, signal, onprogress } = options
    const receiving = new Receiving(sink, onprogress)
    const over = new AbortController()
    const ended = once(this.#ended.signal, over.signal)
    void once(signal, over.signal).then(() => this.#cancel(over.signal))
    try {
      return await Promise.race([
        this.#read(source, options, receiving),
        ended.then(() => stopped(file, signal.aborted ? 'cancelled' : 'reading ended', receiving.rows)),
      ])
    } catch (error) {
      throw receiving.failed ? receiving.failed.reason : error
    } finally {
      over.abort()
      const closed = receiving.close()
      // Whoever has cancelled waits for no write that is under way.
      if (!signal.aborted) await closed
    }
  }

  async #read(source: Blob, options: ReadOptions, receiving: Receiving): Promise<Result<ReadTable>> {
    const { file, dialect, types, signal } = options
    await this.#up
    if (signal.aborted) return stopped(file, 'cancelled', 0)
    const result = await this.#remote.read(source, { file, dialect, types }, proxy(receiving))
    return result.ok ? success({ ...result.value, lines: new LineMap(result.value.lines) }) : result
  }

  /** Asks for the end, and makes one where none comes: a thread that is busy with one long piece of work hears nothing. */
  async #cancel(over: AbortSignal): Promise<void> {
    void this.#remote.cancel()
    await new Promise((late) => setTimeout(late, PATIENCE))
    if (!over.aborted) this.end()
  }
}

function stopped(file: string, kind: 'cancelled' | 'reading ended', rows: number): Result<ReadTable> {
  return failure([{ about: 'reading', kind, file, rows }])
}

/** Resolves when `signal` is aborted, or never once `over` is. */
function once(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { signal: over })
  })
}

/** Passes on what a thread has read, piece by piece and in order, until the reading is over. */
class Receiving implements Receiver {
  readonly #sink: ChunkSink
  readonly #onprogress: (progress: ReadProgress) => void
  #last: Promise<unknown> = Promise.resolve()
  #over = false
  /** Rows that were read, as far as is known. */
  rows = 0
  /** Why something could not be passed on; what the reading says of it has been through another thread. */
  failed: { readonly reason: unknown } | undefined

  constructor(sink: ChunkSink, onprogress: (progress: ReadProgress) => void) {
    this.#sink = sink
    this.#onprogress = onprogress
  }

  progress(progress: ReadProgress): void {
    if (this.#over) return
    this.rows = progress.rows
    this.#onprogress(progress)
  }

  write(column: number, chunk: number, buffer: ArrayBuffer): Promise<void> {
    return this.#inTurn(() => this.#sink.write(column, chunk, buffer))
  }

  discard(column: number): Promise<void> {
    return this.#inTurn(() => this.#sink.discard(column))
  }

  /** Nothing more is passed on; what is under way is over once this resolves. */
  async close(): Promise<void> {
    this.#over = true
    await this.#last
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(() => {
      if (this.failed) throw this.failed.reason
      return this.#over ? undefined : work()
    })
    this.#last = turn.catch((reason: unknown) => {
      this.failed ??= { reason }
    })
    return turn
  }
}
