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
 * cases differ in length are found as written. All texts are gone through as one, in strides as long as the part allows
 * (Horspool); what begins in one text and ends in the next is none.
 */
function findInTexts(bytes: Uint8Array, offsets: Uint32Array, part: string, marks: Uint8Array): void {
  let lower = encoder.encode(part.toLowerCase())
  let upper = encoder.encode(part.toUpperCase())
  if (lower.length !== upper.length) lower = upper = encoder.encode(part)
  const last = lower.length - 1
  const strides = stridesOf(lower, upper)
  const [lowerLast, upperLast] = [lower[last], upper[last]]
  const end = offsets[marks.length]!
  for (let at = offsets[0]! + last, row = 0; at < end;) {
    const byte = bytes[at]!
    if ((byte === lowerLast || byte === upperLast) && isSpelled(bytes, at - last, lower, upper)) {
      while (offsets[row + 1]! <= at) row++
      if (at - last >= offsets[row]!) marks[row] = 1
    }
    at += strides[byte]!
  }
}

function isSpelled(bytes: Uint8Array, start: number, lower: Uint8Array, upper: Uint8Array): boolean {
  for (let i = 0; i < lower.length - 1; i++) {
    const byte = bytes[start + i]
    if (byte !== lower[i] && byte !== upper[i]) return false
  }
  return true
}

/** How far to go on from where a byte stands under the last one of a part: to where it could be one of the others. */
function stridesOf(lower: Uint8Array, upper: Uint8Array): Uint32Array {
  const last = lower.length - 1
  const strides = new Uint32Array(256).fill(Math.max(1, lower.length))
  for (let i = 0; i < last; i++) strides[lower[i]!] = strides[upper[i]!] = last - i
  return strides
}
