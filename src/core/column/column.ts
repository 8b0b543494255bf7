import { decodeUtf8 } from '../utf8'

/** What the cells of an imported column are. Decided once, over the whole file; IDs are always text. */
export type ColumnType = 'number' | 'boolean' | 'category' | 'date' | 'text'

/** The code of a blank cell in a coded column. */
export const MISSING_CODE = 65535

/** Most distinct texts that a coded column holds. Beyond it numbers become floats, everything else text. */
export const MAX_CODES = 65535

/**
 * The distinct values of a coded column, rising: numbers and dates by value, booleans false before true, categories by
 * code points. Entries that are missing words or cannot be read as the column's type come last; their value is NaN.
 */
export interface Dictionary {
  /** The cell's text as written, trimmed, one per code. Two spellings of one number are two entries. */
  readonly texts: readonly string[]
  /** number: the value; date: days since 1970-01-01; boolean: 0 or 1; category: the code; NaN: missing. One per code. */
  readonly values: Float64Array
  /** Rows that have each code; blank cells are not among them. */
  readonly counts: Uint32Array
}

/** A column with at most 65,535 distinct texts: a dictionary, and one code per row. */
export interface CodedColumn {
  readonly kind: 'coded'
  readonly name: string
  readonly type: Exclude<ColumnType, 'text'>
  /** Index into the dictionary per row; MISSING_CODE for a blank cell. */
  readonly codes: Uint16Array
  readonly dictionary: Dictionary
}

/** A number column with more distinct texts than a dictionary holds. NaN is missing. */
export interface FloatColumn {
  readonly kind: 'float'
  readonly name: string
  readonly type: 'number'
  readonly values: Float64Array
}

/** IDs, names and free text, trimmed, as UTF-8. An empty text is missing. */
export interface TextColumn {
  readonly kind: 'text'
  readonly name: string
  readonly type: 'text'
  readonly bytes: Uint8Array
  /** Row r is bytes[offsets[r] … offsets[r + 1]). One longer than the rows. */
  readonly offsets: Uint32Array
}

export type Column = CodedColumn | FloatColumn | TextColumn

/** The customers of one data set: columns of equal length, in the order of the file. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** The column of that name; when a file repeats a name, import has renamed the later ones. */
export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name)
}

/** The number behind a row: a number, days since 1970-01-01, 0 or 1, a category's code. NaN is missing; text is NaN. */
export function valueAt(column: Column, row: number): number {
  if (column.kind === 'float') return column.values[row]!
  if (column.kind === 'text') return NaN
  const code = column.codes[row]!
  return code === MISSING_CODE ? NaN : column.dictionary.values[code]!
}

/** The cell as written, trimmed. '' for a blank cell; a float column gives the shortest text of its number. */
export function textAt(column: Column, row: number): string {
  if (column.kind === 'text') return decodeUtf8(column.bytes, column.offsets[row], column.offsets[row + 1])
  if (column.kind === 'float') {
    const value = column.values[row]!
    return Number.isNaN(value) ? '' : String(value)
  }
  const code = column.codes[row]!
  return code === MISSING_CODE ? '' : column.dictionary.texts[code]!
}
