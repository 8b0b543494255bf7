import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { columnNamed, textAt, valueAt, type Table } from '../../../src/core/column/column'
import { describeReading } from '../../../src/core/column/reading-problem'
import { hasShared, LEFT_OUT, readShared, sharedPath } from '../../support/shared'

function sum(table: Table, name: string): number {
  const column = columnNamed(table, name)!
  let cents = 0
  for (let row = 0; row < table.rows; row++) {
    const value = valueAt(column, row)
    if (!Number.isNaN(value)) cents += Math.round(value * 100)
  }
  return cents / 100
}

function countOf(table: Table, name: string, text: string): number {
  const column = columnNamed(table, name)!
  return Array.from({ length: table.rows }, (_, row) => textAt(column, row)).filter((each) => each === text).length
}

describe.skipIf(!hasShared)(`ugly files${LEFT_OUT}`, () => {
  const files = hasShared
    ? readdirSync(sharedPath('data/ugly')).filter((name) => /\.(csv|tsv|txt)$/.test(name))
    : ['none']

  test.each(files)('%s gives 7,043 rows, 1,869 churned and the known sums', async (file) => {
    const { table, report } = await readShared(`data/ugly/${file}`)
    const ragged = file.includes('ragged')
    expect(table.rows).toBe(7043)
    expect(countOf(table, 'Churn', 'Yes')).toBe(1869)
    expect(sum(table, 'MonthlyCharges')).toBe(ragged ? 456039.7 : 456116.6)
    expect(sum(table, 'TotalCharges')).toBe(ragged ? 16052660 : 16056168.7)
    if (!ragged) return
    expect(countOf(table, 'Churn', '')).toBe(2)
    const told = report.problems.filter(({ kind }) => kind === 'short row' || kind === 'long row').map(describeReading)
    expect(told.map((words) => /^Line (\d+)/.exec(words)?.[1])).toEqual(['11', '101', '201'])
  })
})

describe.skipIf(!hasShared)(`the CSV corpus${LEFT_OUT}`, () => {
  test.each([
    ['accounting_parentheses.csv', 'number'],
    ['currency_values.csv', 'number'],
    ['percent_values.csv', 'number'],
    ['numeric_thousands.csv', 'number'],
    ['plus_sign_numbers.csv', 'number'],
    ['scientific_notation.csv', 'number'],
  ])('%s has a column of numbers', async (file, type) => {
    const { report } = await readShared(`data/csv-corpus/${file}`)
    expect(report.columns.map((column) => column.type)).toContain(type)
  })

  test.each([
    ['semicolon_delimiter.csv', ';'],
    ['tab_delimiter.csv', '\t'],
    ['pipe_delimiter.csv', '|'],
    ['caret_delimiter.csv', '^'],
    ['sep_semicolon.csv', ';'],
    ['sep_tab.csv', '\t'],
    ['sep_pipe.csv', '|'],
    ['delim_0x1f.csv', '\u001f'],
  ])('%s is parted by %j', async (file, delimiter) => {
    const { report } = await readShared(`data/csv-corpus/${file}`)
    expect(report.dialect.delimiter).toBe(delimiter)
  })

  test('every file is read, or refused in words that name it', async () => {
    const files = readdirSync(sharedPath('data/csv-corpus')).filter((name) => name.endsWith('.csv'))
    expect(files.length).toBeGreaterThan(75)
    const refused: string[] = []
    for (const file of files) {
      try {
        const { report } = await readShared(`data/csv-corpus/${file}`)
        expect(new Set(report.columns.map(({ name }) => name)).size).toBe(report.columns.length)
      } catch (error) {
        expect(String(error)).toContain(file)
        refused.push(file)
      }
    }
    expect(refused.length).toBeLessThan(12)
  })
})
