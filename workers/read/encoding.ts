import type { Encoding } from '../../src/core/column/dialect'
import { isUtf8 } from './utf8-bytes'

export interface FoundEncoding {
  readonly encoding: Encoding
  /** Bytes of the byte order mark. */
  readonly mark: number
}

/** The encoding of a file by its mark, by where UTF-16 puts its zeros, or by what the bytes cannot be. */
export function findEncoding(head: Uint8Array): FoundEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 }
  const wide = wideEncoding(head.subarray(0, 4096))
  if (wide) return { encoding: wide, mark: 0 }
  return { encoding: isUtf8(head, 0, wholeCharacters(head)) ? 'utf-8' : 'windows-1252', mark: 0 }
}

/** UTF-16 without a mark: most letters of most tables are ASCII, whose other byte is zero. */
function wideEncoding(head: Uint8Array): Encoding | undefined {
  const pairs = Math.floor(head.length / 2)
  if (pairs < 4) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (head[at] === 0) even++
    if (head[at + 1] === 0) odd++
  }
  if (odd > 0.4 * pairs && even < 0.05 * pairs) return 'utf-16le'
  return even > 0.4 * pairs && odd < 0.05 * pairs ? 'utf-16be' : undefined
}

/** Where the last character that may be cut off begins: a sample ends in the middle of anything. */
function wholeCharacters(head: Uint8Array): number {
  let at = head.length
  while (at > 0 && head.length - at < 3 && (head[at - 1]! & 0xc0) === 0x80) at--
  return at > 0 && head[at - 1]! >= 0xc0 ? at - 1 : head.length
}

/**
 * The bytes of a file as UTF-8 without its mark. Anything but UTF-8 goes through one streaming decoder.
 * @param onread called with the number of bytes of the file itself that have been read
 */
export async function* utf8Bytes(
  source: Blob,
  { encoding, mark }: FoundEncoding,
  onread: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const body = (mark > 0 ? source.slice(mark) : source).stream()
  if (encoding === 'utf-8') {
    for await (const chunk of ahead(body)) {
      onread(chunk.length)
      yield chunk
    }
    return
  }
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, next) => {
      onread(chunk.length)
      next.enqueue(chunk)
    },
  })
  const encoder = new TextEncoder()
  const texts = body.pipeThrough(counted).pipeThrough(new TextDecoderStream(encoding, { ignoreBOM: true }))
  for await (const text of ahead(texts)) yield encoder.encode(text)
}

/** The beginning of a file as UTF-8 bytes without its mark. */
export function utf8Head(head: Uint8Array, { encoding, mark }: FoundEncoding): Uint8Array {
  const body = head.subarray(mark)
  return encoding === 'utf-8' ? body : new TextEncoder().encode(new TextDecoder(encoding).decode(body))
}

/** The pieces of a stream. The next one is fetched while one is worked on. */
async function* ahead<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader()
  try {
    let next = reader.read()
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = reader.read()
      // Whoever awaits it hears of a failure; nobody may, when the reading ends early.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    // Also when the caller stops early, so that the file is let go of.
    await reader.cancel().catch(() => undefined)
  }
}
