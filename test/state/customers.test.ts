import { beforeEach, describe, expect, test } from 'vitest'
import { BLOCK, Customers } from '../../src/state/customers.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import { Engine } from '../../workers/engine'
import { readCsv } from '../support/csv'
import type { BlockRequest, RowsBlock } from '../../workers/rows/rows-api'
import { MemoryStore } from '../../workers/store/memory-store'

const mrr = { kind: 'source', name: 'MRR' } as const
const kept = new Map<string, string>()
const shelf = {
  get: (key: string) => kept.get(key) ?? null,
  set(key: string, value: string): void {
    if (value === '') kept.delete(key)
    else kept.set(key, value)
  },
}

function newList(): Customers {
  const page = { view: { shelf }, toasts: { show: () => undefined }, workbook: undefined }
  return new Customers(new Engine(new MemoryStore()), new MemoryModels(), page)
}

let customers: Customers
beforeEach(async () => {
  kept.clear()
  customers = newList()
  await customers.open('w')
})

describe('the list of customers', () => {
  test('is sorted by a column, the other way, and no more', () => {
    const sorts = Array.from({ length: 3 }, () => {
      customers.sort(mrr, true)
      return customers.query.sort?.descending
    })
    expect(sorts).toEqual([true, false, undefined])
  })

  test('has one condition per column, the last one', () => {
    customers.filter({ kind: 'between', column: mrr, from: 10 })
    customers.filter({ kind: 'missing', column: { kind: 'score' } })
    customers.filter({ kind: 'missing', column: mrr })
    expect(customers.query.conditions.map(({ kind }) => kind)).toEqual(['missing', 'missing'])
    customers.unfilter(customers.query.conditions[0]!)
    expect(customers.query.conditions).toEqual([{ kind: 'missing', column: mrr }])
  })

  test('keeps its columns and views for its workbook, until the workbook is removed', async () => {
    customers.ask({ search: 'acme', conditions: [] })
    customers.saveView('Acme')
    customers.arrange([{ column: mrr, width: 120 }])
    const again = newList()
    await again.open('other')
    expect([again.views, again.columns]).toEqual([[], undefined])
    await again.open('w')
    expect(again.views).toEqual([{ name: 'Acme', query: { search: 'acme', conditions: [] } }])
    expect(again.columns).toEqual([{ column: mrr, width: 120 }])
    again.forget('w')
    expect(kept.size).toBe(0)
  })

  test('starts anew where what was kept cannot be read', async () => {
    kept.set('healthsheet:customers:w', '{"columns":')
    await customers.open('w')
    expect(customers.columns).toBeUndefined()
  })
})

/** An engine that notes which rows it is asked for; the list has as many customers as there were questions. */
class Listening extends Engine {
  readonly asked: BlockRequest[] = []

  override rows = (request: BlockRequest): Promise<RowsBlock> => {
    const customers = this.asked.push(request)
    const nothing = { all: 0, average: undefined, revenue: undefined, tiers: [], anyTier: [], byHand: 0 }
    return Promise.resolve({ rows: [], summary: { ...nothing, customers } })
  }

  override override = () => Promise.resolve([])
}

describe('the first rows of a list are asked for before the sheet is drawn', () => {
  let engine: Listening
  beforeEach(async () => {
    const page = {
      view: { shelf },
      toasts: { show: () => undefined },
      workbook: { model: { ...EMPTY_MODEL, roles: { name: 'Company' } } },
    }
    engine = new Listening(new MemoryStore())
    customers = new Customers(engine, new MemoryModels(), page)
    await customers.open('w')
    customers.setPart('history')
    customers.shows(['MRR'])
    await customers.applyOverrides()
  })
  const first = (columns: readonly string[]) => customers.block(0, BLOCK, columns)

  test('once, and the sheet gets that answer once', async () => {
    expect((await first(['MRR']))!.summary.customers).toBe(1)
    expect(customers.summary?.customers).toBe(1)
    expect((await first(['MRR']))!.summary.customers).toBe(2)
    expect(engine.asked.map(({ from, to, columns }) => [from, to, columns])).toEqual([[0, BLOCK, ['MRR']], [0, BLOCK, ['MRR']]]) // prettier-ignore
  })

  test('when its data set has been opened, but not of so many that it would take memory', async () => {
    const { report } = await readCsv('id,MRR\na,1\n')
    const set = { id: '1', part: 'current', report } as const
    const { length } = engine.asked
    await customers.prepare(set)
    const prepared = engine.asked.slice(length)
    expect(prepared.map(({ part, query, from }) => [part, query.sort?.column, from])).toEqual([['current', { kind: 'source', name: 'Company' }, 0], ['current', undefined, 0]]) // prettier-ignore
    await customers.prepare({ ...set, report: { ...report, rows: 2_000_001 } })
    expect(engine.asked).toHaveLength(length + 2)
  })

  test('of another order as soon as it is asked for', async () => {
    await first(['MRR'])
    customers.sort(mrr, true)
    expect(engine.asked.at(-1)?.query.sort).toEqual({ column: mrr, descending: true })
    expect((await first(['MRR']))!.summary.customers).toBe(2)
    expect(engine.asked).toHaveLength(2)
  })

  test('anew where the sheet shows other columns, other rows, or something was filled in since', async () => {
    expect((await first(['MRR', 'NPS']))!.summary.customers).toBe(2)
    customers.sort(mrr, true)
    expect((await customers.block(100, 200, ['MRR', 'NPS']))!.summary.customers).toBe(4)
    customers.sort(mrr, true)
    customers.filledIn()
    customers.settle()
    expect((await first(['MRR', 'NPS']))!.summary.customers).toBe(6)
    customers.sort(mrr, true)
    customers.askAgain()
    expect((await first(['MRR', 'NPS']))!.summary.customers).toBe(8)
  })
})
