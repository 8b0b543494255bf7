import { describe, expect, test } from 'vitest'
import { dayOf } from '../../src/core/column/date-text'
import type { HealthModel } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
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

describe('what people filled in by hand', () => {
  const pulse = { id: 'p', name: 'Pulse', kind: 'number', least: 0, most: 10 } as const
  const model: HealthModel = {
    ...EMPTY_MODEL,
    manual: [pulse],
    roles: { id: 'customer_id', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
    asOf: '2026-06-30',
  }
  const value = (customer: string, day: string) => ({
    ...{ customer, column: 'p' },
    value: { customer, column: 'p', value: 4, day },
  })
  const today = dayOf('2026-09-01')

  async function opened(): Promise<Engine> {
    const engine = new Engine(new MemoryStore())
    for (const [part, text] of [
      ['history', 'customer_id,logins,churned\nA,1,Yes\nB,2,No\n'],
      ['current', 'customer_id,logins,churned\nB,1,No\nC,2,No\n'],
    ] as const) {
      await engine.read({ workbook: 'a', name: `${part}.csv` }, new Blob([text]), () => undefined)
      await engine.commit(part)
    }
    return engine
  }

  test('counts for today’s customers, and in the history only as far as it was known then', async () => {
    const engine = await opened()
    const changes = [value('A', '2026-06-01'), value('B', '2026-08-14')]
    const report = await engine.manual({ model, today, anew: true, changes })
    expect(report.history![0]).toMatchObject({ rows: { counts: 1, later: 1 }, orphans: [] })
    expect(report.current![0]).toMatchObject({ rows: { counts: 1, later: 0 }, orphans: ['A'] })
    const less = await engine.manual({ model, today, anew: false, changes: [{ customer: 'A', column: 'p' }] })
    expect(less.history![0]!.rows.counts).toBe(0)
  })

  test('is forgotten with its workbook', async () => {
    const engine = await opened()
    await engine.manual({ model, today, anew: true, changes: [value('B', '2026-08-14')] })
    await engine.open('a')
    const report = await engine.manual({ model, today, anew: false, changes: [] })
    expect(report.current?.[0]?.rows.counts ?? 0).toBe(0)
  })

  test('makes a metric that does not wait for values', async () => {
    const engine = await opened()
    await engine.manual({ model, today, anew: true, changes: [] })
    expect(await engine.draftMetric(model, 'Pulse')).toMatchObject({
      ...{ on: true, column: 'Pulse' },
      scale: { kind: 'curve', knots: [{ x: 0, points: 0 }, { x: 10, points: 100 }] }, // prettier-ignore
    })
  })

  test('is pasted by place in the list and by ID', async () => {
    const engine = await opened()
    const query = { search: '', conditions: [], sort: { column: { kind: 'id' }, descending: true } } as const
    expect(await engine.rowIds({ model, part: 'current', query, hold: false }, 0, 9)).toEqual(['C', 'B'])
    expect(await engine.unknownIds(model, ['A', 'C', 'x'])).toEqual(['x'])
    expect(await engine.unknownIds({ ...model, roles: {} }, ['A'])).toEqual(['A'])
  })
})
