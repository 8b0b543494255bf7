import { IDBCursor, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import type { DexieOptions } from 'dexie'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { textAt, valueAt } from '../../../src/core/column/column'
import { DataDatabase, MOST_BYTES } from '../../../workers/store/data-database'
import { IndexedDbStore } from '../../../workers/store/indexed-db-store'
import { bufferOf, recordsOf } from '../../../workers/store/records'
import { importInto, manyRows, openedIn } from '../../support/data-set'

let options: DexieOptions
let store: IndexedDbStore

beforeEach(() => {
  options = { indexedDB: new IDBFactory(), IDBKeyRange }
  store = new IndexedDbStore('data', options)
})

async function raw<Value>(work: (database: DataDatabase) => Promise<Value>): Promise<Value> {
  const database = await new DataDatabase('data', 'relaxed', options).ready()
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

describe('a data set', () => {
  test('comes back as it was, over several chunks and every layout', async () => {
    const text = manyRows(70_000)
    await importInto(store, 'w', text)
    const { table, report } = (await openedIn(new IndexedDbStore('data', options), 'w'))!
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
  })

  test('of another workbook stays when one is removed', async () => {
    await importInto(store, 'a', 'id,x\n1,a\n')
    await importInto(store, 'b', 'id,x\n1,b\n')
    await store.remove('a')
    expect(await openedIn(store, 'a')).toBeUndefined()
    expect(textAt((await openedIn(store, 'b'))!.table.columns[1]!, 0)).toBe('b')
    expect(await raw(async (database) => (await database.setsOfRecords()).length)).toBe(1)
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
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await importInto(store, 'w', manyRows(100), 'crm.csv')
    await importInto(store, 'other', manyRows(100))
  })

  test.each<[string, (database: DataDatabase) => Promise<unknown>]>([
    [
      'a flipped byte (case 16)',
      async (database) => {
        const manifest = await database.manifests.where({ workbook: 'w', part: 'history' }).first()
        const record = (await database.records.get([manifest!.id, 1, 0, 0]))!
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
        const record = (await database.records.get([manifest!.id, 1, 0, 0]))!
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

describe('what never finished', () => {
  test('is cleared away and told of at the next start (case 6)', async () => {
    await importInto(store, 'w', 'id,x\n1,old\n')
    const staging = await store.begin({ workbook: 'w', name: 'big.csv' })
    staging.note(412_000)
    await staging.write(0, 0, new ArrayBuffer(5 * MOST_BYTES))
    // The tab is closed here: nobody abandons and nobody finishes.
    const next = new IndexedDbStore('data', options)
    expect(await next.collect()).toEqual([{ name: 'big.csv', rows: 412_000 }])
    expect(textAt((await openedIn(next, 'w'))!.table.columns[1]!, 0)).toBe('old')
    expect(await raw(async (database) => (await database.setsOfRecords()).length)).toBe(1)
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

test('fault sweep: whichever write fails, the data set before is intact and nothing is left over', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const text = manyRows(300)
  let failures = 0
  for (let nth = 1; nth < 200; nth++) {
    options = { indexedDB: new IDBFactory(), IDBKeyRange }
    await importInto(new IndexedDbStore('data', options), 'w', 'id,x\n1,old\n')
    let count = 0
    const mended = failing(() => ++count === nth)
    let failed = false
    try {
      await importInto(new IndexedDbStore('data', options), 'w', text)
    } catch {
      failed = true
    }
    mended()
    const next = new IndexedDbStore('data', options)
    await next.collect()
    const kept = (await openedIn(next, 'w'))!
    expect(kept.report.rows).toBe(failed ? 1 : 300)
    expect(await raw(async (database) => (await database.setsOfRecords()).length)).toBe(1)
    if (!failed && count < nth) break
    failures += Number(failed)
  }
  expect(failures).toBeGreaterThan(2)
})
