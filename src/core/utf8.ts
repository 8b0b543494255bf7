/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as everywhere on the web. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0)!
    const scalar = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
    if (scalar < 0x80) bytes.push(scalar)
    else if (scalar < 0x800) bytes.push(0xc0 | (scalar >> 6), 0x80 | (scalar & 63))
    else if (scalar < 0x10000) bytes.push(0xe0 | (scalar >> 12), 0x80 | ((scalar >> 6) & 63), 0x80 | (scalar & 63))
    else {
      bytes.push(0xf0 | (scalar >> 18), 0x80 | ((scalar >> 12) & 63), 0x80 | ((scalar >> 6) & 63), 0x80 | (scalar & 63))
    }
  }
  return Uint8Array.from(bytes)
}

/** The text of bytes that are known to be valid UTF-8, from `start` up to `end`. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  let at = start
  while (at < end) {
    const lead = bytes[at]!
    if (lead < 0x80) {
      text += String.fromCharCode(lead)
      at += 1
    } else if (lead < 0xe0) {
      text += String.fromCharCode(((lead & 31) << 6) | (bytes[at + 1]! & 63))
      at += 2
    } else if (lead < 0xf0) {
      text += String.fromCharCode(((lead & 15) << 12) | ((bytes[at + 1]! & 63) << 6) | (bytes[at + 2]! & 63))
      at += 3
    } else {
      const high = ((lead & 7) << 18) | ((bytes[at + 1]! & 63) << 12)
      text += String.fromCodePoint(high | ((bytes[at + 2]! & 63) << 6) | (bytes[at + 3]! & 63))
      at += 4
    }
  }
  return text
}
