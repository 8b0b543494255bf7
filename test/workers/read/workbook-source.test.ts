import { describe, expect, test } from 'vitest'
import { textAt } from '../../../src/core/column/column'
import { describeReading } from '../../../src/core/column/reading-problem'
import { readTable } from '../../../workers/read/read-table'
import { StorageFull } from '../../../workers/store/data-store'
import { readCsv, refusalWords, type ReadResult } from '../../support/csv'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'
import {
  dateCell,
  errorCell,
  formulaCell,
  workbookFile,
  workbookParts,
  zipped,
  type SheetCell,
} from '../../support/workbook-file'

const cells = ({ table }: ReadResult): Record<string, string[]> =>
  Object.fromEntries(
    table.columns.map((column) => [column.name, Array.from({ length: table.rows }, (_, row) => textAt(column, row))]),
  )
const words = ({ report }: ReadResult): string[] => report.problems.map(describeReading)
const types = ({ report }: ReadResult): Record<string, string> =>
  Object.fromEntries(report.columns.map(({ name, type }) => [name, type]))

const TABLE: SheetCell[][] = [
  ['id', 'mrr', 'plan', 'active', 'since'],
  ['C-1', 10.5, 'Pro', true, dateCell(46023)],
  ['C-2', formulaCell('B2*2', 21), 'Free', false, dateCell(46054)],
  ['C-3', errorCell('#DIV/0!'), 'Pro', null, null],
]

describe('a workbook', () => {
  test('is read by its cells: numbers, cached formulas, booleans, dates; an error counts as missing, with a note', async () => {
    const read = await readCsv(workbookFile([{ name: 'Customers', rows: TABLE }]), 'crm.xlsx')
    expect(cells(read)).toEqual({
      id: ['C-1', 'C-2', 'C-3'],
      mrr: ['10.5', '21', ''],
      plan: ['Pro', 'Free', 'Pro'],
      active: ['TRUE', 'FALSE', ''],
      since: ['2026-01-01', '2026-02-01', ''],
    })
    expect(types(read)).toMatchObject({ mrr: 'number', active: 'boolean', since: 'date' })
    expect(words(read)).toEqual(['Row 4: “mrr” shows the error #DIV/0! in the sheet. It counts as missing.'])
    expect(read.report).toMatchObject({ format: 'workbook', dialect: { sheet: 'Customers', nameRow: 1 } })
  })

  test('counts dates from 1904 where it says so', async () => {
    const rows = [['id', 'since'], ['a', dateCell(44561)], ['b', dateCell(44561.5)]] // prettier-ignore
    const read = await readCsv(workbookFile([{ name: 'S', rows }], { epoch1904: true }), 'mac.xlsx')
    expect(cells(read)['since']).toEqual(['2026-01-01', '2026-01-01 12:00:00'])
  })

  test('has its names found below titles and notes, and problems told by the row of the sheet', async () => {
    const rows: SheetCell[][] = [
      ['Customers of the north', null, null],
      [],
      ['as of June', null, 'internal'],
      ['id', 'seats', 'plan'],
      ['C-1', 3, 'A'],
      ['C-2', 'x', 'B'],
      ...Array.from({ length: 20 }, (_, i): SheetCell[] => [`C-${i + 3}`, i, 'A']),
    ]
    const read = await readCsv(workbookFile([{ name: 'S', rows }]), 's.xlsx')
    expect(read.report).toMatchObject({ rows: 22, dialect: { nameRow: 4 } })
    expect(words(read)).toEqual(['Line 6: “x” in “seats” is not a number. It counts as missing.'])
  })

  test('with more columns than names has them all, called by their places, and says so once', async () => {
    const rows: SheetCell[][] = [['id', 'n'], ...Array.from({ length: 9 }, (_, i): SheetCell[] => [`C-${i}`, i, i * 2, i === 4 ? null : 'x'])] // prettier-ignore
    const read = await readCsv(workbookFile([{ name: 'S', rows }]), 's.xlsx')
    expect(read.report.columns.map(({ name, missing }) => [name, missing])).toEqual([
      ['id', 0],
      ['n', 0],
      ['Column 3', 0],
      ['Column 4', 1],
    ])
    expect(words(read)).toEqual(['2 columns have no name in line 1. They are called “Column 3”, “Column 4”.'])
    const note: SheetCell[][] = [
      ['id', 'n'],
      ['C-1', 1, null, 'a note'],
      ['C-2', 2],
      ['C-3', 3],
    ]
    expect(words(await readCsv(workbookFile([{ name: 'S', rows: note }]), 's.xlsx'))).toEqual([
      'Line 2 has 4 cells, the names have 2. What is beyond them is left out: “a note”.',
    ])
  })

  test('proposes the sheet with the customers, shows the others, and reads the one that is chosen', async () => {
    const file = workbookFile([
      { name: 'Dashboard', rows: [[null, 'Revenue', 5], [], [null, null, 'up']] },
      { name: 'Old', hidden: true, rows: [...TABLE, ['C-4', 1, 'Pro', true, null], ['C-5', 1, 'Pro', true, null]] },
      { name: 'Customers', rows: TABLE },
      { name: 'Notes', rows: [['id', 'note'], ['C-1', 'hello'], ['C-2', 'there']] }, // prettier-ignore
    ])
    const read = await readCsv(file, 'crm.xlsx')
    expect(read.report.dialect.sheet).toBe('Customers')
    expect(read.report.sheets?.map(({ name, hidden, nameRow }) => [name, hidden, nameRow])).toEqual([
      ['Dashboard', false, undefined],
      ['Old', true, 1],
      ['Customers', false, 1],
      ['Notes', false, 1],
    ])
    expect(read.report.sheets?.[3]?.rows[1]).toEqual({ row: 2, cells: ['C-1', 'hello'] })
    const notes = await readCsv(file, 'crm.xlsx', { dialect: { sheet: 'Notes' } })
    expect(cells(notes)['note']).toEqual(['hello', 'there'])
    const later = await readCsv(file, 'crm.xlsx', { dialect: { sheet: 'Customers', nameRow: 2 } })
    expect(later.report.rows).toBe(2)
  })

  test('keeps long IDs, quotes, line breaks, emoji and right-to-left text', async () => {
    const odd = ['9007199254740993001', 'say "hi"', 'two\nlines', '🎈', 'שלום', '=1+1']
    const rows: SheetCell[][] = [['id', 'n'], ...odd.map((text, i): SheetCell[] => [text, i])]
    expect(cells(await readCsv(workbookFile([{ name: 'S', rows }]), 's.xlsx'))['id']).toEqual(odd)
  })

  test.skipIf(!hasShared)(`of ravenstack is read from its third sheet, with the customers${LEFT_OUT}`, async () => {
    const { report } = await readShared('data/ravenstack/customer_churn.xlsx')
    expect(report).toMatchObject({ rows: 500, dialect: { sheet: 'Customer_Health_Score', nameRow: 1 } })
    expect(report.columns.find(({ name }) => name === 'Churn Flag')?.values).toEqual([
      { text: 'FALSE', rows: 390 },
      { text: 'TRUE', rows: 110 },
    ])
  })
})

test('a full disk met while a workbook is read is told as that, not as a damaged file', async () => {
  const rows: SheetCell[][] = [['id', 'n'], ...Array.from({ length: 140_000 }, (_, i): SheetCell[] => [i, i % 9])]
  const full = { write: () => Promise.reject(new StorageFull(5)), discard: () => Promise.resolve() }
  const options = { file: 's.xlsx', dialect: {}, types: new Map(), signal: new AbortController().signal, onprogress: () => undefined } // prettier-ignore
  const blob = new Blob([Uint8Array.from(workbookFile([{ name: 'S', rows }]))])
  await expect(readTable(blob, options, full)).rejects.toThrow(StorageFull)
})

describe('a workbook that is none, or means harm, is refused in words and bounded time (case 33)', () => {
  const refusal = (content: Uint8Array): Promise<string> => refusalWords(content, 'crm.xlsx')
  const sheet = { name: 'S', rows: TABLE }

  test('no sheet with names and rows', async () => {
    for (const rows of [[['only a title']], []]) {
      expect(await refusal(workbookFile([{ name: 'S', rows }]))).toBe(
        'No sheet of crm.xlsx has a row of names with rows below it.',
      )
    }
  })

  test('years for names are read all the same', async () => {
    const read = await readCsv(workbookFile([{ name: 'S', rows: [[2024, 2025], [1, 2], [3, 4]] }]), 's.xlsx') // prettier-ignore
    expect(cells(read)).toEqual({ '2024': ['1', '3'], '2025': ['2', '4'] })
  })

  test('cut off in the middle', async () => {
    const whole = workbookFile([sheet])
    expect(await refusal(whole.subarray(0, whole.length - 200))).toMatch(/^crm\.xlsx cannot be read: .* Nothing of it/)
  })

  test('a bomb that says its size', async () => {
    const bomb = zipped({ ...workbookParts([sheet]), 'xl/sharedStrings.xml': ' '.repeat(4_000_000) })
    // The directory is made to say four gibibytes for that entry.
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    for (let at = 0; at < bomb.length - 46; at++) {
      if (view.getUint32(at, true) !== 0x02014b50 || view.getUint32(at + 24, true) !== 4_000_000) continue
      view.setUint32(at + 24, 0xf0000000, true)
    }
    expect(await refusal(bomb)).toMatch(/would need .* once unpacked, and .* is the most\. Save the sheet/)
  })

  test('a part that is larger than its directory says', async () => {
    const parts = workbookParts([{ name: 'S', rows: Array.from({ length: 5000 }, () => ['x', 'y']) }])
    const lying = zipped(parts)
    const size = parts['xl/worksheets/sheet1.xml']!.length
    const view = new DataView(lying.buffer, lying.byteOffset)
    for (let at = 0; at < lying.length - 46; at++) {
      const signature = view.getUint32(at, true)
      if (signature === 0x02014b50 && view.getUint32(at + 24, true) === size) view.setUint32(at + 24, 100, true)
      if (signature === 0x04034b50 && view.getUint32(at + 22, true) === size) view.setUint32(at + 22, 100, true)
    }
    expect(await refusal(lying)).toMatch(/^crm\.xlsx cannot be read: /)
  })

  test('a bomb that hides its size: what it says is all that is unpacked', async () => {
    const bomb = zipped({ ...workbookParts([sheet]), 'xl/worksheets/sheet1.xml': ' '.repeat(400_000_000) })
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    for (let at = 0; at < bomb.length - 46; at++) {
      const signature = view.getUint32(at, true)
      if (signature === 0x02014b50 && view.getUint32(at + 24, true) === 400_000_000) view.setUint32(at + 24, 1000, true)
      if (signature === 0x04034b50 && view.getUint32(at + 22, true) === 400_000_000) view.setUint32(at + 22, 1000, true)
    }
    const { gc } = globalThis as { readonly gc?: () => void }
    gc?.()
    const before = process.memoryUsage().rss
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
    expect(await refusal(bomb)).toMatch(/^crm\.xlsx cannot be read: its parts are not what its directory says/)
    most = Math.max(most, process.memoryUsage().rss)
    clearInterval(watch)
    expect(most - before).toBeLessThan(150e6)
  })

  test('more rows than a sheet can have are read as far as the file goes, and numbered as it numbers them', async () => {
    const parts = workbookParts([sheet])
    const far = parts['xl/worksheets/sheet1.xml']!.replace('<row r="4">', '<row r="1048577">').replaceAll(/r="([A-E])4"/g, 'r="$11048577"') // prettier-ignore
    const read = await readCsv(zipped({ ...parts, 'xl/worksheets/sheet1.xml': far }), 'crm.xlsx')
    expect(read.report.rows).toBe(3)
    expect(read.report.preview.map(({ line }) => line)).toEqual([2, 3, 1_048_577])
  })

  test('a formula without a cached value is a blank cell', async () => {
    const rows: SheetCell[][] = [
      ['id', 'n'],
      ['C-1', { raw: '><f>A1+1</f>' }],
      ['C-2', 5],
    ]
    expect(cells(await readCsv(workbookFile([{ name: 'S', rows }]), 'crm.xlsx'))['n']).toEqual(['', '5'])
  })

  test('entities of its own are not expanded', async () => {
    const parts = workbookParts([sheet])
    const bent = parts['xl/worksheets/sheet1.xml']!.replace(
      '<worksheet',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet',
    ).replace('>Pro<', '>&b;&c;<')
    const read = await readCsv(zipped({ ...parts, 'xl/worksheets/sheet1.xml': bent }), 'crm.xlsx')
    expect(cells(read)['plan']).toEqual(['&b;&c;', 'Free', 'Pro'])
  })

  test('a cell far out makes no million columns', async () => {
    const parts = workbookParts([sheet])
    const far = parts['xl/worksheets/sheet1.xml']!.replace('r="E4"', 'r="ZZZ9"')
    const result = await readCsv(zipped({ ...parts, 'xl/worksheets/sheet1.xml': far }), 'crm.xlsx')
    expect(result.report.columns.length).toBe(5)
  })

  test.each([
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 1, 2], 'an old Excel workbook (.xls), or one with a password'],
    ['a PDF', [0x25, 0x50, 0x44, 0x46, 1], 'a PDF'],
    ['a zip file', [0x50, 0x4b, 0x03, 0x04, 1], 'a zip file'],
  ])('%s', async (_, bytes, seems) => {
    expect(await refusal(Uint8Array.from(bytes))).toContain(`crm.xlsx seems to be ${seems}. `)
  })
})
