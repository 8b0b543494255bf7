import type { DexieOptions } from 'dexie'
import type { Override } from '../core/customers/override'
import type { ManualChange, ManualValue } from '../core/manual/manual-value'
import type { Step } from '../core/model/history'
import type { Closed, KeptWorkbook, ModelStore, NotSaved, RecentWorkbook, Saved, Saving } from './model-store'
import { failureOf, FORMAT_VERSION, ModelsDatabase, type AnnotationRecord, type StepRecord } from './models-database'
import { readSentinel, writeSentinel } from './sentinel'
import type { Shelf } from './shelf'

export interface OpenedModels {
  readonly store: IndexedDbModels
  /** The browser has removed what this page had kept. */
  readonly removed: boolean
}

/** Why the database was not opened: a newer program has made it, and it is left alone. */
export class NewerData extends Error {
  override readonly name = 'NewerData'
}

/** Workbooks in the browser's database, saved by compare-and-swap so that two tabs never overwrite each other. */
export class IndexedDbModels implements ModelStore {
  readonly #db: ModelsDatabase
  readonly #id: string
  readonly #shelf: Shelf
  /** Steps as they were written, so that a save writes only new ones. */
  readonly #written = new Map<string, Map<number, Step>>()
  readonly #places = new WeakMap<Step, number>()

  private constructor(db: ModelsDatabase, id: string, shelf: Shelf) {
    this.#db = db
    this.#id = id
    this.#shelf = shelf
  }

  /** Opens the database. Rejects with NewerData, or with the browser's error where it keeps no database. */
  static async open(
    shelf: Shelf,
    onclosed: (why: Closed) => void,
    name = 'healthsheet-models',
    options: DexieOptions = {},
  ): Promise<OpenedModels> {
    const db = new ModelsDatabase(name, options)
    await db.open()
    if (db.isNewer) {
      db.close()
      throw new NewerData('made by a newer version')
    }
    let closing: Closed | undefined
    db.on('versionchange', ({ newVersion }) => {
      closing = newVersion === null ? 'removed' : 'newer version'
      db.close()
      onclosed(closing)
    })
    db.on('close', () => {
      if (!closing) onclosed('removed')
    })
    const known = await db.facts.get('database')
    const id = known?.id ?? crypto.randomUUID()
    if (!known) await db.facts.put({ key: 'database', id })
    const sentinel = readSentinel(shelf)
    const removed = !known && sentinel !== undefined && sentinel.workbooks > 0
    const store = new IndexedDbModels(db, id, shelf)
    await store.#count()
    return { store, removed }
  }

  list = async (): Promise<RecentWorkbook[]> => {
    const records = await this.#db.workbooks.orderBy('order').reverse().toArray()
    return records.map(({ id, name, facts, savedAt }) => ({ id, name, facts, savedAt }))
  }

  open = async (id: string): Promise<KeptWorkbook | undefined> => {
    const { workbooks, steps } = this.#db
    return this.#db.transaction('r', workbooks, steps, async () => {
      const record = await workbooks.get(id)
      if (!record) return undefined
      const kept = await this.#db.stepsOf(id).sortBy('seq')
      const past = kept.filter(({ seq }) => seq < record.undoAt).map((step) => this.#stepOf(step))
      const future = kept.filter(({ seq }) => seq >= record.undoAt).map((step) => this.#stepOf(step))
      this.#written.set(id, new Map([...past, ...future].map((step) => [this.#places.get(step)!, step])))
      const { rev, name, facts, body, savedAt, baseline } = record
      return { id, rev, name, facts, body, savedAt, past, future, ...(baseline && { baseline }) }
    })
  }

  save = async ({ id, rev, name, facts, body, past, future, baseline }: Saving): Promise<Saved> => {
    const { workbooks, steps } = this.#db
    const list = this.#placed([...past, ...future])
    const undoAt = [...list.keys()][past.length] ?? Number.MAX_SAFE_INTEGER
    const savedAt = Date.now()
    try {
      const saved = await this.#db.transaction('rw', workbooks, steps, async (): Promise<Saved> => {
        const before = await workbooks.get(id)
        if ((before?.rev ?? 0) !== rev) return { kind: 'conflict' }
        const last = await workbooks.orderBy('order').last()
        await workbooks.put({
          id,
          rev: rev + 1,
          formatVersion: FORMAT_VERSION,
          databaseId: this.#id,
          order: (last?.order ?? 0) + 1,
          name,
          facts,
          body,
          savedAt,
          undoAt,
          ...(baseline && { baseline }),
        })
        await this.#writeSteps(id, list)
        return { kind: 'saved', rev: rev + 1, savedAt }
      })
      if (saved.kind === 'saved') {
        this.#written.set(id, list)
        if (rev === 0) await this.#count()
      }
      return saved
    } catch (error) {
      return failureOf(error)
    }
  }

  remove = async (id: string): Promise<void> => {
    const { workbooks, steps, annotations } = this.#db
    await this.#db.transaction('rw', workbooks, steps, annotations, async () => {
      await workbooks.delete(id)
      await this.#db.stepsOf(id).delete()
      await annotations.where({ workbook: id }).delete()
    })
    this.#written.delete(id)
    await this.#count()
  }

  overrides = async (workbook: string): Promise<Override[]> => {
    const records = await this.#db.annotations.where({ workbook }).toArray()
    return records.flatMap((record) => (record.kind === 'override' ? [record.value] : []))
  }

  putOverride = (workbook: string, override: Override): Promise<NotSaved | undefined> =>
    written(this.#db.annotations.put({ workbook, customer: override.customer, kind: 'override', value: override }))

  removeOverride = (workbook: string, customer: string): Promise<NotSaved | undefined> =>
    written(this.#db.annotations.delete([workbook, customer, 'override']))

  manualValues = async (workbook: string): Promise<ManualValue[]> => {
    const records = await this.#db.annotations.where({ workbook }).toArray()
    return records.flatMap((record) => (record.kind === 'override' ? [] : [record.value]))
  }

  writeManual = (workbook: string, changes: readonly ManualChange[]): Promise<NotSaved | undefined> => {
    const { annotations } = this.#db
    const kindOf = (column: string): `manual ${string}` => `manual ${column}`
    const filled = changes.flatMap(({ customer, column, value }): AnnotationRecord[] =>
      value ? [{ workbook, customer, kind: kindOf(column), value }] : [],
    )
    const cleared = changes.filter(({ value }) => !value)
    return written(
      this.#db.transaction('rw', annotations, async () => {
        await annotations.bulkPut(filled)
        await annotations.bulkDelete(cleared.map(({ customer, column }) => [workbook, customer, kindOf(column)]))
      }),
    )
  }

  close(): void {
    this.#db.close()
  }

  #stepOf({ seq, patch, words }: StepRecord): Step {
    const step = { patch, words }
    this.#places.set(step, seq)
    return step
  }

  /** The steps by their rising place: known ones keep theirs, a new one takes the place after the one before it. */
  #placed(list: readonly Step[]): Map<number, Step> {
    const placed = new Map<number, Step>()
    let last = 0
    for (const step of list) {
      const known = this.#places.get(step) ?? 0
      last = known > last ? known : last + 1
      this.#places.set(step, last)
      placed.set(last, step)
    }
    return placed
  }

  async #writeSteps(workbook: string, list: ReadonlyMap<number, Step>): Promise<void> {
    const written = this.#written.get(workbook) ?? new Map<number, Step>()
    const news = [...list].filter(([seq, step]) => written.get(seq) !== step)
    await this.#db.steps.bulkPut(news.map(([seq, { patch, words }]) => ({ workbook, seq, patch, words })))
    const gone = [...written.keys()].filter((seq) => !list.has(seq))
    await this.#db.steps.bulkDelete(gone.map((seq) => [workbook, seq]))
  }

  /** Notes beside the database how many workbooks it has, so that its loss is noticed. */
  async #count(): Promise<void> {
    writeSentinel(this.#shelf, { databaseId: this.#id, workbooks: await this.#db.workbooks.count() })
  }
}

/** What became of a write that answers with nothing more. */
async function written(write: PromiseLike<unknown>): Promise<NotSaved | undefined> {
  try {
    await write
    return undefined
  } catch (error) {
    return failureOf(error)
  }
}
