import type { Dialect } from '../../../core/column/dialect'
import type { ImportReport } from '../../../core/column/import-report'

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
  '^': 'Caret',
  ':': 'Colon',
  '~': 'Tilde',
  '=': 'Equals sign',
  ' ': 'Space',
}

/** What people call a delimiter; a control character by its code. */
export function delimiterWord(delimiter: string): string {
  const code = delimiter.charCodeAt(0)
  return DELIMITERS[delimiter] ?? (code < 32 ? `Character ${code}` : delimiter)
}

const ENCODINGS: Readonly<Record<Dialect['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
}

export function encodingWord(encoding: Dialect['encoding']): string {
  return ENCODINGS[encoding]
}

/**
 * How a file is read, in one line: "Comma, UTF-8, names in the first row, decimal point", "Sheet “Customers”, names in
 * row 4".
 */
export function dialectWords({ dialect, format = 'text' }: Pick<ImportReport, 'dialect' | 'format'>): string {
  if (format === 'parquet') return 'Parquet, with the types of the file'
  if (format === 'json') return 'JSON, one row per object'
  if (format === 'workbook') return `Sheet “${dialect.sheet ?? ''}”, names in row ${dialect.nameRow ?? 1}`
  const names = dialect.header ? 'names in the first row' : 'no names in the first row'
  const decimal = dialect.decimal === '.' ? 'decimal point' : 'decimal comma'
  return [delimiterWord(dialect.delimiter), encodingWord(dialect.encoding), names, decimal].join(', ')
}
