import { expect, test } from 'vitest'
import { Engine } from '../../workers/engine'
import { MemoryStore } from '../../workers/store/memory-store'

const rows = Array.from({ length: 40_000 }, (_, i) => `C-${i},${i % 50},${i % 4 === 0 ? 'Yes' : 'No'}`)
const file = new Blob([`customer_id,logins,churned\n${rows.join('\n')}\n`])

test('opening the workbook that a file is being read for leaves the reading alone', async () => {
  const engine = new Engine(new MemoryStore())
  const reading = engine.read({ workbook: 'a', name: 'customers.csv' }, file, () => undefined)
  await engine.open('a')
  expect(await reading).toMatchObject({ ok: true, value: { rows: 40_000 } })
  expect(await engine.commit('history')).toMatchObject({ ok: true })
})

test('opening another workbook gives the reading up', async () => {
  const engine = new Engine(new MemoryStore())
  const reading = engine.read({ workbook: 'a', name: 'customers.csv' }, file, () => undefined)
  await engine.open('b')
  expect(await reading).toMatchObject({ ok: false, failure: [{ kind: 'cancelled' }] })
})
