import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textAt } from '../../../src/core/column/column'
import { describeReading } from '../../../src/core/column/reading-problem'
import { parseExact } from '../../../workers/read/flatten-json'
import { readCsv, refusalWords, type ReadResult } from '../../support/csv'

const cells = ({ table }: ReadResult): Record<string, string[]> =>
  Object.fromEntries(
    table.columns.map((column) => [column.name, Array.from({ length: table.rows }, (_, row) => textAt(column, row))]),
  )
const words = ({ report }: ReadResult): string[] => report.problems.map(describeReading)

const CUSTOMERS = [
  { id: 1, plan: { name: 'Pro', seats: 5 }, tags: ['a', 'b'], active: true, note: null },
  { id: 2, plan: { name: 'Free' }, active: false, extra: 'only here, "quoted"\nand more' },
]
const EXPECTED = {
  id: ['1', '2'],
  'plan.name': ['Pro', 'Free'],
  'plan.seats': ['5', ''],
  tags: ['["a","b"]', ''],
  active: ['TRUE', 'FALSE'],
  note: ['', ''],
  extra: ['', 'only here, "quoted"\nand more'],
}

describe('JSON', () => {
  test.each([
    ['an array', JSON.stringify(CUSTOMERS)],
    ['an array with indents', JSON.stringify(CUSTOMERS, undefined, 2)],
    ['a list wrapped in an object', JSON.stringify({ total: 2, data: CUSTOMERS })],
    ['JSON Lines', CUSTOMERS.map((each) => JSON.stringify(each)).join('\n')],
    ['JSON Lines with Windows line ends and a blank line', `${CUSTOMERS.map((each) => JSON.stringify(each)).join('\r\n\r\n')}\r\n`], // prettier-ignore
    ['JSON Lines with a mark', `\uFEFF${CUSTOMERS.map((each) => JSON.stringify(each)).join('\n')}`],
  ])('as %s has one column per field, objects inside by dotted names', async (_, text) => {
    const read = await readCsv(text, 'crm.json')
    expect(cells(read)).toEqual(EXPECTED)
    expect(read.report).toMatchObject({ format: 'json', rows: 2 })
  })

  test('on a single line of megabytes is read, as an array and as JSON Lines', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => ({ id: i, note: 'x'.repeat(100 + (i % 7)), plan: 'Pro' }))
    expect((await readCsv(JSON.stringify(many), 'crm.json')).report.rows).toBe(60_000)
    const long = `{"id":1,"note":"${'y'.repeat(8_000_000)}"}\n{"id":2,"note":"z"}\n`
    const { table } = await readCsv(long, 'crm.jsonl')
    expect(textAt(table.columns[1]!, 0).length).toBe(8_000_000)
  })

  test('keeps every digit of a long ID, and long numbers inside texts as they are', async () => {
    const text = '[{"id":9007199254740993001,"t":"x: 9007199254740993001, y"},{"id":9007199254740993002,"t":"z"}]'
    expect(cells(await readCsv(text, 'crm.json'))).toEqual({
      id: ['9007199254740993001', '9007199254740993002'],
      t: ['x: 9007199254740993001, y', 'z'],
    })
  })

  test('reads like JSON.parse wherever no whole number is too long for that', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!/(^|[^\d.eE-])-?\d{16,}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
        expect(parseExact(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('leaves out lines that are no JSON, counted and by their number', async () => {
    const read = await readCsv('{"id":1}\n{"id":2\n{"id":3}\n[4]\n', 'crm.jsonl')
    expect(cells(read)).toEqual({ id: ['1', '3'] })
    expect(words(read)).toEqual([
      'Line 2 is no JSON object and is left out: “{"id":2”.',
      'Line 4 is no JSON object and is left out: “[4]”.',
    ])
  })

  test('is refused in words where it holds no customers', async () => {
    expect(await refusalWords('[{"id":1},\n{"id":2,}]', 'crm.json')).toMatch(
      /^crm\.json cannot be read: it is no valid JSON( in line 2)?: it ends too early or has a slip\./,
    )
    expect(await refusalWords('[[1,2],[3,4]]', 'crm.json')).toBe(
      'crm.json cannot be read: it is JSON, but holds no list of objects, one per customer. Nothing of it was taken.',
    )
  })

  test('with names that objects have by birth makes ordinary columns of them (case 31)', async () => {
    const read = await readCsv('[{"__proto__":1,"constructor":"a"},{"__proto__":2,"constructor":"b"}]', 'crm.json')
    expect(read.table.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})
