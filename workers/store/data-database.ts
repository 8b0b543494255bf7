import Dexie, { type DexieOptions, type EntityTable, type PromiseExtended, type Table } from 'dexie'
import type { StoredPart } from './data-store'

/** What is known of a data set without reading it. The rest lies in its records. */
export interface Manifest {
  readonly id: string
  readonly workbook: string
  /** What it is to the workbook, once it is ready. */
  readonly part: StoredPart
  readonly name: string
  /** Only what is ready is ever seen; the other two wait to be cleared away. */
  readonly state: 'staging' | 'ready' | 'replaced'
  readonly rows: number
  /** How many records belong to it, once it is ready. */
  readonly records: number
  /** Of a snapshot: when it was kept, in milliseconds since 1970, and the day that it is of, YYYY-MM-DD. */
  readonly keptAt?: number
  readonly asOf?: string
}

interface Piece {
  readonly set: string
  /** Index of the column; DESCRIPTION for what describes them all. */
  readonly column: number
  /** Index of the chunk; DICTIONARY for the column's dictionary. */
  readonly chunk: number
  readonly part: number
  /** How many parts the chunk has. */
  readonly parts: number
  readonly checksum: number
}

/** A piece of a data set, at most MOST_BYTES long. Never indexed but by its place. */
export interface HeldRecord extends Piece {
  readonly buffer: ArrayBuffer
}

/** A piece of a data set that lies in the set's file. */
export interface PlacedRecord extends Piece {
  /** Where it starts there. */
  readonly at: number
  readonly bytes: number
}

export type DataRecord = HeldRecord | PlacedRecord

export const DESCRIPTION = -1
export const DICTIONARY = -1

/** Longest value of a record: larger ones have broken browsers. */
export const MOST_BYTES = 1 << 20

export type RecordKey = [set: string, column: number, chunk: number, part: number]

const VERSION = 1
const PLACE = '[set+column+chunk+part]'

/** Where rows lie. Durability is a matter of the connection, so that there is one for bulk and one for what decides. */
export class DataDatabase extends Dexie {
  declare manifests: EntityTable<Manifest, 'id'>
  declare records: Table<DataRecord, RecordKey>

  constructor(name: string, durability: 'strict' | 'relaxed', options: DexieOptions = {}) {
    super(name, { ...options, autoOpen: false, chromeTransactionDurability: durability })
    this.version(VERSION).stores({ manifests: 'id, [workbook+part]', records: PLACE })
  }

  /** Opens the connection where it is not open: at first, and after the browser or another version has closed it. */
  async ready(): Promise<this> {
    if (!this.isOpen()) await this.open()
    return this
  }

  /**
   * Adds records and notes how far their manifest is, all or nothing. Past Dexie, which looks into every record for
   * watchers that there are none of, and takes three times as long as the browser itself.
   */
  addBatch(manifest: Manifest, records: readonly DataRecord[]): Promise<void> {
    const database = this.backendDB()
    return new Promise((done, failed) => {
      const transaction = database.transaction(['manifests', 'records'], 'readwrite', { durability: 'relaxed' })
      transaction.oncomplete = () => done()
      transaction.onabort = () => failed(transaction.error ?? new Error('a batch was not written'))
      try {
        transaction.objectStore('manifests').put(manifest)
        const store = transaction.objectStore('records')
        for (const record of records) store.add(record)
      } catch (error) {
        transaction.abort()
        failed(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  /** The records of a data set, or of one of its columns or chunks. */
  within(...place: [set: string, column?: number, chunk?: number]) {
    const open = Array.from({ length: 4 - place.length })
    return this.records
      .where(PLACE)
      .between([...place, ...open.map(() => Dexie.minKey)], [...place, ...open.map(() => Dexie.maxKey)])
  }

  /** The data sets that records belong to, found by their keys alone. */
  async setsOfRecords(): Promise<string[]> {
    const sets: string[] = []
    for (;;) {
      const last = sets.at(-1)
      const beyond: PromiseExtended<RecordKey[]> =
        last === undefined
          ? this.records.limit(1).primaryKeys()
          : this.records.where(PLACE).above([last, Dexie.maxKey, Dexie.maxKey, Dexie.maxKey]).limit(1).primaryKeys()
      const [key] = await beyond
      if (!key) return sets
      sets.push(key[0])
    }
  }
}

/** Whether a write failed because there is no room; Dexie wraps the browser's own error. */
export function isQuota(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, inner } = error as { name?: unknown; inner?: unknown }
  return name === 'QuotaExceededError' || isQuota(inner)
}
