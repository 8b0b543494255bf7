import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { columnNamed, textAt, valueAt, type Table } from '../../../src/core/column/column'
import { describe as inWords } from '../../../src/core/problem'
import { describeReading } from '../../../src/core/column/reading-problem'
import { readCsv, refusalOf, type ReadResult } from '../../support/csv'

function cells({ rows, columns }: Table): string[][] {
  return Array.from({ length: rows }, (_, row) => columns.map((column) => textAt(column, row)))
}

const words = ({ report }: ReadResult): string[] => report.problems.map(describeReading)

const utf16 = (text: string, little: boolean, bom = true): Uint8Array => {
  const units = Array.from((bom ? '\uFEFF' : '') + text, (character) => character.charCodeAt(0))
  return Uint8Array.from(units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])))
}

describe('the result does not depend on how the bytes come', () => {
  const hard = [
    'id,naïve name,note\r\n1,"quoted, ""twice""",a\r\n2,"two\nlines",b\n3,日本語,c\r4,"",\n5,x\n6,y,z,more\n7,"open',
    'a\tb\n"tab\tin",2\n',
    'x;y\n1,5;"2\n3"\n',
  ]

  test.each(hard)('for every piece from one byte up: %j', async (text) => {
    const whole = await readCsv(text)
    const bytes = new TextEncoder().encode(text).length
    for (let pieces = 1; pieces <= bytes; pieces++) {
      const cut = await readCsv(text, 'test.csv', { pieces })
      expect(cut.report).toEqual(whole.report)
      expect(cells(cut.table)).toEqual(cells(whole.table))
    }
  })

  test('for UTF-16 and Windows-1252 too', async () => {
    const text = 'id,name,city\n1,Zoë,Köln\n2,Ana,São Paulo\n3,Łukasz,Łódź\n'
    for (const little of [true, false]) {
      const whole = await readCsv(utf16(text, little))
      expect(cells(whole.table)[2]).toEqual(['3', 'Łukasz', 'Łódź'])
      for (const pieces of [1, 2, 3, 5, 7, 64]) {
        const cut = await readCsv(utf16(text, little), 'test.csv', { pieces })
        expect(cells(cut.table)).toEqual(cells(whole.table))
        expect(cut.report.dialect.encoding).toBe(little ? 'utf-16le' : 'utf-16be')
      }
    }
    const western = Uint8Array.from('id,name\n1,Zo\u00EB\n2,\u0080uro\n', (character) => character.charCodeAt(0) & 255)
    for (const pieces of [1, 4, 64]) {
      const read = await readCsv(western, 'test.csv', { pieces })
      expect(read.report.dialect.encoding).toBe('windows-1252')
      expect(cells(read.table).map(([, name]) => name)).toEqual(['Zoë', '€uro'])
      expect(words(read).join(' ')).toContain('is not UTF-8 and is read as Windows-1252')
    }
  })
})

test('every encoding gives the same texts, with and without a mark, in pieces of any size (case 29)', async () => {
  const windows1252 = (text: string): Uint8Array => Uint8Array.from(text, (character) => (character === '€' ? 0x80 : character.charCodeAt(0))) // prettier-ignore
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
  const write: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'utf-8': utf8,
    'utf-8 with a mark': (text) => utf8(`\uFEFF${text}`),
    'utf-16le': (text) => utf16(text, true, false),
    'utf-16le with a mark': (text) => utf16(text, true),
    'utf-16be': (text) => utf16(text, false, false),
    'utf-16be with a mark': (text) => utf16(text, false),
    'windows-1252': windows1252,
  }
  const name = fc.string({ unit: fc.constantFrom('Z', 'o', 'ë', 'ü', 'ß', '€', 'ñ'), minLength: 1, maxLength: 8 })
  const names = fc.array(name, { minLength: 4, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.constantFrom(...Object.keys(write)),
      fc.integer({ min: 1, max: 200 }),
      async (texts, encoding, pieces) => {
        // prettier-ignore
        const text = `id,name,plan\n${texts.map((each, i) => `C-${i},${each},Professional €\n`).join('')}`
        const read = await readCsv(write[encoding]!(text), 'test.csv', { pieces })
        expect(cells(read.table)).toEqual(texts.map((each, i) => [`C-${i}`, each, 'Professional €']))
      },
    ),
    { numRuns: 300 },
  )
})

test('a well-formed file has the cells that a known parser finds', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', ',', '"', '\n', 'é', ';', '.'), maxLength: 6 })
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 8 }))
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      fc.pre(rows.some((row) => row.some((each) => each.trim() !== '')))
      const names = rows[0]!.map((_, i) => `c${i}`)
      const text = Papa.unparse([names, ...rows], { quotes: true, newline: '\n' })
      const { table: read } = await readCsv(text, 'test.csv', { dialect: { delimiter: ',', quote: '"', header: true } })
      const parsed = (Papa.parse(text, { delimiter: ',' }).data as string[][]).slice(1)
      const full = parsed.filter((row) => row.some((each) => each.trim() !== ''))
      expect(cells(read)).toEqual(full.map((row) => row.map((each) => each.trim())))
    }),
    { numRuns: 200 },
  )
})

test('a row of blanks is no customer, quoted line breaks and no-break spaces too, and is reported', async () => {
  const read = await readCsv('a,b\n1,2\n"\n",\u00A0\n3,4\n')
  expect(cells(read.table)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(words(read).join(' ')).toMatch(/line 3/i)
})

describe('rows that do not fit are reported by line and never shifted (case 28)', () => {
  test('short and long rows', async () => {
    const read = await readCsv('a,b,c\n1,2,3\n4,5\n6,7,8,9\n')
    expect(cells(read.table)).toEqual([
      ['1', '2', '3'],
      ['4', '5', ''],
      ['6', '7', '8'],
    ])
    expect(words(read)).toEqual([
      'Line 3 has 2 cells, the names have 3. The cells it lacks are blank.',
      'Line 4 has 4 cells, the names have 3. What is beyond them is left out: “9”.',
    ])
  })

  test('physical lines are counted over quoted line breaks', async () => {
    const read = await readCsv('a,b\n1,"x\ny\nz"\n2\n')
    expect(words(read)).toEqual(['Line 5 has 1 cell, the names have 2. The cells it lacks are blank.'])
  })

  test('a quote that never closes costs its line, not the file', async () => {
    const read = await readCsv('a,b\n1,"x\n2,y\n3,z\n')
    expect(read.table.rows).toBe(3)
    expect(words(read).join(' ')).toContain('A quote opens in line 2 and never closes')
  })

  test('a single line of 50 MB is read once, its cell whole and its rows counted', async () => {
    let passes = 0
    const onpass = () => passes++
    const long = 'x'.repeat(50_000_000)
    const read = await readCsv(`id,note\n1,${long}\n2,short\n`, 'test.csv', { pieces: 1 << 20, onpass })
    expect(textAt(read.table.columns[1]!, 0).length).toBe(50_000_000)
    expect(textAt(read.table.columns[1]!, 1)).toBe('short')
    expect(passes).toBe(1)
    // What goes to the page is short.
    expect(JSON.stringify(read.report).length).toBeLessThan(10_000)
  })

  test('a quote that opens a file of 50 MB and never closes costs one more pass', async () => {
    let passes = 0
    const onpass = () => passes++
    const rows = Array.from({ length: 1_000_000 }, (_, i) => `${i},some more text of a customer, and so on`)
    const read = await readCsv(`id,note,x\n"${rows.join('\n')}`, 'test.csv', { pieces: 1 << 20, onpass })
    expect(read.table.rows).toBe(1_000_000)
    expect(passes).toBe(2)
  })

  test('a million delimiters in a row: as names they are refused, as data they are a long row', async () => {
    const commas = ','.repeat(1_000_000)
    const [problem] = await refusalOf(`id${commas}x\n1,2\n`)
    expect(inWords(problem!)).toContain('over 16,384 columns, more than any spreadsheet')
    const read = await readCsv(`id,n\n1,2\n3,4${commas}5\n6,7\n8,9\n`)
    expect(cells(read.table)[1]).toEqual(['3', '4'])
    expect(words(read)).toEqual(['Line 3 has 1,000,002 cells, the names have 2. What is beyond them is left out: “5”.'])
  })

  test('NULs are left out and told of; lone CR and mixed ends are line ends', async () => {
    const read = await readCsv('a,b\r1,x\0y\r\n2,z\n')
    expect(cells(read.table)).toEqual([
      ['1', 'xy'],
      ['2', 'z'],
    ])
    expect(words(read).join(' ')).toContain('NUL')
  })
})

describe('column names (case 31)', () => {
  test('all become distinct and usable, as text', async () => {
    const long = 'x'.repeat(10_000)
    const names = [
      '__proto__',
      'constructor',
      '',
      'a',
      'a',
      long,
      '<img src=x onerror=alert(1)>',
      '\u202Eevil',
      'toString',
    ]
    const read = await readCsv(`${names.join(',')}\n${names.map((_, i) => i + 2).join(',')}\n`)
    const found = read.report.columns.map(({ name }) => name)
    expect(new Set(found).size).toBe(names.length)
    expect(found[0]).toBe('__proto__')
    expect(found[6]).toBe('<img src=x onerror=alert(1)>')
    expect(found[5]!.length).toBeLessThan(300)
    for (const [i, name] of found.entries()) expect(valueAt(columnNamed(read.table, name)!, 0)).toBe(i + 2)
    expect(({} as Record<string, unknown>)['2']).toBeUndefined()
    expect(words(read).join(' ')).toContain('has no name')
    expect(words(read).join(' ')).toContain('repeats a name')
  })
})

describe('more columns than names', () => {
  test('are all read, called by their places, and told of once', async () => {
    const read = await readCsv('id,x\n1,2,3,4\n5,6,7,8\n9,10,11,12\n')
    expect(read.report.columns.map(({ name }) => name)).toEqual(['id', 'x', 'Column 3', 'Column 4'])
    expect(cells(read.table)[2]).toEqual(['9', '10', '11', '12'])
    expect(words(read)).toEqual(['2 columns have no name in line 1. They are called “Column 3”, “Column 4”.'])
  })

  test('one alone is told of as one', async () => {
    const read = await readCsv('id,,x\n1,2,3\n4,5,6\n')
    expect(words(read)).toEqual(['A column has no name in line 1. It is called “Column 2”.'])
  })

  test('stay long rows where most rows have none', async () => {
    const read = await readCsv('id,x\n1,2\n3,4\n5,6,7\n')
    expect(words(read)).toEqual(['Line 4 has 3 cells, the names have 2. What is beyond them is left out: “7”.'])
  })
})

describe('types come from the whole file', () => {
  test('numbers with marks, currencies, percent and parentheses', async () => {
    const read = await readCsv('id,x,y\nA1,"1,234.50",12%\nA2,$99,3%\nA3,(5),-1%\nA4,N/A,\n')
    const [, x, y] = read.table.columns
    expect([0, 1, 2, 3].map((row) => valueAt(x!, row))).toEqual([1234.5, 99, -5, NaN])
    expect(x!.type).toBe('number')
    expect(y!.type).toBe('number')
    expect(read.report.columns[1]).toMatchObject({ missing: 1, unreadable: 0, sum: 1328.5 })
  })

  test('decimal commas where the file writes them', async () => {
    const read = await readCsv('id;x\nA1;1.234,5\nA2;2,25\n')
    expect(read.report.dialect).toMatchObject({ delimiter: ';', decimal: ',' })
    expect([0, 1].map((row) => valueAt(read.table.columns[1]!, row))).toEqual([1234.5, 2.25])
  })

  test('a day over 12 anywhere settles day and month; else it is asked', async () => {
    const settled = await readCsv('id,x\nA1,3/4/2025\nA2,25/4/2025\n')
    expect(settled.report.dialect.dayOrder).toBe('day first')
    const open = await readCsv('id,x\nA1,3/4/2025\nA2,5/6/2025\n')
    expect(open.report.dialect.dayOrder).toBe('ask')
    expect(words(open).join(' ')).toContain('may be day or month first')
    const said = await readCsv('id,x\nA1,3/4/2025\nA2,5/6/2025\n', 'test.csv', { dialect: { dayOrder: 'day first' } })
    expect(valueAt(said.table.columns[1]!, 0) - valueAt(open.table.columns[1]!, 0)).toBe(31 - 1)
  })

  test('IDs stay text, leading zeros and all', async () => {
    const read = await readCsv('customer_id,x\n007,1\n012,2\n')
    expect(read.table.columns[0]!.type).toBe('text')
    expect(textAt(read.table.columns[0]!, 0)).toBe('007')
  })

  test('one bad cell among thousands is named by its line', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `A${i},${i === 1500 ? 'abc' : i}`)
    const read = await readCsv(`id,x\n${rows.join('\n')}\n`)
    expect(words(read)).toEqual(['Line 1,502: “abc” in “x” is not a number. It counts as missing.'])
  })
})

describe('what is no table is refused in one clear sentence', () => {
  test.each([
    ['an empty file', '', /is empty: it has no rows/],
    ['only a header', 'a,b\n', /column names in line 1 and no rows/],
    ['a zip', Uint8Array.from([0x50, 0x4b, 3, 4, ...new Uint8Array(200)]), /seems to be/],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', /seems to be/],
  ])('%s', async (_, content, sentence) => {
    const [problem, ...more] = await refusalOf(content)
    expect(more).toEqual([])
    expect(inWords(problem!)).toMatch(sentence)
  })
})
