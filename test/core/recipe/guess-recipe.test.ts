import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guessRecipe } from '../../../src/core/recipe/guess-recipe'
import { readRecipe, writeRecipe } from '../../../src/core/recipe/recipe-file'
import { joinTables, type ReadFile } from '../../../workers/read/join-tables'
import { describe as inWords } from '../../../src/core/problem'
import { readCsv } from '../../support/csv'
import { hasShared, LEFT_OUT, sharedPath } from '../../support/shared'

const guess = (files: readonly ReadFile[]) =>
  guessRecipe(files.map(({ table, report }) => ({ name: report.file, table, columns: report.columns })))

const FILES = await Promise.all([
  readCsv('ticket_id,customer_id,opened,hours\nt1,1,2026-01-02,3\nt2,1,2026-02-01,5\nt3,9,2026-02-01,1\nt4,2,2026-01-20,8\n', 'crm_tickets.csv'), // prettier-ignore
  readCsv('customer_id,company\n1,Ann\n2,Bob\n3,Cid\n', 'crm_customers.csv'),
  readCsv('customer_id,status,left_on\n1,Active,\n2,Churned,2026-03-01\n3,Active,\n', 'crm_status.csv'),
  readCsv('colour,shade\nred,1\nblue,2\n', 'colours.csv'),
])

describe('a guess of how files are joined', () => {
  test('takes for the main file the one that the others find their rows in, and sums up what comes many to one', () => {
    const recipe = guess(FILES)
    expect(recipe.files.map(({ name, join }) => [name, join?.key, join?.file])).toEqual([
      ['crm_customers.csv', undefined, undefined],
      ['crm_tickets.csv', 'customer_id', 'crm_customers.csv'],
      ['crm_status.csv', 'customer_id', 'crm_customers.csv'],
    ])
    expect(recipe.files[1]?.join?.date).toBe('opened')
    expect(recipe.files[2]?.join?.columns).toEqual([
      { name: 'status', how: 'last', column: 'status' },
      { name: 'left_on', how: 'last', column: 'left_on' },
    ])
  })

  test('joins one row per customer, and tells of rows without a customer and files without a key', () => {
    const joined = joinTables(FILES, guess(FILES))
    if (!joined.ok) throw new Error('refused')
    expect(joined.value.report.rows).toBe(3)
    expect(joined.value.report.problems.map(inWords)).toEqual([
      '1 row of crm_tickets.csv has a “customer_id” that no customer has, such as “9”, and is left out.',
      'colours.csv has no key that another of the files has, so it is left out. Say which columns belong together.',
    ])
  })

  test('is a file that can be read again, or is refused with the place', () => {
    const recipe = guess(FILES)
    expect(readRecipe('r.json', writeRecipe(recipe))).toEqual({ ok: true, value: recipe })
    const bent = writeRecipe(recipe).replace('"how": "count"', '"how": "guess"')
    const read = readRecipe('r.json', bent)
    expect(read.ok ? '' : read.failure.map(inWords).join()).toMatch(
      /^r\.json: files, 2, join, columns, 1, how: one of /,
    )
  })
})

describe('the real files', () => {
  const read = (names: readonly string[]): Promise<ReadFile[]> =>
    Promise.all(names.map((name) => readCsv(readFileSync(sharedPath(`data/${name}`)), name.split('/').at(-1))))

  test.skipIf(!hasShared)(`of ravenstack come to 500 customers, usage by way of subscriptions${LEFT_OUT}`, async () => {
    const parts = ['accounts', 'subscriptions', 'feature_usage', 'support_tickets', 'churn_events']
    const files = await read(parts.map((part) => `ravenstack/ravenstack_${part}.csv`))
    const recipe = guess(files)
    expect(recipe.files[0]?.name).toBe('ravenstack_accounts.csv')
    expect(recipe.files.find(({ name }) => name.includes('usage'))?.join?.file).toBe('ravenstack_subscriptions.csv')
    const joined = joinTables(files, recipe)
    if (!joined.ok) throw new Error('refused')
    const { report } = joined.value
    const sumOf = (name: string): number | undefined => report.columns.find((column) => column.name === name)?.sum
    expect(report.rows).toBe(500)
    expect(sumOf('subscriptions count')).toBe(5000)
    expect(sumOf('feature usage count')).toBe(25_000)
    expect(sumOf('support tickets count')).toBe(2000)
    expect(sumOf('churn events count')).toBe(600)
    // The workbook of the same data has this total in a pivot table.
    expect(sumOf('subscriptions mrr_amount sum')).toBe(11_338_747)
  })

  test.skipIf(!hasShared)(
    `of b2b_small come to 250 customers, tickets counted back from the last known day${LEFT_OUT}`,
    async () => {
      const parts = ['dim_customers', 'fact_subscriptions', 'fact_usage_logs', 'fact_support_tickets', 'fact_support_tickets_scored'] // prettier-ignore
      const files = await read(parts.map((part) => `b2b_small/${part}.csv`))
      // The same days in two spellings.
      const days = files.slice(3).map(({ report }) => report.columns.find(({ name }) => name === 'created_at'))
      expect(days[1]).toMatchObject({ type: 'date', min: days[0]?.min, max: days[0]?.max, missing: 0 })
      const joined = joinTables(files, guess(files))
      if (!joined.ok) throw new Error('refused')
      const { report } = joined.value
      expect(report.rows).toBe(250)
      expect(report.columns.find(({ name }) => name === 'status')?.values).toEqual([
        { text: 'Active', rows: 200 },
        { text: 'Churned', rows: 50 },
      ])
      const recent = report.columns.find(({ name }) => name.startsWith('support tickets last 30'))
      expect(report.columns.find(({ name }) => name.endsWith('last 30 days'))?.sum ?? recent?.sum).toBeGreaterThan(0)
    },
  )
})
