import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTsv, writeTsv } from '../../../src/core/export/tsv'

test('a block of cells from a spreadsheet', () => {
  expect(readTsv('14\t10\r\n5\t\r\n')).toEqual([
    ['14', '10'],
    ['5', ''],
  ])
})

test('a cell with a line break, a tab or quotes comes back as it was', () => {
  const rows = [
    ['a\nb', 'c\td'],
    ['say "so"', ''],
  ]
  expect(writeTsv(rows)).toBe('"a\nb"\t"c\td"\n"say ""so"""\t')
  expect(readTsv(writeTsv(rows))).toEqual(rows)
})

test('a quote that nothing closes is text', () => {
  expect(readTsv('"12\t3')).toEqual([['"12', '3']])
})

test('what is written is what is read', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', ' ', '=') })
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
    )
  fc.assert(
    fc.property(table, (rows) => {
      // A last row of one empty cell is what a final line break looks like.
      fc.pre(!(rows.length > 1 && rows.at(-1)!.length === 1 && rows.at(-1)![0] === ''))
      expect(readTsv(writeTsv(rows))).toEqual(rows)
    }),
  )
})
