/** Space, TAB, LF and CR. */
function isBlankByte(byte: number): boolean {
  return byte === 32 || (byte <= 13 && (byte === 9 || byte === 10 || byte === 13))
}

/** The place past the blanks at the front; U+00A0 is two bytes, C2 A0. */
export function skipForward(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end) {
    if (isBlankByte(bytes[at]!)) at++
    else if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0 && at + 1 < end) at += 2
    else break
  }
  return at
}

/** The place before the blanks at the end. */
export function skipBack(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start) {
    if (isBlankByte(bytes[at - 1]!)) at--
    else if (bytes[at - 1] === 0xa0 && bytes[at - 2] === 0xc2 && at - 2 >= start) at -= 2
    else break
  }
  return at
}

/** Whether a byte may be the end of a blank on either side: a cell that begins and ends with others has none to trim. */
export function mayBlank(byte: number): boolean {
  return byte <= 32 || byte === 0xc2 || byte === 0xa0
}
