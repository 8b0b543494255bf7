import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { columnNamed, textAt, type Table } from '../../src/core/column/column'
import { Engine } from '../../workers/engine'
import { DataDatabase } from '../../workers/store/data-database'
import { IndexedDbStore } from '../../workers/store/indexed-db-store'
import { metric, modelOf } from '../support/model'

const options = { indexedDB: new IDBFactory(), IDBKeyRange }
const model = modelOf([metric('logins')], { roles: { id: 'id', revenue: 'mrr' }, asOf: '2026-04-01' })

async function used(engine: Engine, text: string): Promise<void> {
  await engine.read({ workbook: 'w', name: 'crm.csv' }, new Blob([text]), () => undefined)
  expect((await engine.commit('history', { model })).ok).toBe(true)
}

/** The rows of a kept snapshot, as texts. */
async function rowsOf(id: string): Promise<string[][]> {
  const database = await new DataDatabase('data', 'strict', options).ready()
  await database.manifests.update(id, { part: 'current', workbook: 'looked at' })
  database.close()
  const opened = await new IndexedDbStore('data', options).open('looked at', 'current')
  if (!opened.ok || !opened.value) throw new Error('not there')
  const { table }: { table: Table } = opened.value
  return Array.from({ length: table.rows }, (_, row) =>
    ['id', 'score', 'tier', 'revenue', 'as of, days since 1970'].map((name) => textAt(columnNamed(table, name)!, row)),
  )
}

test('of a data set that is replaced, each customer’s ID, score, tier, revenue and day stay', async () => {
  const store = new IndexedDbStore('data', options)
  const engine = new Engine(store)
  await used(engine, 'id,logins,mrr\n007,3,10.5\n9223372036854775807,8,\nC,,4\n')
  expect(await engine.snapshots('w')).toEqual([])
  await used(engine, 'id,logins,mrr\n007,5,10.5\n')
  await used(engine, 'id,logins,mrr\n007,9,10.5\n')
  const kept = await engine.snapshots('w')
  expect(kept.map(({ rows, file, asOf }) => [rows, file, asOf])).toEqual([
    [1, 'crm.csv', '2026-04-01'],
    [3, 'crm.csv', '2026-04-01'],
  ])
  expect((await engine.open('w')).snapshots).toEqual(kept)

  await engine.forgetSnapshot(kept[0]!.id)
  expect(await engine.snapshots('w')).toEqual([kept[1]])
  expect(await rowsOf(kept[1]!.id)).toEqual([
    ['007', '30', 'At risk', '10.5', '20544'],
    ['9223372036854775807', '80', 'Healthy', '', '20544'],
    ['C', '', '', '4', '20544'],
  ])
  expect(await store.collect()).toEqual([])
})

test('a workbook that is removed takes its snapshots with it', async () => {
  const store = new IndexedDbStore('data', options)
  const engine = new Engine(store)
  await used(engine, 'id,logins,mrr\nA,3,1\n')
  await used(engine, 'id,logins,mrr\nA,4,1\n')
  expect((await engine.snapshots('w')).length).toBeGreaterThan(0)
  await engine.remove('w')
  expect(await engine.snapshots('w')).toEqual([])
})
