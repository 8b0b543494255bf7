import type { Dialect } from '../../../core/column/dialect'

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

/** How a file is read, in one line: "Comma, UTF-8, names in the first row, decimal point". */
export function dialectWords(dialect: Dialect): string {
  const names = dialect.header ? 'names in the first row' : 'no names in the first row'
  const decimal = dialect.decimal === '.' ? 'decimal point' : 'decimal comma'
  return [delimiterWord(dialect.delimiter), encodingWord(dialect.encoding), names, decimal].join(', ')
}
