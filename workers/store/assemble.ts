import { MISSING_CODE, type Column } from '../../src/core/column/column'
import { CHUNK_ROWS, type StoredColumn } from './stored-table'

/** A column from its chunks, in the order of the rows; the chunks are read, not kept. */
export function assembleColumn(stored: StoredColumn, chunks: readonly ArrayBuffer[], rows: number): Column {
  switch (stored.layout) {
    case 'coded':
      return codedColumn(stored, chunks, rows)
    case 'float':
      return { kind: 'float', name: stored.name, type: 'number', values: floats(chunks, rows) }
    case 'text':
      return { kind: 'text', name: stored.name, type: 'text', ...texts(chunks, rows) }
  }
}

/** Codes in the order first seen become places in the sorted dictionary. */
function codedColumn({ name, type, dictionary }: StoredColumn, chunks: readonly ArrayBuffer[], rows: number): Column {
  if (!dictionary || type === 'text') throw new Error(`coded column ${name} has no dictionary`)
  const { texts, values, counts, ranks } = dictionary
  const place = new Uint16Array(MISSING_CODE + 1).fill(MISSING_CODE)
  place.set(ranks)
  const codes = new Uint16Array(rows)
  for (const [i, chunk] of chunks.entries()) {
    const first = i * CHUNK_ROWS
    const seen = new Uint16Array(chunk)
    for (let row = 0; row < seen.length; row++) codes[first + row] = place[seen[row]!]!
  }
  return { kind: 'coded', name, type, codes, dictionary: { texts, values, counts } }
}

function floats(chunks: readonly ArrayBuffer[], rows: number): Float64Array {
  const values = new Float64Array(rows)
  for (const [i, chunk] of chunks.entries()) values.set(new Float64Array(chunk), i * CHUNK_ROWS)
  return values
}

function texts(chunks: readonly ArrayBuffer[], rows: number): { bytes: Uint8Array; offsets: Uint32Array } {
  const parts = chunks.map((chunk, i) => {
    const size = Math.min(CHUNK_ROWS, rows - i * CHUNK_ROWS)
    return { offsets: new Uint32Array(chunk, 0, size + 1), bytes: new Uint8Array(chunk, 4 * (size + 1)) }
  })
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes.length, 0))
  const offsets = new Uint32Array(rows + 1)
  let at = 0
  for (const [i, part] of parts.entries()) {
    bytes.set(part.bytes, at)
    for (let row = 0; row < part.offsets.length; row++) offsets[i * CHUNK_ROWS + row] = at + part.offsets[row]!
    at += part.bytes.length
  }
  return { bytes, offsets }
}
