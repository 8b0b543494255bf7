import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnNamed, textAt, valueAt, type Table } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import { cleanTable } from '../../../src/core/recipe/clean'
import type { Cleaning, ColumnCleaning } from '../../../src/core/recipe/cleaning'
import { readCsv } from '../../support/csv'

const ROLES = { roles: { id: 'id' }, asOf: undefined }

async function tableOf(csv: string): Promise<Table> {
  return (await readCsv(csv, 'f.csv', { types: new Map([['id', 'text' as const]]) })).table
}

/** The cells of a column after cleaning, as texts. */
function cells(
  table: Table,
  column: string,
  cleaning: Cleaning,
  known: Parameters<typeof cleanTable>[2] = ROLES,
): string[] {
  const cleaned = cleanTable(table, cleaning, known).table
  const found = columnNamed(cleaned, column)!
  return Array.from({ length: cleaned.rows }, (_, row) =>
    Number.isNaN(valueAt(found, row)) && found.kind !== 'text' ? '–' : textAt(found, row),
  )
}

const only = (change: ColumnCleaning): Cleaning => ({ columns: [change] })

const table = await tableOf(
  'id,x,plan,seen\nA,1,Pro,2026-01-01\nB,,pro,2026-05-01\nA,oops,Free,\nC,3,Pro,2026-02-01\nA,2,,2026-03-01\n'.replace(
    /\n$/,
    `\n${Array.from({ length: 30 }, (_, i) => `D${i},${10 + (i % 5)},Free,2026-01-0${1 + (i % 9)}`).join('\n')}\n`,
  ),
)

describe('a table is cleaned', () => {
  test('not at all where nothing was chosen: it is the same table', () => {
    expect(cleanTable(table, { columns: [] }, ROLES).table).toBe(table)
  })

  test('blanks and cells that could not be read become 0, or stay missing, each on its own', () => {
    expect(cells(table, 'x', only({ column: 'x' })).slice(0, 5)).toEqual(['1', '–', '–', '3', '2'])
    expect(cells(table, 'x', only({ column: 'x', blank: 'zero' })).slice(0, 5)).toEqual(['1', '0', '–', '3', '2'])
    expect(cells(table, 'x', only({ column: 'x', unreadable: 'zero' })).slice(0, 5)).toEqual(['1', '–', '0', '3', '2'])
  })

  test('rows with gaps are left out and counted', () => {
    const cleaned = cleanTable(table, only({ column: 'x', blank: 'leave out', unreadable: 'leave out' }), ROLES)
    expect(cleaned).toMatchObject({ withGaps: 2, repeated: 0 })
    expect([...cleaned.rows!.slice(0, 3)]).toEqual([0, 3, 4])
    expect(cleaned.table.rows).toBe(table.rows - 2)
  })

  test('texts that mean the same become one, through a chain too', () => {
    const same = [{ from: 'pro', to: 'Pro' }, { from: 'Pro', to: 'Paid' }] // prettier-ignore
    expect(cells(table, 'plan', only({ column: 'plan', same })).slice(0, 5)).toEqual([
      'Paid',
      'Paid',
      'Free',
      'Paid',
      '–',
    ])
    const { table: cleaned } = cleanTable(table, only({ column: 'plan', same }), ROLES)
    expect(columnNamed(cleaned, 'plan')).toMatchObject({ dictionary: { texts: ['Free', 'Paid'] } })
  })

  test('dates after the day of their row count as missing', () => {
    const known = { ...ROLES, asOf: dayOf('2026-02-15') }
    expect(cells(table, 'seen', only({ column: 'seen', later: 'missing' }), known).slice(0, 5)).toEqual(['2026-01-01', '–', '–', '2026-02-01', '–']) // prettier-ignore
  })

  test('outliers become the fence, or missing; coded and float columns alike', async () => {
    for (const scale of [1, 0.001]) {
      const rows = Array.from({ length: 200 }, (_, i) => (i === 7 ? 1e6 : i * scale))
      const wide = await tableOf(`id,x\n${rows.map((x, i) => `R${i},${x}`).join('\n')}\n`)
      const [capped, gone] = (['cap', 'missing'] as const).map((outliers) => {
        const column = columnNamed(cleanTable(wide, only({ column: 'x', outliers }), ROLES).table, 'x')!
        return [valueAt(column, 6), valueAt(column, 7)]
      })
      // Quartiles at 50.75 and 150.25 of the 200 values, the outlier being one of them.
      expect(capped![0]).toBeCloseTo(6 * scale, 12)
      expect(capped![1]).toBeCloseTo((150.25 + 3 * 99.5) * scale, 9)
      expect(gone).toEqual([6 * scale, NaN])
    }
  })

  test('of a customer who is there several times the first row stays, the last, or the last value of each column', () => {
    expect(cells(table, 'x', { repeated: 'first', columns: [] }).slice(0, 3)).toEqual(['1', '–', '3'])
    expect(cells(table, 'x', { repeated: 'last', columns: [] }).slice(0, 3)).toEqual(['2', '–', '3'])
    expect(cells(table, 'plan', { repeated: 'merge', columns: [] }).slice(0, 3)).toEqual(['Free', 'pro', 'Pro'])
    expect(cleanTable(table, { repeated: 'merge', columns: [] }, ROLES)).toMatchObject({ repeated: 2 })
  })
})

test('whatever is chosen, every row of the result is a row of the table, and no customer is there twice who was told not to be', async () => {
  const gap = fc.constantFrom(undefined, 'zero' as const, 'leave out' as const)
  const cleanings = fc.record({
    repeated: fc.constantFrom(undefined, 'first' as const, 'last' as const, 'merge' as const),
    blank: gap,
    unreadable: gap,
    outliers: fc.constantFrom(undefined, 'cap' as const, 'missing' as const),
  })
  await fc.assert(
    fc.asyncProperty(
      cleanings,
      fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', ''), fc.constantFrom('1', '2', '', 'x', '3')), {
        minLength: 1,
        maxLength: 30,
      }),
      async ({ repeated, ...rest }, rows) => {
        const small = await tableOf(`id,x,n\n${rows.map(([id, x], i) => `${id},${x},${i}`).join('\n')}\n`)
        const chosen = Object.fromEntries(
          Object.entries({ column: 'x', ...rest }).filter(([, value]) => value !== undefined),
        )
        const cleaning: Cleaning = { ...(repeated && { repeated }), columns: [chosen as unknown as ColumnCleaning] }
        const { table: cleaned, rows: kept } = cleanTable(small, cleaning, ROLES)
        const ids = columnNamed(cleaned, 'id')!
        const seen = Array.from({ length: cleaned.rows }, (_, row) => textAt(ids, row)).filter((id) => id !== '')
        if (repeated) expect(new Set(seen).size).toBe(seen.length)
        for (let row = 0; row < cleaned.rows; row++) {
          expect(textAt(ids, row)).toBe(rows[kept?.[row] ?? row]![0])
        }
        expect(cleaned.columns.every((column) => lengthOf(column) === cleaned.rows)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

function lengthOf(column: Table['columns'][number]): number {
  if (column.kind === 'text') return column.offsets.length - 1
  return column.kind === 'coded' ? column.codes.length : column.values.length
}
