import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { textAt, valueAt } from '../../src/core/column/column'
import { IndexedDbStore } from '../../workers/store/indexed-db-store'
import { readCsv } from '../support/csv'
import { importInto, openedIn } from '../support/data-set'
import { differing, everyTypeCsv, everyTypeRow, exported } from '../support/every-type'

const text = everyTypeCsv()

test('every type of column is read as it was written', async () => {
  const { table, report } = await readCsv(text)
  expect(report.columns.map(({ name, type, layout }) => [name, type, layout])).toEqual([
    ['customer id', 'text', 'text'],
    ['long id', 'text', 'text'],
    ['plan', 'category', 'coded'],
    ['churned', 'boolean', 'coded'],
    ['seats', 'number', 'coded'],
    ['figure', 'number', 'coded'],
    ['share', 'number', 'float'],
    ['price', 'number', 'coded'],
    ['since', 'date', 'coded'],
    ['note', 'text', 'text'],
  ])
  expect(report.problems).toEqual([])
  for (let row = 0; row < table.rows; row++) {
    const written = everyTypeRow(row)
    for (const [i, column] of table.columns.entries()) {
      const cell = written[i]!
      if (column.type !== 'number') expect(textAt(column, row)).toBe(cell)
      // There is one zero.
      else expect(valueAt(column, row)).toBe(cell === '' ? NaN : Number(cell) + 0)
    }
  }
})

test('every type of column comes back equal from the database and over a thread', async () => {
  const { table } = await readCsv(text)
  const options = { indexedDB: new IDBFactory(), IDBKeyRange }
  await importInto(new IndexedDbStore('data', options), 'w', text)
  const opened = await openedIn(new IndexedDbStore('data', options), 'w')
  expect(differing(opened!.table, table)).toEqual([])
  expect(differing(structuredClone(table), table)).toEqual([])
})

test('every type of column comes back equal from an export, guarded texts too', async () => {
  const { table } = await readCsv(text)
  const again = await readCsv(exported(table))
  for (const [i, column] of table.columns.entries()) {
    const other = again.table.columns[i]!
    expect([other.name, other.type, other.kind]).toEqual([column.name, column.type, column.kind])
    for (let row = 0; row < table.rows; row++) {
      if (column.type === 'number') expect(valueAt(other, row)).toBe(valueAt(column, row))
      else if (textAt(other, row) !== textAt(column, row)) expect(textAt(other, row)).toBe(textAt(column, row))
    }
  }
})
