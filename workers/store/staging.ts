import type { ImportReport } from '../../src/core/column/import-report'
import { failure, success, type Result } from '../../src/core/result'
import { isQuota, type DataDatabase, type DataRecord, type Manifest } from './data-database'
import { StorageFull, type Staging, type StoredPart } from './data-store'
import { holdLock } from '../locks'
import type { ChunkFile, ChunkFiles } from './chunk-files'
import { describingRecords, placedRecord, recordsOf } from './records'
import type { StoredColumn } from './stored-table'

/** Bytes that are written together. */
const BATCH = 4 << 20
/** Bytes in the file after which it is noted what they are, and how many rows have come. */
const NOTED = 16 << 20

/** The web lock that a data set's reader holds, so that nobody clears away what is still being written. */
export function importLock(id: string): string {
  return `import:${id}`
}

/** A data set on its way into the database: written in batches, and seen only after it is whole. */
export class IndexedDbStaging implements Staging {
  readonly #bulk: DataDatabase
  readonly #strict: DataDatabase
  #manifest: Manifest
  #waiting: DataRecord[] = []
  #waitingBytes = 0
  #written = 0
  /** The batch that is being written while the next is read; it never rejects, see #failed. */
  #writing: Promise<void> = Promise.resolve()
  /** Why a batch could not be written, told to whoever writes next. */
  #failed: { readonly reason: unknown } | undefined
  /** Records per column, against which the end is checked. */
  readonly #count = new Map<number, number>()
  #release: () => void = () => undefined
  readonly #files: ChunkFiles | undefined
  /** Where the chunks go; the database where there is none. */
  #file: ChunkFile | undefined
  #abandoned = false

  constructor(bulk: DataDatabase, strict: DataDatabase, manifest: Manifest, files: ChunkFiles | undefined) {
    this.#bulk = bulk
    this.#strict = strict
    this.#manifest = manifest
    this.#files = files
  }

  async begin(): Promise<this> {
    this.#release = await holdLock(importLock(this.#manifest.id))
    await this.#guarded(() => this.#bulk.manifests.put(this.#manifest))
    this.#file = await this.#create()
    return this
  }

  /** Where no file can be made, the database takes the chunks. */
  async #create(): Promise<ChunkFile | undefined> {
    try {
      return await this.#files?.create(this.#manifest.id)
    } catch (error) {
      console.error(error)
      return undefined
    }
  }

  write = async (column: number, chunk: number, buffer: ArrayBuffer): Promise<void> => {
    if (this.#abandoned) return
    const { id } = this.#manifest
    const file = this.#file
    if (file) await this.#guarded(() => this.#add([placedRecord(id, column, chunk, buffer, file)]))
    else this.#add(recordsOf(id, column, chunk, buffer))
    if (this.#waitingBytes >= (file ? NOTED : BATCH)) await this.#send()
  }

  discard = async (column: number): Promise<void> => {
    await this.#flush()
    await this.#bulk.within(this.#manifest.id, column).delete()
    this.#count.delete(column)
  }

  note = (rows: number): void => {
    this.#manifest = { ...this.#manifest, rows }
  }

  finish = async (part: StoredPart, stored: readonly StoredColumn[], report: ImportReport): Promise<Result<string>> => {
    const { id } = this.#manifest
    try {
      this.#add(describingRecords(id, stored, report))
      await this.#flush()
      await this.#guarded(() => this.#file?.flush())
      this.#file?.close()
      const records = [...this.#count.values()].reduce((sum, count) => sum + count, 0)
      const kept = await this.#bulk.within(id).count()
      if (kept !== records) throw new Error(`${kept} of ${records} records were kept`)
      const ready = { ...this.#manifest, part, state: 'ready' as const, rows: report.rows, records }
      const { asOf } = report
      await this.#flip(
        part === 'snapshot' ? { ...ready, keptAt: Date.now(), ...(asOf !== undefined && { asOf }) } : ready,
      )
    } catch (error) {
      await this.abandon()
      const { name: file, rows } = this.#manifest
      if (error instanceof StorageFull || isQuota(error)) {
        return failure([{ about: 'reading', kind: 'storage full', file, needed: Math.max(this.#bytes, report.bytes) }])
      }
      console.error(error)
      return failure([{ about: 'reading', kind: 'storage failed', file, rows }])
    }
    this.#release()
    await this.#clearReplaced(part)
    return success(id)
  }

  abandon = async (): Promise<void> => {
    this.#abandoned = true
    this.#waiting = []
    const { id } = this.#manifest
    await this.#writing
    try {
      this.#file?.close()
      await this.#files?.remove(id)
      await this.#bulk.within(id).delete()
      await this.#bulk.manifests.delete(id)
    } catch (error) {
      // The next start clears it away.
      console.error(error)
    } finally {
      this.#release()
    }
  }

  #add(records: readonly DataRecord[]): void {
    for (const record of records) {
      this.#waiting.push(record)
      this.#waitingBytes += 'buffer' in record ? record.buffer.byteLength : record.bytes
    }
  }

  /** Writes what waits, and waits for it. */
  async #flush(): Promise<void> {
    await this.#send()
    await this.#arrived()
  }

  /** Starts to write what waits, once the batch before is written: one is on its way while the next is read. */
  async #send(): Promise<void> {
    await this.#arrived()
    if (this.#abandoned) return
    const [records, bytes] = [this.#waiting, this.#waitingBytes]
    this.#waiting = []
    this.#waitingBytes = 0
    this.#writing = this.#put(records, bytes).catch((reason: unknown) => {
      this.#failed = { reason }
    })
  }

  async #arrived(): Promise<void> {
    await this.#writing
    if (this.#failed) throw this.#failed.reason
  }

  async #put(records: readonly DataRecord[], bytes: number): Promise<void> {
    await this.#guarded(() => this.#bulk.addBatch(this.#manifest, records))
    // While the next is read, so that little is left to wait for in the end.
    await this.#guarded(() => this.#file?.flush())
    for (const { column } of records) this.#count.set(column, (this.#count.get(column) ?? 0) + 1)
    if (!this.#file) this.#written += bytes
  }

  /** One small transaction decides: before it the old data set is the workbook's, after it the new one. */
  async #flip(ready: Manifest): Promise<void> {
    const { manifests } = await this.#strict.ready()
    await this.#strict.transaction('rw', manifests, async () => {
      const place = { workbook: ready.workbook, part: ready.part }
      if (ready.part !== 'snapshot') {
        await manifests
          .where(place)
          .filter(({ id, state }) => id !== ready.id && state === 'ready')
          .modify({ state: 'replaced' })
      }
      await manifests.put(ready)
    })
  }

  /** The new data set is already the workbook's: what cannot be cleared away now is at the next start. */
  async #clearReplaced(part: StoredPart): Promise<void> {
    const { workbook } = this.#manifest
    try {
      const old = await this.#bulk.manifests.where({ workbook, part }).toArray()
      for (const { id, state } of old) {
        if (state !== 'replaced') continue
        await this.#files?.remove(id)
        await this.#bulk.within(id).delete()
        await this.#bulk.manifests.delete(id)
      }
    } catch (error) {
      console.error(error)
    }
  }

  /** Bytes that were written, wherever. */
  get #bytes(): number {
    return this.#written + (this.#file?.size ?? 0)
  }

  async #guarded(write: () => unknown): Promise<void> {
    try {
      await write()
    } catch (error) {
      throw isQuota(error) ? new StorageFull(this.#bytes) : error
    }
  }
}
