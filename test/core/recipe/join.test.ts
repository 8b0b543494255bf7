import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnNamed, textAt, valueAt, type ColumnType } from '../../../src/core/column/column'
import { dayOf, isoDay } from '../../../src/core/column/date-text'
import { joinFiles, RecipeMisfit, type NamedTable } from '../../../src/core/recipe/join'
import type { Join, NewColumn, Recipe } from '../../../src/core/recipe/recipe'
import { readCsv } from '../../support/csv'

async function tableOf(name: string, csv: string, types: Record<string, ColumnType> = {}): Promise<NamedTable> {
  return { name, table: (await readCsv(csv, name, { types: new Map(Object.entries(types)) })).table }
}

const KEY = { key: 'id', file: 'main', with: 'id', ignoreCase: false, ignoreZeros: false }
const recipeOf = (columns: readonly NewColumn[], join: Partial<Join> = {}): Recipe => ({
  files: [
    { name: 'main', columns: [] },
    { name: 'events', columns: [], join: { ...KEY, date: 'day', columns, ...join } },
  ],
})
const TYPES = { id: 'text', day: 'date', amount: 'number', plan: 'category' } as const

const main = await tableOf('main', 'id,seats\nA,1\nB,2\nC,3\nD,4\n', { id: 'text' })
const events = await tableOf(
  'events',
  `id,day,amount,plan
A,2026-06-29,10,Pro
A,2026-05-01,4,Free
A,2026-07-02,1000,Future
A,2026-06-01,6,
B,2026-06-30,,Pro
B,,7,Free
C,2026-07-01,5,Pro
Z,2026-06-01,1,Pro
,2026-06-01,1,Pro
`,
  TYPES,
)

/** The cells of a new column, missing as '–'. */
function cells(how: NewColumn['how'], change: Partial<NewColumn> = {}, join: Partial<Join> = {}): (string | number)[] {
  const recipe = recipeOf([{ name: 'new', how, ...change }], join)
  const { table } = joinFiles([main, events], recipe, { asOf: '2026-06-30' })
  const column = columnNamed(table, 'new')!
  return Array.from({ length: table.rows }, (_, row) => {
    if (column.type === 'category' || column.type === 'text') return textAt(column, row) || '–'
    const value = valueAt(column, row)
    return Number.isNaN(value) ? '–' : column.type === 'date' ? isoDay(value) : value
  })
}

const amount = { column: 'amount' }

describe('many rows are summed up per customer, none from after the as-of day', () => {
  test.each<[NewColumn['how'], Partial<NewColumn>, (string | number)[]]>([
    ['count', {}, [3, 2, 0, 0]],
    ['count', { where: 'amount > 5' }, [2, 1, 0, 0]],
    ['count', { window: { from: 0, to: 30 } }, [2, 1, 0, 0]],
    ['count', { window: { from: 30, to: 60 } }, [0, 0, 0, 0]],
    ['count', { window: { from: 60, to: 90 } }, [1, 0, 0, 0]],
    ['sum', amount, [20, 7, 0, '–']],
    ['sum', { ...amount, window: { from: 0, to: 30 } }, [16, 0, 0, '–']],
    ['mean', amount, [20 / 3, 7, '–', '–']],
    ['median', amount, [6, 7, '–', '–']],
    ['min', amount, [4, 7, '–', '–']],
    ['max', amount, [10, 7, '–', '–']],
    ['first', amount, [4, 7, '–', '–']],
    ['last', amount, [10, 7, '–', '–']],
    ['last', { column: 'plan' }, ['Pro', 'Pro', '–', '–']],
    ['first', { column: 'plan' }, ['Free', 'Free', '–', '–']],
    ['max', { column: 'day' }, ['2026-06-29', '2026-06-30', '–', '–']],
    ['distinct', { column: 'plan' }, [2, 2, 0, 0]],
    ['days since last', {}, [1, 0, '–', '–']],
    ['last against before', amount, [4, '–', '–', '–']],
  ])('%s %j', (how, change, expected) => expect(cells(how, change)).toEqual(expected))

  test('the slope per month is that of the least-squares line', () => {
    const [slope] = cells('slope per month', amount)
    const days = [dayOf('2026-05-01'), dayOf('2026-06-01'), dayOf('2026-06-29')]
    const mean = days.reduce((a, b) => a + b) / 3
    const top = days.reduce((sum, day, i) => sum + (day - mean) * ([4, 6, 10][i]! - 20 / 3), 0)
    const bottom = days.reduce((sum, day) => sum + (day - mean) ** 2, 0)
    expect(slope).toBeCloseTo((top / bottom) * 30.4375, 12)
  })

  test('without a date every row counts, in the order of the file', () => {
    const recipe = recipeOf([{ name: 'new', how: 'last', column: 'amount' }])
    const { date: _, ...join } = recipe.files[1]!.join!
    const { table } = joinFiles([main, events], { files: [recipe.files[0]!, { ...recipe.files[1]!, join }] })
    expect([0, 1, 2].map((row) => valueAt(columnNamed(table, 'new')!, row))).toEqual([6, 7, 5])
  })

  test('each row of a customer-month takes what happened up to its own day', async () => {
    const months = await tableOf('main', 'id,month\nA,2026-05-31\nA,2026-06-30\nB,2026-06-01\n', { id: 'text', month: 'date' }) // prettier-ignore
    const recipe = recipeOf([{ name: 'new', how: 'sum', column: 'amount' }])
    const { table } = joinFiles([months, events], recipe, { snapshot: 'month' })
    expect([0, 1, 2].map((row) => valueAt(columnNamed(table, 'new')!, row))).toEqual([4, 20, 7])
  })

  test('sums, counts and means are what a plain loop gives', async () => {
    const event = fc.record({
      id: fc.constantFrom('A', 'B', 'C', 'X', ''),
      ago: fc.integer({ min: -20, max: 90 }),
      amount: fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        async (all, from, length) => {
          const today = dayOf('2026-06-30')
          const csv = `id,day,amount\n${all.map(({ id, ago, amount: n }) => `${id},${isoDay(today - ago)},${n ?? ''}`).join('\n')}\n`
          const file = await tableOf('events', csv, { id: 'text', day: 'date', amount: 'number' })
          const window = { from, to: from + length }
          const recipe = recipeOf([
            { name: 'count', how: 'count', window },
            { name: 'sum', how: 'sum', column: 'amount', window },
            { name: 'mean', how: 'mean', column: 'amount', window },
          ])
          const { table, files } = joinFiles([main, file], recipe, { asOf: '2026-06-30' })
          for (const [row, id] of ['A', 'B', 'C', 'D'].entries()) {
            const own = all.filter((each) => each.id === id)
            const inside = own.filter(({ ago }) => ago >= from && ago < from + length)
            const values = inside.flatMap(({ amount: n }) => (n === undefined ? [] : [n]))
            const sum = values.reduce((a, b) => a + b, 0)
            expect(valueAt(columnNamed(table, 'count')!, row)).toBe(inside.length)
            expect(valueAt(columnNamed(table, 'sum')!, row)).toBe(own.length === 0 ? NaN : sum)
            expect(valueAt(columnNamed(table, 'mean')!, row)).toBe(values.length === 0 ? NaN : sum / values.length)
          }
          expect(files[0]!.matches).toMatchObject({
            matched: all.filter(({ id }) => 'ABC'.includes(id) && id !== '').length,
            orphans: all.filter(({ id }) => id === 'X').length,
            blank: all.filter(({ id }) => id === '').length,
          })
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('a file finds its customers by way of another one', async () => {
  const subscriptions = await tableOf('subscriptions', 'sub,id\ns1,A\ns2,A\ns3,B\ns4,Z\n', { sub: 'text', id: 'text' })
  const usage = await tableOf('usage', 'sub,n\ns1,1\ns2,2\ns3,4\ns4,8\ns9,16\n', { sub: 'text', n: 'number' })
  const sum: NewColumn = { name: 'used', how: 'sum', column: 'n' }
  const recipe: Recipe = {
    files: [
      { name: 'main', columns: [] },
      { name: 'usage', columns: [], join: { ...KEY, key: 'sub', file: 'subscriptions', with: 'sub', columns: [sum] } },
      { name: 'subscriptions', columns: [], join: { ...KEY, columns: [{ name: 'seats', how: 'count' }] } },
    ],
  }
  const { table, files } = joinFiles([main, subscriptions, usage], recipe)
  expect([0, 1, 2].map((row) => valueAt(columnNamed(table, 'used')!, row))).toEqual([3, 4, NaN])
  // A name that the main file has already gets a number.
  expect(table.columns.map(({ name }) => name)).toEqual(['id', 'seats', 'seats (2)', 'used'])
  expect(files.map(({ name, matches, customers }) => [name, matches.matched, customers])).toEqual([
    ['subscriptions', 3, 2],
    ['usage', 3, 2],
  ])
})

describe('a recipe that does not fit says what it lacks', () => {
  test.each<[string, Recipe, string]>([
    ['a file', { files: [{ name: 'main', columns: [] }, { name: 'x', columns: [], join: { ...KEY, columns: [] } }] }, 'The recipe needs the file x, which is not among those that were chosen.'], // prettier-ignore
    ['a column', recipeOf([{ name: 'n', how: 'sum', column: 'gone' }]), 'The recipe needs a column “gone” in events, and there is none.'], // prettier-ignore
    ['a key', recipeOf([], { key: 'gone' }), 'The recipe needs a column “gone” in events, and there is none.'],
    ['an end', recipeOf([], { file: 'events' }), 'The files of the recipe are joined in a circle, or to one that is not there.'], // prettier-ignore
    ['a main file', { files: [] }, 'The recipe has no main file.'],
  ])('%s', (_, recipe, words) => {
    expect(() => joinFiles([main, events], recipe)).toThrow(RecipeMisfit)
    expect(() => joinFiles([main, events], recipe)).toThrow(words)
  })
})
