const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** Longest ASCII text that is put together by hand, which beats the decoder's fixed cost. */
const SHORT = 24

/** The text of bytes; what is not UTF-8 becomes U+FFFD. */
export function decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT || !isAscii(bytes, start, end)) return lenient.decode(bytes.subarray(start, end))
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
  return text
}

/** Whether bytes are UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF (Unicode, table 3-7). */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end) {
    const lead = bytes[at++]!
    if (lead < 0x80) continue
    const more = bytesAfter(lead)
    if (more === 0 || at + more > end || !maySecond(lead, bytes[at]!)) return false
    for (const last = at + more; ++at < last;) if ((bytes[at]! & 0xc0) !== 0x80) return false
  }
  return true
}

/** How many bytes follow the first of a character; 0 for one that is never first. */
function bytesAfter(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

function maySecond(lead: number, byte: number): boolean {
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  return byte >= least && byte <= most
}

/** The bytes with what is not UTF-8 replaced by U+FFFD. */
export function repair(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return encoder.encode(lenient.decode(bytes.subarray(start, end)))
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return false
  return true
}
