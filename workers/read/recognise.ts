import type { FileFormat } from '../../src/core/column/dialect'

/** A file that holds no table that is read here: what it seems to be, and what to do. */
interface Unread {
  readonly seems: string
  readonly todo: string
}

const EXPORT = 'Export the table from where it came from as CSV or .xlsx and drop that.'
const UNPACK = 'Unpack it and drop the files that are in it.'
const AS_XLSX = 'Open it there, save it as .xlsx or CSV and drop that.'

/** Beginnings of files that are no tables, what people call them, and what to do. */
const BEGINNINGS: readonly (readonly [seems: string, todo: string, bytes: readonly number[]])[] = [
  ['an empty zip file', EXPORT, [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel workbook (.xls), or one with a password', AS_XLSX, [0xd0, 0xcf, 0x11, 0xe0]],
  ['a gzip file', UNPACK, [0x1f, 0x8b]],
  ['a PDF', EXPORT, [0x25, 0x50, 0x44, 0x46]],
  ['a PNG picture', EXPORT, [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', EXPORT, [0xff, 0xd8, 0xff]],
  ['a 7-Zip file', UNPACK, [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR file', UNPACK, [0x52, 0x61, 0x72, 0x21]],
  ['an SQLite database', EXPORT, [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['text in UTF-32', 'Save it as UTF-8 and drop that.', [0xff, 0xfe, 0x00, 0x00]],
  ['text in UTF-32', 'Save it as UTF-8 and drop that.', [0x00, 0x00, 0xfe, 0xff]],
]

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const PARQUET = [0x50, 0x41, 0x52, 0x31]

/** What a file is by its first bytes. Anything that may be delimited text is taken for it. */
export function recognise(head: Uint8Array): FileFormat | Unread {
  const known = BEGINNINGS.find(([, , bytes]) => startsWith(head, bytes))
  if (known) return { seems: known[0], todo: known[1] }
  if (startsWith(head, PARQUET)) return 'parquet'
  if (startsWith(head, ZIP)) return zipped(head)
  const text = new TextDecoder().decode(head.subarray(0, 512)).trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return { seems: 'a web page', todo: EXPORT }
  if (text.startsWith('<?xml')) return { seems: 'an XML file', todo: EXPORT }
  return /^\{\s*["}]|^\[\s*[{[\]]/.test(text) ? 'json' : 'text'
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.length <= head.length && bytes.every((byte, i) => head[i] === byte)
}

/** A workbook names its parts in plain text; other programs' files do too. */
function zipped(head: Uint8Array): FileFormat | Unread {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 65_536))
  if (text.includes('opendocument.spreadsheet')) return { seems: 'an OpenDocument sheet (.ods)', todo: AS_XLSX }
  if (text.includes('xl/workbook.bin')) return { seems: 'a binary Excel workbook (.xlsb)', todo: AS_XLSX }
  if (text.includes('word/') || text.includes('ppt/')) return { seems: 'a Word or PowerPoint file', todo: EXPORT }
  if (text.includes('Index/Document.iwa')) return { seems: 'a Numbers sheet', todo: AS_XLSX }
  return text.includes('xl/') || text.includes('[Content_Types].xml')
    ? 'workbook'
    : { seems: 'a zip file', todo: UNPACK }
}
