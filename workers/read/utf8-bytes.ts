const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
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

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  if (isAscii(bytes, start, end)) return true
  try {
    strict.decode(bytes.subarray(start, end))
    return true
  } catch {
    return false
  }
}

/** The bytes with what is not UTF-8 replaced by U+FFFD. */
export function repair(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return encoder.encode(lenient.decode(bytes.subarray(start, end)))
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return false
  return true
}
