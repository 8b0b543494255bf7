import { MAX_CODES, MISSING_CODE, type CodedColumn, type Column, type Dictionary, type TextColumn } from './column'

/** Numbers as a column: coded where they are few, as an imported one would be. NaN is missing. */
export function columnOfNumbers(name: string, values: Float64Array): Column {
  const distinct = new Set<number>()
  for (const value of values) {
    if (Number.isNaN(value)) continue
    distinct.add(value)
    if (distinct.size > MAX_CODES) return { kind: 'float', name, type: 'number', values }
  }
  const rising = Float64Array.from(distinct).sort()
  const codeOf = new Map([...rising].map((value, code) => [value, code]))
  const counts = new Uint32Array(rising.length)
  const codes = Uint16Array.from(values, (value) => codeOf.get(value) ?? MISSING_CODE)
  for (const code of codes) if (code !== MISSING_CODE) counts[code]!++
  return {
    kind: 'coded',
    name,
    type: 'number',
    codes,
    dictionary: { texts: [...rising].map(String), values: rising, counts },
  }
}

/** The cells of some rows as a column of their own. @param rows per new row the row to take, −1 for none */
export function pickRows(column: Column, rows: Int32Array, name = column.name): Column {
  switch (column.kind) {
    case 'coded':
      return pickCodes(column, rows, name)
    case 'float':
      return { ...column, name, values: Float64Array.from(rows, (row) => (row < 0 ? NaN : column.values[row]!)) }
    case 'text':
      return pickTexts(column, rows, name)
  }
}

/** The dictionary keeps only the texts that are still there. */
function pickCodes({ codes, dictionary, type }: CodedColumn, rows: Int32Array, name: string): CodedColumn {
  const counts = new Uint32Array(MISSING_CODE + 1)
  for (const row of rows) counts[row < 0 ? MISSING_CODE : codes[row]!]!++
  const used = Array.from(dictionary.texts.keys()).filter((code) => counts[code]! > 0)
  const newCode = new Uint16Array(MISSING_CODE + 1).fill(MISSING_CODE)
  for (const [at, code] of used.entries()) newCode[code] = at
  const kept: Dictionary = {
    texts: used.map((code) => dictionary.texts[code]!),
    values: Float64Array.from(used, (code, at) =>
      type === 'category' && !Number.isNaN(dictionary.values[code]!) ? at : dictionary.values[code]!,
    ),
    counts: Uint32Array.from(used, (code) => counts[code]!),
  }
  const picked = Uint16Array.from(rows, (row) => (row < 0 ? MISSING_CODE : newCode[codes[row]!]!))
  return { kind: 'coded', name, type, codes: picked, dictionary: kept }
}

function pickTexts({ bytes, offsets }: TextColumn, rows: Int32Array, name: string): TextColumn {
  const ends = new Uint32Array(rows.length + 1)
  for (const [i, row] of rows.entries()) ends[i + 1] = ends[i]! + (row < 0 ? 0 : offsets[row + 1]! - offsets[row]!)
  const picked = new Uint8Array(ends.at(-1)!)
  for (const [i, row] of rows.entries())
    if (row >= 0) picked.set(bytes.subarray(offsets[row], offsets[row + 1]), ends[i])
  return { kind: 'text', name, type: 'text', bytes: picked, offsets: ends }
}
