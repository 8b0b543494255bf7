import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { columnNamed, valueAt } from '../../src/core/column/column'
import { describe as inWords } from '../../src/core/problem'
import type { Recipe } from '../../src/core/recipe/recipe'
import { Engine } from '../../workers/engine'
import { IndexedDbStore } from '../../workers/store/indexed-db-store'
import { openedIn } from '../support/data-set'

const CUSTOMERS = 'customer_id,plan\nA,Pro\nB,Free\nC,Pro\n'
const LOGINS = 'customer_id,minutes\nA,5\nA,7\nB,1\nZ,9\n'

const KEY = { key: 'customer_id', file: 'customers.csv', with: 'customer_id', ignoreCase: false, ignoreZeros: false }
const RECIPE: Recipe = {
  files: [
    { name: 'customers.csv', columns: [] },
    { name: 'logins.csv', columns: [], join: { ...KEY, columns: [{ name: 'logins', how: 'count' }, { name: 'minutes', how: 'sum', column: 'minutes' }] } }, // prettier-ignore
  ],
}

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

  test('are used as they were last joined, also where that is asked for before it is done', async () => {
    const { store, engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const [main, logins] = RECIPE.files
    const columns = ['first', 'second', 'third'].map((name) => ({ name, how: 'count' }) as const)
    const joins = columns.map(
      (_, i) =>
      engine.join({ recipe: { files: [main!, { ...logins!, join: { ...logins!.join!, columns: columns.slice(0, i + 1) } }] } }), // prettier-ignore
    )
    const used = await engine.commit('history')
    expect(used.ok).toBe(true)
    await Promise.all(joins)
    const { columns: stored } = (await openedIn(store, 'w'))!.table
    expect(stored.map(({ name }) => name)).toEqual(['customer_id', 'plan', 'first', 'second', 'third'])
    expect(await store.collect()).toEqual([])
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

  test('are cleaned as chosen, remembered in the recipe, stored, and given back when nothing is chosen', async () => {
    const { store, engine } = await reading({ 'customers.csv': `${CUSTOMERS}A,Paid\n`, 'logins.csv': LOGINS })
    await engine.join({ recipe: RECIPE })
    const roles = { id: 'customer_id' }
    const cleaning = { repeated: 'last', columns: [{ column: 'plan', same: [{ from: 'Pro', to: 'Paid' }] }] } as const
    const cleaned = await engine.clean({ cleaning, roles, asOf: undefined })
    if (!cleaned.ok) throw new Error('refused')
    expect(cleaned.value.recipe.cleaning).toEqual(cleaning)
    expect(cleaned.value.report.preview.map(({ line, cells }) => [line, ...cells])).toEqual([
      [5, 'A', 'Paid', '2', '12'],
      [3, 'B', 'Free', '1', '1'],
      [4, 'C', 'Paid', '0', ''],
    ])
    expect(cleaned.value.report.problems.map(inWords)).toContain(
      '1 row of repeated customers was left out: the last row of each stays.',
    )
    // What is wrong is told of the data as it was read, so that a choice can be taken back.
    const quality = await engine.quality('read', { roles, seed: 1 })
    expect(quality?.findings[0]).toEqual({
      kind: 'repeated customers',
      column: 'customer_id',
      count: 1,
      groups: [[0, 3]],
    })
    expect(quality?.lines.get(3)).toBe(5)
    const back = await engine.clean({ cleaning: { columns: [] }, roles, asOf: undefined })
    expect(back.ok && back.value.report.rows).toBe(4)

    await engine.clean({ cleaning, roles, asOf: undefined })
    await engine.commit('history', { asOf: '2026-03-01' })
    const opened = await openedIn(store, 'w')
    expect(opened).toMatchObject({ table: { rows: 3 }, report: { asOf: '2026-03-01' } })
    expect(await store.collect()).toEqual([])
  })

  test('keep the types that a person chose, of each file and of new columns, when they are joined in another way', async () => {
    const { engine } = await reading({ 'customers.csv': CUSTOMERS, 'logins.csv': LOGINS })
    const joined = await engine.join()
    if (!joined.ok) throw new Error('refused')
    await engine.retypeRead('minutes', 'category', 'logins.csv')
    await engine.retypeRead('logins count', 'category')
    const { recipe } = joined.value
    const again = await engine.join({ recipe })
    if (!again.ok) throw new Error('refused')
    expect(again.value.files[1]?.columns).toEqual([
      { name: 'customer_id', type: 'category' },
      { name: 'minutes', type: 'category' },
    ])
    expect(again.value.report.columns.map(({ name, type }) => [name, type])).toContainEqual([
      'logins count',
      'category',
    ])
  })

  test('have all that is wrong with them in one file: reading, findings, orphans', async () => {
    const { engine } = await reading({ 'customers.csv': `${CUSTOMERS}A,=1+1\nD,\n`, 'logins.csv': `${LOGINS},3\n` })
    await engine.join({ recipe: RECIPE })
    const file = await engine.problems('read', { roles: { id: 'customer_id' }, seed: 1 })
    expect((await file.text()).split('\r\n')).toEqual([
      'file,line,column,value,problem',
      'logins.csv,,customer_id,Z,"1 row of logins.csv has a “customer_id” that no customer has, such as “Z”, and is left out."',
      'logins.csv,,customer_id,,1 row of logins.csv has no “customer_id” and is left out.',
      'customers.csv,2,customer_id,A,repeated customer',
      'customers.csv,5,customer_id,A,repeated customer',
      'customers.csv,6,plan,,blank',
      'customers.csv,4,minutes,,blank',
      'customers.csv,6,minutes,,blank',
      'logins.csv,5,customer_id,Z,no customer has this key',
      'logins.csv,6,customer_id,,no key',
      '',
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
