import { textAt, valueAt, type Column, type Table } from '../../src/core/column/column'
import { csvRow } from '../../src/core/export/csv'

/** More rows than a chunk has, and more than a dictionary holds. */
const ROWS = 80_000

const TEXTS = [
  'plain', '🎈 party', 'שלום עולם', 'say "hi"', 'two\nlines', 'two\r\nlines', 'a,b;c\td', '=1+1', '+49 30 1', '-minus', '@home', "'quoted'",
  "'=1+1", 'fine\n=x', '日本語', 'e\u0301', '\u202Eevil', 'null and void', '<img src=x>', 'x'.repeat(3000),
] // prettier-ignore
const NUMBERS = ['0', '-0', '1e308', '-1e308', '5e-324', '2.2250738585072014e-308', '0.1', '0.30000000000000004', '123456789012345', '999999999999999', '-12.50'] // prettier-ignore

const day = (row: number): string => new Date(Date.UTC(1999, 0, 1 + (row % 9000))).toISOString().slice(0, 10)
/** Every seventh cell of a column is missing, each column's own seventh. */
const orMissing = (row: number, column: number, text: string): string => ((row + column) % 7 === 0 ? '' : text)

/** Columns of every type and layout, by their names, with what a row has in each. */
const COLUMNS: Readonly<Record<string, (row: number) => string>> = {
  'customer id': (row) => String(row).padStart(7, '0'),
  'long id': (row) => `1${String(row).padStart(18, '0')}`,
  plan: (row) => orMissing(row, 1, ['Pro', 'Free', 'Größe', 'a "b"', '=Pro'][row % 5]!),
  churned: (row) => orMissing(row, 2, row % 3 === 0 ? 'Yes' : 'no'),
  seats: (row) => orMissing(row, 3, String((row % 900) - 20)),
  figure: (row) => orMissing(row, 4, NUMBERS[row % NUMBERS.length]!),
  share: (row) => orMissing(row, 5, String(row * 0.1 - 300)),
  price: (row) => orMissing(row, 6, `${row % 5000}.${String(row % 100).padStart(2, '0')}`),
  since: (row) => orMissing(row, 0, day(row)),
  note: (row) => orMissing(row, 1, `${TEXTS[row % TEXTS.length]!}${row % 3 === 0 ? ` ${row}` : ''}`),
}

/** A file of every type of column: a dictionary's most, floats and texts beyond it, and what is hard to write. */
export function everyTypeCsv(): string {
  const pieces = [csvRow(Object.keys(COLUMNS))]
  const cells = Object.values(COLUMNS)
  for (let row = 0; row < ROWS; row++) pieces.push(csvRow(cells.map((cell) => cell(row))))
  return pieces.join('')
}

/** A column as plain values that are equal where, and only where, the columns are. */
function comparable(column: Column): unknown {
  if (column.kind === 'coded') {
    const { texts, values, counts } = column.dictionary
    return { ...column, codes: [...column.codes], dictionary: { texts, values: [...values], counts: [...counts] } }
  }
  if (column.kind === 'float') return { ...column, values: [...column.values] }
  return { ...column, bytes: [...column.bytes], offsets: [...column.offsets] }
}

/** The names of the columns that differ. */
export function differing(a: Table, b: Table): string[] {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
  return a.columns.filter((column, i) => !same(comparable(column), comparable(b.columns[i]!))).map(({ name }) => name)
}

/** The rows of a table as a CSV file, its numbers as numbers. */
export function exported(table: Table): string {
  const pieces = [csvRow(table.columns.map(({ name }) => name))]
  for (let row = 0; row < table.rows; row++) pieces.push(csvRow(table.columns.map((column) => cellOf(column, row))))
  return pieces.join('')
}

function cellOf(column: Column, row: number): string | number {
  const value = valueAt(column, row)
  return column.type === 'number' && !Number.isNaN(value) ? value : textAt(column, row)
}

/** What a file of every type says of a row, trimmed, as it is read. */
export function everyTypeRow(row: number): string[] {
  return Object.values(COLUMNS).map((cell) => cell(row))
}
