import type { Column } from '../../src/core/column/column'

const encoder = new TextEncoder()

/** Marks the rows whose text holds `part`, in any case. @param marks per row; only set, never taken away */
export function findText(column: Column, part: string, marks: Uint8Array): void {
  if (column.kind === 'text') findInTexts(column.bytes, column.offsets, part, marks)
  else if (column.kind === 'coded') {
    const lower = part.toLowerCase()
    const found = Uint8Array.from(column.dictionary.texts, (text) => Number(text.toLowerCase().includes(lower)))
    for (let row = 0; row < marks.length; row++) if (found[column.codes[row]!] === 1) marks[row] = 1
  } else {
    for (let row = 0; row < marks.length; row++) if (String(column.values[row]!).includes(part)) marks[row] = 1
  }
}

/**
 * By bytes, each equal to that of the lower or the upper spelling: no string is made of a million names. Letters whose two
 * cases differ in length are found as written.
 */
function findInTexts(bytes: Uint8Array, offsets: Uint32Array, part: string, marks: Uint8Array): void {
  let lower = encoder.encode(part.toLowerCase())
  let upper = encoder.encode(part.toUpperCase())
  if (lower.length !== upper.length) lower = upper = encoder.encode(part)
  const { length } = lower
  const [first, second] = [lower[0]!, upper[0]!]
  for (let row = 0; row < marks.length; row++) {
    const last = offsets[row + 1]! - length
    for (let at = offsets[row]!; at <= last; at++) {
      if (bytes[at] !== first && bytes[at] !== second) continue
      let i = 1
      while (i < length && (bytes[at + i] === lower[i] || bytes[at + i] === upper[i])) i++
      if (i < length) continue
      marks[row] = 1
      break
    }
  }
}
