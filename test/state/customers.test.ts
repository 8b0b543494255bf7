import { beforeEach, describe, expect, test } from 'vitest'
import { Customers } from '../../src/state/customers.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { Engine } from '../../workers/engine'
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
