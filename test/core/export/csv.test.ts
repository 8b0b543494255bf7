import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvRow, unguarded } from '../../../src/core/export/csv'

describe('a row of a CSV file', () => {
  test.each([
    ['=cmd|/c calc', "'=cmd|/c calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+1', "'+1"],
    ['-5', "'-5"],
    [' =x', "' =x"],
    ['\tx', "'\tx"],
    ["'=x", "''=x"],
    ["''=x", "'''=x"],
    ['fine\n=x', "fine\n'=x"],
    ['fine\r=x', "fine\r'=x"],
    ['plain', 'plain'],
    ["'plain'", "'plain'"],
  ])('no spreadsheet runs %j', (text, safe) => {
    expect(
      (Papa.parse(csvRow([text]).slice(0, -2), { delimiter: ',', newline: '\r\n' }).data as string[][])[0]![0],
    ).toBe(safe)
  })

  test('numbers stay numbers, negative ones too', () => {
    expect(csvRow([-5, 0.25, 'x'])).toBe('-5,0.25,x\r\n')
  })

  test('comes back from a known parser, whatever it holds', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'é', ' ', '1') })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const [row] = Papa.parse(csvRow(cells), { delimiter: ',', newline: '\r\n' }).data as string[][]
        expect(row).toEqual(cells)
      }),
    )
  })

  test('comes back as it was when its guards are taken off, and none begins a formula before', () => {
    const cell = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', ' ', '\n', '\r', 'a', '\u00A0', '"', ','),
    })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
        const [row] = Papa.parse(csvRow(cells), { delimiter: ',', newline: '\r\n' }).data as string[][]
        expect(row!.map(unguarded)).toEqual(cells)
        for (const each of row!) expect(each).not.toMatch(/(^|[\r\n])([^\S\r\n]*[=+\-@]|\t)/)
      }),
      { numRuns: 1000 },
    )
  })
})
