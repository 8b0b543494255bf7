import type { Renaming } from './column-names'
import { bytes, counted, whole } from '../figure'

interface InFile {
  readonly about: 'reading'
  readonly file: string
}
interface AtLine extends InFile {
  /** Physical line of the file, from 1. */
  readonly line: number
}
interface AtCell extends AtLine {
  readonly column: string
  readonly text: string
}

/** Something in an imported file, or on its way into the browser, that a user may want to fix. */
export type ReadingProblem =
  | (InFile & { readonly kind: 'empty file' | 'file changed' | 'folder' | 'too many columns' | 'damaged data' })
  | (InFile & { readonly kind: 'header only'; readonly line: number })
  /** What it is, and what to do about it. */
  | (InFile & { readonly kind: 'not a table'; readonly seems: string; readonly todo: string })
  | (InFile & { readonly kind: 'damaged file'; readonly what: string })
  | (InFile & { readonly kind: 'too large'; readonly size: number; readonly most: number; readonly todo: string })
  | (InFile & { readonly kind: 'no sheet'; readonly sheet: string | undefined })
  | (InFile & { readonly kind: 'cancelled' | 'reading ended' | 'storage failed'; readonly rows: number })
  | (InFile & { readonly kind: 'storage full'; readonly needed: number })
  | (InFile & { readonly kind: 'needs the file' | 'too many values'; readonly column: string })
  | (InFile & { readonly kind: 'windows-1252' })
  /** Rows of a joined file whose key no customer has, with the first such key. */
  | (InFile & { readonly kind: 'orphans'; readonly column: string; readonly rows: number; readonly text: string })
  | (InFile & { readonly kind: 'no key'; readonly column: string; readonly rows: number })
  | (InFile & { readonly kind: 'not joined' })
  /** Against the file that a remembered recipe was made with. */
  | (InFile & { readonly kind: 'other columns'; readonly came: readonly string[]; readonly went: readonly string[] })
  | (InFile & { readonly kind: 'recipe'; readonly what: string })
  /** What a person's choices did to the data. */
  | (InFile & { readonly kind: 'cleaned'; readonly what: string })
  | (InFile & { readonly kind: 'day or month'; readonly column: string; readonly text: string })
  | (AtLine & {
      readonly kind: 'short row' | 'long row'
      readonly cells: number
      readonly columns: number
      readonly text: string
    })
  | (AtLine & { readonly kind: 'unclosed quote' | 'nul' | 'blank row' })
  | (AtLine & { readonly kind: 'bad json'; readonly text: string })
  | (AtCell & { readonly kind: 'renamed'; readonly because: Renaming })
  /** Several columns without a name, by the names that they are given. */
  | (AtLine & { readonly kind: 'no names'; readonly columns: readonly string[] })
  | (AtCell & { readonly kind: 'text after a quote' | 'not utf-8' | 'error cell' })
  | (AtCell & { readonly kind: 'not a number' | 'not a date' | 'not yes or no' })

export type ReadingKind = ReadingProblem['kind']

const WARNINGS: ReadonlySet<ReadingKind> = new Set([
  ...(['short row', 'long row', 'unclosed quote', 'nul', 'text after a quote', 'not utf-8'] as const),
  ...([
    'bad json',
    'orphans',
    'no key',
    'not joined',
    'other columns',
    'not a number',
    'not a date',
    'not yes or no',
    'day or month',
    'too many values',
    'cancelled',
  ] as const),
])
const NOTES: ReadonlySet<ReadingKind> = new Set([
  'renamed',
  'no names',
  'windows-1252',
  'blank row',
  'error cell',
  'cleaned',
] as const)

/** Whether it stops the import, deserves a look, or is only worth knowing. */
export function readingSeverity(kind: ReadingKind): 'error' | 'warning' | 'note' {
  return WARNINGS.has(kind) ? 'warning' : NOTES.has(kind) ? 'note' : 'error'
}

/** A cell's text, cut where it is too long to read. */
function quoted(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`
}

/** The first names of a list. */
function listed(names: readonly string[]): string {
  const first = names.slice(0, 5).map((name) => `“${name}”`)
  return names.length > 5 ? `${first.join(', ')} and ${whole(names.length - 5)} more` : first.join(', ')
}

const RENAMED: Readonly<Record<Renaming, string>> = {
  empty: 'has no name',
  repeated: 'repeats a name',
  'control characters': 'has invisible characters in its name',
  'too long': 'has a very long name',
}

type Words<Kind extends ReadingKind> = (problem: ReadingProblem & { readonly kind: Kind }) => string

const WORDS: { readonly [Kind in ReadingKind]: Words<Kind> } = {
  'empty file': ({ file }) => `${file} is empty: it has no rows. Choose another file.`,
  'header only': ({ file, line }) => `${file} has column names in line ${whole(line)} and no rows below them.`,
  'file changed': ({ file }) => `${file} changed while it was read, so nothing of it was taken. Read it again.`,
  folder: ({ file }) => `${file} is a folder. Drop the files that are in it.`,
  'not a table': ({ file, seems, todo }) => `${file} seems to be ${seems}. ${todo}`,
  'damaged file': ({ file, what }) => `${file} cannot be read: ${what} Nothing of it was taken.`,
  'too large': ({ file, size, most, todo }) =>
    `${file} would need ${bytes(size)} once unpacked, and ${bytes(most)} is the most. ${todo}`,
  'no sheet': ({ file, sheet }) =>
    sheet === undefined
      ? `No sheet of ${file} has a row of names with rows below it.`
      : `${file} has no sheet “${sheet}”, or nothing is in it. Choose another.`,
  'too many columns': ({ file }) =>
    `${file} has over 16,384 columns, more than any spreadsheet. Check what parts its cells.`,
  'damaged data': ({ file }) =>
    `Part of the data of ${file} in this browser is damaged. The model is fine. Read the file again.`,
  cancelled: ({ rows }) => `Reading stopped after ${counted(rows, 'row')}. Your previous data is unchanged.`,
  'reading ended': ({ file, rows }) =>
    `The browser ended the reading of ${file}${rows > 0 ? ` after ${counted(rows, 'row')}` : ''}, most likely for want of memory. Your previous data is unchanged. Close other tabs and read it again, or leave out columns that are not needed.`,
  'storage full': ({ file, needed }) =>
    `This browser has no room for ${file}: it needs about ${bytes(needed)}. Your previous data is kept. Free some space and read it again.`,
  'storage failed': ({ file }) =>
    `This browser could not store ${file}. Your previous data is kept. Read it again, or try another browser.`,
  'needs the file': ({ file, column }) =>
    `“${column}” holds too many different values to change its type from memory. Drop ${file} again and set its type there.`,
  'too many values': ({ column }) =>
    `“${column}” has over 65,535 different values, too many for categories. It is read as text.`,
  'windows-1252': ({ file }) => `${file} is not UTF-8 and is read as Windows-1252. Change it if letters look wrong.`,
  'day or month': ({ column, text }) =>
    `${quoted(text)} in “${column}” may be day or month first, and no date in the file tells. It is read as month first.`,
  orphans: ({ file, column, rows, text }) =>
    `${counted(rows, 'row')} of ${file} ${rows === 1 ? 'has' : 'have'} a “${column}” that no customer has, such as ${quoted(text)}, and ${rows === 1 ? 'is' : 'are'} left out.`,
  'no key': ({ file, column, rows }) =>
    `${counted(rows, 'row')} of ${file} ${rows === 1 ? 'has' : 'have'} no “${column}” and ${rows === 1 ? 'is' : 'are'} left out.`,
  'not joined': ({ file }) =>
    `${file} has no key that another of the files has, so it is left out. Say which columns belong together.`,
  'other columns': ({ file, came, went }) =>
    [
      ...(went.length > 0 ? [`${file} no longer has ${listed(went)}, and what was made of it is left out.`] : []),
      ...(came.length > 0 ? [`${file} now has ${listed(came)}.`] : []),
    ].join(' '),
  cleaned: ({ what }) => what,
  recipe: ({ file, what }) => `${file}: ${what}`,
  'short row': ({ line, cells, columns }) =>
    `Line ${whole(line)} has ${counted(cells, 'cell')}, the names have ${whole(columns)}. The cells it lacks are blank.`,
  'long row': ({ line, cells, columns, text }) =>
    `Line ${whole(line)} has ${counted(cells, 'cell')}, the names have ${whole(columns)}. What is beyond them is left out: ${quoted(text)}.`,
  'unclosed quote': ({ line }) =>
    `A quote opens in line ${whole(line)} and never closes. It is read as a plain character.`,
  'bad json': ({ line, text }) => `Line ${whole(line)} is no JSON object and is left out: ${quoted(text)}.`,
  'error cell': ({ line, column, text }) =>
    `Row ${whole(line)}: “${column}” shows the error ${text} in the sheet. It counts as missing.`,
  nul: ({ line }) => `Line ${whole(line)} has NUL characters. They are left out.`,
  'blank row': ({ line }) => `Line ${whole(line)} has nothing in any cell. It is left out.`,
  renamed: ({ column, line, because, text }) =>
    `A column ${RENAMED[because]} in line ${whole(line)}${text === '' ? '' : ` (${quoted(text)})`}. It is called “${column}”.`,
  'no names': ({ line, columns }) =>
    `${counted(columns.length, 'column')} have no name in line ${whole(line)}. They are called ${listed(columns)}.`,
  'text after a quote': ({ line, column, text }) =>
    `Line ${whole(line)}, “${column}”: text follows a closing quote. It is kept: ${quoted(text)}.`,
  'not utf-8': ({ line, column, text }) =>
    `Line ${whole(line)}, “${column}”: ${quoted(text)} is not UTF-8. Read the file as Windows-1252 if that is what it is.`,
  'not a number': ({ line, column, text }) =>
    `Line ${whole(line)}: ${quoted(text)} in “${column}” is not a number. It counts as missing.`,
  'not a date': ({ line, column, text }) =>
    `Line ${whole(line)}: ${quoted(text)} in “${column}” is not a date. It counts as missing.`,
  'not yes or no': ({ line, column, text }) =>
    `Line ${whole(line)}: ${quoted(text)} in “${column}” is neither yes nor no. It counts as missing.`,
}

/** What happened and where, what it means for the data, and what to do. */
export function describeReading(problem: ReadingProblem): string {
  const words = WORDS[problem.kind] as (problem: ReadingProblem) => string
  return words(problem)
}
