import { IDBCursor, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import type { DexieOptions } from 'dexie'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { textAt, valueAt } from '../../../src/core/column/column'
import { DataDatabase, MOST_BYTES, type HeldRecord } from '../../../workers/store/data-database'
import { IndexedDbStore } from '../../../workers/store/indexed-db-store'
import { bufferOf, recordsOf } from '../../../workers/store/records'
import { importInto, manyRows, openedIn } from '../../support/data-set'
import { MemoryFiles } from '../../support/memory-files'

let options: DexieOptions
let files: MemoryFiles | undefined
let store: IndexedDbStore

function begin(withFiles: boolean): void {
  options = { indexedDB: new IDBFactory(), IDBKeyRange }
  files = withFiles ? new MemoryFiles() : undefined
  store = started()
}

/** A store over what is there, as after a start. */
function started(): IndexedDbStore {
  files?.letGo()
  return new IndexedDbStore('data', options, files)
}

/** The data sets that something is kept of. */
async function kept(): Promise<number> {
  const sets = await raw((database) => database.setsOfRecords())
  return new Set([...sets, ...((await files?.sets()) ?? [])]).size
}

const PLACES = [
  ['in the database', false],
  ['in files', true],
] as const

async function raw<Value>(work: (database: DataDatabase) => Promise<Value>): Promise<Value> {
  const database = await new DataDatabase('data', 'relaxed', options).ready()
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

describe.each(PLACES)('a data set %s', (_, withFiles) => {
  beforeEach(() => begin(withFiles))

  test('comes back as it was, over several chunks and every layout', async () => {
    const text = manyRows(70_000)
    await importInto(store, 'w', text)
    const { table, report } = (await openedIn(started(), 'w'))!
    expect(report.rows).toBe(70_000)
    expect(table.columns.map(({ kind }) => kind)).toEqual(['text', 'coded', 'float', 'coded', 'coded', 'text'])
    for (const row of [0, 1, 65_535, 65_536, 69_999]) {
      expect(textAt(table.columns[0]!, row)).toBe(`C${row}`)
      expect(valueAt(table.columns[1]!, row)).toBe(row % 7)
      expect(valueAt(table.columns[2]!, row)).toBeCloseTo(row * 0.37, 3)
      expect(textAt(table.columns[5]!, row)).toBe(row % 11 === 0 ? '' : `text ${row}`)
    }
  })

  test('takes the place of the one before only when it is whole', async () => {
    await importInto(store, 'w', 'id,x\n1,old\n')
    const staging = await store.begin({ workbook: 'w', name: 'new.csv' })
    await staging.write(0, 0, new ArrayBuffer(8))
    expect(textAt((await openedIn(store, 'w'))!.table.columns[1]!, 0)).toBe('old')
    await staging.abandon()
    await importInto(store, 'w', 'id,x\n1,new\n')
    expect(textAt((await openedIn(store, 'w'))!.table.columns[1]!, 0)).toBe('new')
    expect(await raw((database) => database.manifests.count())).toBe(1)
    expect(await kept()).toBe(1)
  })

  test('of another workbook stays when one is removed', async () => {
    await importInto(store, 'a', 'id,x\n1,a\n')
    await importInto(store, 'b', 'id,x\n1,b\n')
    await store.remove('a')
    expect(await openedIn(store, 'a')).toBeUndefined()
    expect(textAt((await openedIn(store, 'b'))!.table.columns[1]!, 0)).toBe('b')
    expect(await kept()).toBe(1)
  })

  test('no record is over a mebibyte, whatever the buffer', () => {
    for (const bytes of [0, 1, MOST_BYTES - 1, MOST_BYTES, MOST_BYTES + 1, 5 * MOST_BYTES + 3]) {
      const buffer = Uint8Array.from({ length: bytes }, (_, i) => i * 31).buffer
      const records = recordsOf('s', 0, 0, buffer)
      for (const record of records) expect(record.buffer.byteLength).toBeLessThanOrEqual(MOST_BYTES)
      expect(Buffer.compare(new Uint8Array(bufferOf(records)!), new Uint8Array(buffer))).toBe(0)
    }
  })
})

describe('damage', () => {
  beforeEach(async () => {
    begin(false)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await importInto(store, 'w', manyRows(100), 'crm.csv')
    await importInto(store, 'other', manyRows(100))
  })

  test.each<[string, (database: DataDatabase) => Promise<unknown>]>([
    [
      'a flipped byte (case 16)',
      async (database) => {
        const manifest = await database.manifests.where({ workbook: 'w', part: 'history' }).first()
        const record = (await database.records.get([manifest!.id, 1, 0, 0])) as HeldRecord
        new Uint8Array(record.buffer)[3]! ^= 1
        return database.records.put(record)
      },
    ],
    [
      'a missing chunk (case 17)',
      async (database) => {
        const all = await database.manifests.where({ workbook: 'w', part: 'history' }).first()
        return database.records.delete([all!.id, 1, 0, 0])
      },
    ],
    [
      'a truncated chunk (case 15)',
      async (database) => {
        const manifest = await database.manifests.where({ workbook: 'w', part: 'history' }).first()
        const record = (await database.records.get([manifest!.id, 1, 0, 0])) as HeldRecord
        return database.records.put({ ...record, buffer: record.buffer.slice(0, record.buffer.byteLength >> 1) })
      },
    ],
    [
      'a missing dictionary',
      async (database) => {
        const all = await database.manifests.where({ workbook: 'w', part: 'history' }).first()
        return database.records.delete([all!.id, 1, -1, 0])
      },
    ],
  ])('%s is found when the data set is opened, and others still open', async (_, harm) => {
    await raw(harm)
    const opened = await store.open('w', 'history')
    expect(opened).toEqual({ ok: false, failure: { about: 'reading', kind: 'damaged data', file: 'crm.csv' } })
    expect((await openedIn(store, 'other'))!.report.rows).toBe(100)
  })
})

describe('damage to a file', () => {
  beforeEach(async () => {
    begin(true)
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await importInto(store, 'w', manyRows(100), 'crm.csv')
    await importInto(store, 'other', manyRows(100))
  })

  test.each<[string, (file: Blob) => Promise<Blob | undefined>]>([
    [
      'a flipped byte (case 16)',
      async (file) => {
        const bytes = new Uint8Array(await file.arrayBuffer())
        bytes[3]! ^= 1
        return new Blob([bytes])
      },
    ],
    ['a file that is gone (case 17)', () => Promise.resolve(undefined)],
    ['a file that was cut short (case 15)', (file) => Promise.resolve(file.slice(0, file.size - 1))],
  ])('%s is found when the data set is opened, and others still open', async (_, harm) => {
    const manifest = await raw((database) => database.manifests.where({ workbook: 'w', part: 'history' }).first())
    const harmed = await harm(files!.contents.get(manifest!.id)!)
    if (harmed) files!.contents.set(manifest!.id, harmed)
    else files!.contents.delete(manifest!.id)
    const opened = await started().open('w', 'history')
    expect(opened).toEqual({ ok: false, failure: { about: 'reading', kind: 'damaged data', file: 'crm.csv' } })
    expect((await openedIn(store, 'other'))!.report.rows).toBe(100)
  })
})

test('where no file can be made the database takes all of it', async () => {
  begin(true)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  files!.create = () => Promise.reject(new DOMException('not here', 'SecurityError'))
  await importInto(store, 'w', manyRows(100))
  expect(files!.contents.size).toBe(0)
  expect((await openedIn(started(), 'w'))!.report.rows).toBe(100)
})

test('what was kept in the database before there were files still opens beside what is in files', async () => {
  begin(false)
  await importInto(store, 'old', manyRows(100))
  files = new MemoryFiles()
  await importInto(started(), 'new', manyRows(200))
  expect((await openedIn(store, 'old'))!.report.rows).toBe(100)
  expect((await openedIn(started(), 'old'))!.report.rows).toBe(100)
  expect((await openedIn(started(), 'new'))!.report.rows).toBe(200)
})

describe.each(PLACES)('what never finished %s', (_, withFiles) => {
  beforeEach(() => begin(withFiles))

  test('is cleared away and told of at the next start (case 6)', async () => {
    await importInto(store, 'w', 'id,x\n1,old\n')
    const staging = await store.begin({ workbook: 'w', name: 'big.csv' })
    staging.note(412_000)
    await staging.write(0, 0, new ArrayBuffer(17 * MOST_BYTES))
    // The tab is closed here: nobody abandons and nobody finishes.
    const next = started()
    expect(await next.collect()).toEqual([{ name: 'big.csv', rows: 412_000 }])
    expect(textAt((await openedIn(next, 'w'))!.table.columns[1]!, 0)).toBe('old')
    expect(await kept()).toBe(1)
    expect(await next.collect()).toEqual([])
  })
})

/** Makes writes of the database fail when asked; answers with what mends them. */
function failing(fails: () => boolean): () => void {
  const places = [
    [IDBObjectStore.prototype, 'put'],
    [IDBObjectStore.prototype, 'add'],
    [IDBObjectStore.prototype, 'delete'],
    [IDBCursor.prototype, 'update'],
  ] as const
  const before = places.map(([owner, name]) => Reflect.get(owner, name) as (...input: unknown[]) => unknown)
  for (const [i, [owner, name]] of places.entries()) {
    Reflect.set(owner, name, function (this: unknown, ...input: unknown[]) {
      if (fails()) throw new DOMException('the disk is ill', 'UnknownError')
      return before[i]!.apply(this, input)
    })
  }
  return () => places.forEach(([owner, name], i) => Reflect.set(owner, name, before[i]))
}

test.each(PLACES)(
  'fault sweep %s: whichever write fails, the data set before is intact and nothing is left over',
  async (_, withFiles) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const text = manyRows(300)
    let failures = 0
    for (let nth = 1; nth < 200; nth++) {
      begin(withFiles)
      await importInto(store, 'w', 'id,x\n1,old\n')
      let count = 0
      const fails = (): boolean => ++count === nth
      const mended = failing(fails)
      if (files)
        files.onwrite = () => {
          if (fails()) throw new DOMException('the disk is ill', 'UnknownError')
        }
      let failed = false
      try {
        await importInto(started(), 'w', text)
      } catch {
        failed = true
      }
      mended()
      if (files) files.onwrite = () => undefined
      const next = started()
      await next.collect()
      const rows = (await openedIn(next, 'w'))!.report.rows
      expect(rows).toBe(failed ? 1 : 300)
      expect(await kept()).toBe(1)
      if (!failed && count < nth) break
      failures += Number(failed)
    }
    expect(failures).toBeGreaterThan(2)
  },
)
