import type { DexieOptions } from 'dexie'
import type { ImportReport } from '../../src/core/column/import-report'
import type { Problem } from '../../src/core/problem'
import { failure, success, type Result } from '../../src/core/result'
import type { DataPart, Snapshot, Unfinished } from '../engine-api'
import { assembleColumn } from './assemble'
import { DataDatabase, DESCRIPTION, DICTIONARY, type Manifest } from './data-database'
import type { ChunkFiles } from './chunk-files'
import type { DataStore, NewDataSet, Staging, StoredDataSet } from './data-store'
import { isFree } from '../locks'
import { bufferOf, described, describingRecords, held, withDictionary } from './records'
import { importLock, IndexedDbStaging } from './staging'
import { CHUNK_ROWS, type StoredColumn } from './stored-table'

/** Thrown while a data set is loaded when one of its records is missing or changed. */
class Damaged extends Error {}

/** Keeps data sets in the browser's database, their chunks in files beside it where there may be files. */
export class IndexedDbStore implements DataStore {
  readonly #bulk: DataDatabase
  readonly #strict: DataDatabase
  readonly #files: ChunkFiles | undefined

  constructor(name: string, options: DexieOptions = {}, files?: ChunkFiles) {
    this.#files = files
    this.#bulk = new DataDatabase(name, 'relaxed', options)
    this.#strict = new DataDatabase(name, 'strict', options)
  }

  /** Rejects where the browser keeps no database. */
  async prove(): Promise<void> {
    await this.#bulk.ready()
  }

  begin = async ({ workbook, name }: NewDataSet): Promise<Staging> => {
    await this.#bulk.ready()
    const id = crypto.randomUUID()
    const manifest: Manifest = { id, workbook, part: 'history', name, state: 'staging', rows: 0, records: 0 }
    return new IndexedDbStaging(this.#bulk, this.#strict, manifest, this.#files).begin()
  }

  open = async (workbook: string, part: DataPart): Promise<Result<StoredDataSet | undefined, Problem>> => {
    const { manifests } = await this.#bulk.ready()
    const manifest = await manifests
      .where({ workbook, part })
      .filter(({ state }) => state === 'ready')
      .first()
    if (!manifest) return success(undefined)
    try {
      return success(await this.#load(manifest))
    } catch (error) {
      // Whatever the browser could not read back is as lost as what was changed.
      console.error(error)
      return failure({ about: 'reading', kind: 'damaged data', file: manifest.name })
    }
  }

  update = async (id: string, stored: readonly StoredColumn[], report: ImportReport): Promise<void> => {
    const { manifests, records } = await this.#strict.ready()
    const describing = describingRecords(id, stored, report)
    await this.#strict.transaction('rw', manifests, records, async () => {
      await this.#strict.within(id, DESCRIPTION).delete()
      for (const column of stored.keys()) await this.#strict.within(id, column, DICTIONARY).delete()
      await records.bulkAdd(describing)
      await manifests.update(id, { records: await this.#strict.within(id).count() })
    })
  }

  snapshots = async (workbook: string): Promise<readonly Snapshot[]> => {
    const { manifests } = await this.#bulk.ready()
    const kept = await manifests
      .where({ workbook, part: 'snapshot' })
      .filter(({ state }) => state === 'ready')
      .toArray()
    return kept
      .map(({ id, name, rows, keptAt = 0, asOf }) => ({
        id,
        file: name,
        rows,
        keptAt,
        ...(asOf !== undefined && { asOf }),
      }))
      .sort((a, b) => b.keptAt - a.keptAt)
  }

  forget = async (id: string): Promise<void> => {
    await this.#bulk.ready()
    await this.#clear(id)
  }

  remove = async (workbook: string): Promise<void> => {
    const { manifests } = await this.#strict.ready()
    await this.#bulk.ready()
    for (const part of ['history', 'current', 'snapshot'] as const) {
      await manifests.where({ workbook, part }).modify({ state: 'replaced' })
      for (const { id } of await manifests.where({ workbook, part }).toArray()) await this.#clear(id)
    }
  }

  collect = async (): Promise<readonly Unfinished[]> => {
    const { manifests } = await this.#bulk.ready()
    const unfinished: Unfinished[] = []
    const known = new Set<string>()
    // In this order: whose records are seen here has put its manifest before them, even if its reading began just now.
    const withRecords = await this.#bulk.setsOfRecords()
    const withFiles = (await this.#files?.sets()) ?? []
    for (const { id, state } of await manifests.toArray()) {
      known.add(id)
      if (state === 'ready' || !(await isFree(importLock(id)))) continue
      // Whoever held the lock may have finished meanwhile.
      const left = await manifests.get(id)
      if (!left || left.state === 'ready') continue
      if (left.state === 'staging') unfinished.push({ name: left.name, rows: left.rows })
      await this.#clear(id)
    }
    for (const set of withRecords) if (!known.has(set)) await this.#bulk.within(set).delete()
    for (const set of withFiles) if (!known.has(set)) await this.#files?.remove(set)
    return unfinished
  }

  async #clear(id: string): Promise<void> {
    await this.#files?.remove(id)
    await this.#bulk.within(id).delete()
    await this.#bulk.manifests.delete(id)
  }

  async #load({ id, rows, records }: Manifest): Promise<StoredDataSet> {
    if ((await this.#bulk.within(id).count()) !== records) throw new Damaged('records are missing')
    // Where it cannot be read, its records are found to be damaged.
    const file = await this.#files?.read(id).catch(() => undefined)
    const buffer = (column: number, chunk: number) => this.#buffer([id, column, chunk], file)
    const { stored: columns, report } = described(await buffer(DESCRIPTION, 0))
    const stored: StoredColumn[] = []
    const made = []
    const chunks = Array.from({ length: Math.ceil(rows / CHUNK_ROWS) }, (_, chunk) => chunk)
    for (const [index, column] of columns.entries()) {
      const whole = column.layout === 'coded' ? withDictionary(column, await buffer(index, DICTIONARY)) : column
      const buffers = await Promise.all(chunks.map((chunk) => buffer(index, chunk)))
      stored.push(whole)
      made.push(assembleColumn(whole, buffers, rows))
    }
    return { id, table: { rows, columns: made }, stored, report }
  }

  async #buffer(place: [set: string, column: number, chunk: number], file: Blob | undefined): Promise<ArrayBuffer> {
    const buffer = bufferOf(await held(await this.#bulk.within(...place).sortBy('part'), file))
    if (!buffer) throw new Damaged(`chunk ${place[2]} of column ${place[1]} is damaged`)
    return buffer
  }
}
