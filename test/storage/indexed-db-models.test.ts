import Dexie, { type DexieOptions } from 'dexie'
import type { Override } from '../../src/core/customers/override'
import type { ManualChange } from '../../src/core/manual/manual-value'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { setWeight } from '../../src/core/model/edit'
import { record, startHistory, undo } from '../../src/core/model/history'
import { IndexedDbModels, NewerData } from '../../src/storage/indexed-db-models'
import type { Closed, Saving } from '../../src/storage/model-store'
import { failureOf } from '../../src/storage/models-database'
import type { Shelf } from '../../src/storage/shelf'
import { metric, modelOf } from '../support/model'

let options: DexieOptions
let shelf: Shelf
let closed: Closed[]

function newShelf(): Shelf {
  const kept = new Map<string, string>()
  return { get: (key) => kept.get(key) ?? null, set: (key, value) => void kept.set(key, value) }
}

beforeEach(() => {
  options = { indexedDB: new IDBFactory(), IDBKeyRange }
  shelf = newShelf()
  closed = []
})

const open = () => IndexedDbModels.open(shelf, (why) => closed.push(why), 'models', options)

function saving(id: string, rev: number, change: Partial<Saving> = {}): Saving {
  return { id, rev, name: `Model ${id}`, facts: '10 customers', body: '{}', past: [], future: [], ...change }
}

describe('a workbook', () => {
  test('comes back with its steps, undone ones too', async () => {
    const { store } = await open()
    const model = modelOf([metric('a')])
    let history = startHistory(model)
    for (const weight of [6, 7, 8])
      history = record(history, setWeight(history.present, 'a', weight), `weight ${weight}`)
    history = undo(history)
    await store.save(saving('w', 0, { past: history.past, future: history.future }))
    store.close()
    const again = (await open()).store
    const kept = (await again.open('w'))!
    expect(kept.rev).toBe(1)
    expect(kept.past.map(({ words }) => words)).toEqual(['weight 6', 'weight 7'])
    expect(kept.future.map(({ words }) => words)).toEqual(['weight 8'])
    const back = undo(startHistory(history.present, kept.past, kept.future))
    expect(back.present).toEqual(setWeight(model, 'a', 6))
  })

  test('keeps the pinned model, and takes it out', async () => {
    const { store } = await open()
    const baseline = { name: 'v1, 14:05', body: '{"a":1}' }
    await store.save(saving('w', 0, { baseline }))
    expect((await store.open('w'))!.baseline).toEqual(baseline)
    await store.save(saving('w', 1))
    expect((await store.open('w'))!.baseline).toBeUndefined()
  })

  test('steps that a new edit has forgotten are gone after it', async () => {
    const { store } = await open()
    let history = startHistory(modelOf([metric('a')]))
    for (const weight of [6, 7, 8])
      history = record(history, setWeight(history.present, 'a', weight), `weight ${weight}`)
    await store.save(saving('w', 0, { past: history.past }))
    history = record(undo(undo(history)), setWeight(history.present, 'a', 1), 'weight 1')
    await store.save(saving('w', 1, { past: history.past, future: history.future }))
    const kept = (await store.open('w'))!
    expect([...kept.past, ...kept.future].map(({ words }) => words)).toEqual(['weight 6', 'weight 1'])
  })

  test('saved in another tab since is not overwritten (case 10)', async () => {
    const one = (await open()).store
    const two = (await open()).store
    await one.save(saving('w', 0))
    await two.open('w')
    expect((await one.save(saving('w', 1, { body: 'mine' }))).kind).toBe('saved')
    expect(await two.save(saving('w', 1, { body: 'theirs' }))).toEqual({ kind: 'conflict' })
    expect((await two.open('w'))!.body).toBe('mine')
  })

  test('is listed with the one saved last first, whatever the clock says', async () => {
    const { store } = await open()
    await store.save(saving('a', 0))
    await store.save(saving('b', 0))
    await store.save(saving('a', 1))
    expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b'])
    await store.remove('a')
    expect((await store.list()).map(({ id }) => id)).toEqual(['b'])
  })
})

/** What a newer program might have made of the database: all that there is, and more. */
const NEWER = {
  ...{ workbooks: 'id, order', steps: '[workbook+seq]', facts: 'key', later: 'id' },
  annotations: '[workbook+customer+kind], workbook',
}

describe('the database', () => {
  test('made by a newer version is refused, and nothing is written to it (case 12)', async () => {
    const newer = new Dexie('models', options)
    newer.version(4).stores(NEWER)
    await newer.open()
    await newer.table('workbooks').put({ id: 'w', body: 'theirs', order: 1 })
    newer.close()
    await expect(open()).rejects.toBeInstanceOf(NewerData)
    await newer.open()
    expect(await newer.table('workbooks').toArray()).toEqual([{ id: 'w', body: 'theirs', order: 1 }])
    expect(newer.backendDB().version).toBe(40)
  })

  test('that a newer version wants is let go, and nothing is written after it (case 11)', async () => {
    const { store } = await open()
    await store.save(saving('w', 0))
    const newer = new Dexie('models', options)
    newer.version(4).stores(NEWER)
    await newer.open()
    expect(closed).toEqual(['newer version'])
    expect((await store.save(saving('w', 1, { body: 'late' }))).kind).toBe('closed')
    expect(((await newer.table('workbooks').get('w')) as { body: string }).body).toBe('{}')
  })

  test('that the browser has removed is noticed (case 19)', async () => {
    const first = await open()
    expect(first.removed).toBe(false)
    await first.store.save(saving('w', 0))
    options = { indexedDB: new IDBFactory(), IDBKeyRange }
    expect((await open()).removed).toBe(true)
    expect((await open()).removed).toBe(false)
  })

  test('full is told apart from broken, however deep the browser’s error lies', () => {
    const quota = Object.assign(new Error('aborted'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } })
    expect(failureOf(quota)).toEqual({ kind: 'full' })
    expect(failureOf(Object.assign(new Error(), { name: 'DatabaseClosedError' }))).toEqual({ kind: 'closed' })
    expect(failureOf(new Error('odd'))).toEqual({ kind: 'failed', why: 'odd' })
  })
})

test('overrides are kept by customer, replaced, taken away one by one, and go with their workbook', async () => {
  const { store } = await open()
  const override = (customer: string, points: number): Override => ({
    ...{ customer, kind: 'cap', points, reason: 'left', made: '2026-01-01' },
  })
  for (const [workbook, customer, points] of [
    ['w', 'C1', 10],
    ['w', 'C2', 20],
    ['w', 'C1', 30],
    ['other', 'C1', 5],
  ] as const) {
    expect(await store.putOverride(workbook, override(customer, points))).toBeUndefined()
  }
  const pointsOf = async (workbook: string): Promise<number[]> =>
    (await store.overrides(workbook)).map(({ points }) => points)
  expect(await pointsOf('w')).toEqual([30, 20])
  await store.removeOverride('w', 'C2')
  expect(await pointsOf('w')).toEqual([30])
  await store.remove('w')
  expect(await pointsOf('w')).toEqual([])
  expect(await pointsOf('other')).toEqual([5])
})

test('what people filled in is kept beside overrides by customer and column, all of a paste or nothing', async () => {
  const { store } = await open()
  const change = (customer: string, column: string, value: number): ManualChange => ({
    ...{ customer, column },
    value: { customer, column, value, day: '2026-08-14', earlier: [{ value: 1, day: '2026-01-31' }] },
  })
  await store.putOverride('w', { customer: 'C1', kind: 'cap', points: 10, reason: 'left', made: '2026-01-01' })
  expect(
    await store.writeManual('w', [change('C1', 'p', 4), change('C1', 'm', 5), change('C2', 'p', 3)]),
  ).toBeUndefined()
  await store.writeManual('other', [change('C1', 'p', 9)])
  store.close()
  const again = (await open()).store
  const valuesOf = async (workbook: string): Promise<string[]> =>
    (await again.manualValues(workbook)).map(({ customer, column, value }) => `${customer} ${column} ${value}`)
  expect((await valuesOf('w')).sort()).toEqual(['C1 m 5', 'C1 p 4', 'C2 p 3'])
  expect((await again.manualValues('w'))[0]!.earlier).toEqual([{ value: 1, day: '2026-01-31' }])
  expect(await again.overrides('w')).toHaveLength(1)
  const broken = { customer: 'C3', column: 'p', value: { value: () => 1 } } as unknown as ManualChange
  expect(await again.writeManual('w', [{ customer: 'C2', column: 'p' }, change('C4', 'p', 1), broken])).toMatchObject({
    kind: 'failed',
  })
  expect((await valuesOf('w')).sort()).toEqual(['C1 m 5', 'C1 p 4', 'C2 p 3'])
  await again.writeManual('w', [{ customer: 'C2', column: 'p' }, change('C1', 'p', 2)])
  expect((await valuesOf('w')).sort()).toEqual(['C1 m 5', 'C1 p 2'])
  await again.remove('w')
  expect([await valuesOf('w'), await valuesOf('other')]).toEqual([[], ['C1 p 9']])
})
