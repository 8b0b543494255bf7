/** Beginnings of files that are no tables in text, and what people call them. */
const BEGINNINGS: readonly (readonly [string, readonly number[]])[] = [
  ['an Excel workbook or another zip file', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty zip file', [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a gzip file', [0x1f, 0x8b]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a 7-Zip file', [0x37, 0x7a, 0xbc, 0xaf]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['text in UTF-32', [0xff, 0xfe, 0x00, 0x00]],
  ['text in UTF-32', [0x00, 0x00, 0xfe, 0xff]],
]

/** What a file seems to be by its first bytes when it is no CSV or TSV; undefined when it may be one. */
export function seemsToBe(head: Uint8Array): string | undefined {
  const known = BEGINNINGS.find(
    ([, bytes]) => bytes.length <= head.length && bytes.every((byte, i) => head[i] === byte),
  )
  if (known) return known[0]
  const text = new TextDecoder().decode(head.subarray(0, 512)).trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'a web page'
  if (text.startsWith('<?xml')) return 'an XML file'
  return /^\{\s*"|^\[\s*[{[\]]/.test(text) ? 'a JSON file' : undefined
}
