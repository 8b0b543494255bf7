import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { startEngine, type EngineClient } from '../../workers/client'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import { IndexedDbStore } from '../../workers/store/indexed-db-store'
import { importInto, openedIn } from '../support/data-set'
import { readCsv } from '../support/csv'
import { differing, everyTypeCsv, everyTypeRow } from '../support/every-type'

let client: EngineClient | undefined
afterEach(() => Dexie.delete('round-trip'))

test('every type of column comes back equal from the browser’s own database', async () => {
  const text = everyTypeCsv()
  const { table } = await readCsv(text)
  await importInto(new IndexedDbStore('round-trip'), 'w', text)
  const opened = await openedIn(new IndexedDbStore('round-trip'), 'w')
  expect(differing(opened!.table, table)).toEqual([])
})

test('every type of column comes over from the engine’s thread after a restart as it was written', async () => {
  client = startEngine(Promise.resolve(), () => undefined)
  const workbook = crypto.randomUUID()
  const read = await client.calls.read({ workbook, name: 'every.csv' }, new Blob([everyTypeCsv()]), () => undefined)
  if (!read.ok) throw new Error('refused')
  await client.calls.commit('history')
  client.restart()
  const { history } = await client.calls.open(workbook)
  expect(history?.report.columns).toEqual(read.value.columns)
  const columns = read.value.columns.map(({ name }) => name)
  const query = { search: '', conditions: [] }
  const from = 65_500
  const block = await client.calls.rows({ model: EMPTY_MODEL, part: 'history', query, hold: false, from, to: from + 100, columns }) // prettier-ignore
  for (const { row, cells } of block.rows) {
    const written = everyTypeRow(row)
    for (const [i, { type }] of read.value.columns.entries()) {
      if (type === 'number') expect(cells[i]).toBe(written[i] === '' ? undefined : Number(written[i]) + 0)
      else expect(cells[i] ?? '').toBe(written[i])
    }
  }
  await client.calls.remove(workbook)
})
