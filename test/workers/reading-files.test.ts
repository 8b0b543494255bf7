import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { columnNamed, valueAt } from '../../src/core/column/column'
import { describe as inWords } from '../../src/core/problem'
import { Engine } from '../../workers/engine'
import { IndexedDbStore } from '../../workers/store/indexed-db-store'
import { openedIn } from '../support/data-set'

const CUSTOMERS = 'customer_id,plan\nA,Pro\nB,Free\nC,Pro\n'
const LOGINS = 'customer_id,minutes\nA,5\nA,7\nB,1\nZ,9\n'

async function reading(files: Readonly<Record<string, string>>) {
  const store = new IndexedDbStore('data', { indexedDB: new IDBFactory(), IDBKeyRange })
  const engine = new Engine(store)
  for (const [i, [name, text]] of Object.entries(files).entries()) {
    const read = await engine.read({ workbook: 'w', name, beside: i > 0 }, new Blob([text]), () => undefined)
    expect(read.ok).toBe(true)
  }
  return { store, engine }
}

describe('files read beside each other', () => {
  test('are joined, used as one data set, and opened again as that', async () => {
    const { store, engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const joined = await engine.join()
    if (!joined.ok) throw new Error('refused')
    expect(joined.value.report).toMatchObject({ file: 'customers.csv', rows: 3 })
    expect(joined.value.files).toMatchObject([
      { name: 'customers.csv', rows: 3 },
      { name: 'logins.csv', rows: 4, matched: 3, orphans: 1, customers: 2 },
    ])
    expect(joined.value.report.preview[0]?.cells).toEqual(['A', 'Pro', '2', '6'])

    const { recipe } = joined.value
    const [main, logins] = recipe.files
    const sum = { name: 'Minutes', how: 'sum', column: 'minutes' } as const
    const again = await engine.join({
      recipe: { files: [main!, { ...logins!, join: { ...logins!.join!, columns: [sum] } }] },
    })
    expect(again.ok && again.value.report.columns.map(({ name }) => name)).toEqual(['customer_id', 'plan', 'Minutes'])

    const used = await engine.commit('history')
    expect(used.ok).toBe(true)
    const opened = await openedIn(store, 'w')
    const minutes = columnNamed(opened!.table, 'Minutes')!
    expect([0, 1, 2].map((row) => valueAt(minutes, row))).toEqual([12, 1, NaN])
    // Nothing is left of the files that it was joined of.
    expect(await store.collect()).toEqual([])
  })

  test('are joined as earlier ones were, known by their columns; what came and went is told', async () => {
    const { engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const first = await engine.join()
    if (!first.ok) throw new Error('refused')
    const remembered = first.value.recipe
    const next = await reading({
      'July logins.csv': LOGINS.replace('minutes', 'seconds'),
      'July customers.csv': CUSTOMERS.replaceAll('plan', 'plan,city').replaceAll(/,(Pro|Free)/g, ',$1,x'),
    })
    const joined = await next.engine.join({ remembered })
    // Half of the columns of the logins are others, so they are not taken for the same export.
    expect(joined.ok && joined.value.report.problems).toEqual([expect.objectContaining({ kind: 'orphans' })])
    const again = await reading({
      'July logins.csv': LOGINS,
      'July customers.csv': CUSTOMERS.replaceAll('plan', 'plan,city').replaceAll(/,(Pro|Free)/g, ',$1,x'),
    })
    const alike = await again.engine.join({ remembered })
    if (!alike.ok) throw new Error('refused')
    expect(alike.value.recipe.files.map(({ name, join }) => [name, join?.file])).toEqual([
      ['July customers.csv', undefined],
      ['July logins.csv', 'July customers.csv'],
    ])
    expect(alike.value.report.problems.map(inWords)).toEqual([
      '1 row of July logins.csv has a “customer_id” that no customer has, such as “Z”, and is left out.',
      'July customers.csv now has “city”.',
    ])
  })

  test('without a key in common leave only the first', async () => {
    const { engine } = await reading({ 'customers.csv': CUSTOMERS, 'colours.csv': 'colour,shade\nred,1\nblue,2\n' })
    const joined = await engine.join()
    expect(joined.ok && joined.value.files).toEqual([])
    const used = await engine.commit('history')
    expect(used.ok && used.value.report.file).toBe('customers.csv')
  })

  test('read again take the place of what they were', async () => {
    const { engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const more = `${LOGINS}C,3\n`
    await engine.read({ workbook: 'w', name: 'logins.csv', beside: true }, new Blob([more]), () => undefined)
    const joined = await engine.join()
    expect(joined.ok && joined.value.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['customers.csv', 3],
      ['logins.csv', 5],
    ])
  })

  test('that a recipe does not fit are refused in words', async () => {
    const { engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const refused = await engine.join({ recipe: { files: [{ name: 'gone.csv', columns: [] }] } })
    expect(refused).toMatchObject({
      ok: false,
      failure: [
        { kind: 'recipe', what: 'The recipe needs the file gone.csv, which is not among those that were chosen.' },
      ],
    })
  })
})
