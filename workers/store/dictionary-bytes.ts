import type { StoredDictionary } from './stored-table'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Texts as UTF-8, one behind the other, and where each ends. */
function encoded(texts: readonly string[]): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
  const ends = new Uint32Array(texts.length)
  let at = 0
  for (const [i, text] of texts.entries()) ends[i] = at += text.length
  const together = encoder.encode(texts.join(''))
  // Most are ASCII, where every character is a byte: asking the encoder for each would cost more than all the rest.
  if (together.length === at) return { bytes: together, ends }
  const each = texts.map((text) => encoder.encode(text))
  const bytes = new Uint8Array(each.reduce((sum, { length }) => sum + length, 0))
  at = 0
  for (const [i, text] of each.entries()) {
    bytes.set(text, at)
    ends[i] = at += text.length
  }
  return { bytes, ends }
}

/** A dictionary as one buffer: how many, values, where texts end, counts, ranks, the texts as UTF-8. */
export function packDictionary({ texts, values, counts, ranks }: StoredDictionary): ArrayBuffer {
  const { bytes, ends } = encoded(texts)
  const n = texts.length
  const layout = layoutOf(n)
  const buffer = new ArrayBuffer(layout.texts + bytes.length)
  new Uint32Array(buffer, 0, 2)[0] = n
  new Float64Array(buffer, layout.values, n).set(values)
  new Uint32Array(buffer, layout.counts, n).set(counts)
  new Uint16Array(buffer, layout.ranks, n).set(ranks)
  new Uint32Array(buffer, layout.ends, n).set(ends)
  new Uint8Array(buffer, layout.texts).set(bytes)
  return buffer
}

/** The dictionary in a buffer that packDictionary made. */
export function unpackDictionary(buffer: ArrayBuffer): StoredDictionary {
  const n = new Uint32Array(buffer, 0, 1)[0]!
  const layout = layoutOf(n)
  const ends = new Uint32Array(buffer, layout.ends, n)
  const bytes = new Uint8Array(buffer, layout.texts)
  return {
    texts: Array.from(ends, (end, i) => decoder.decode(bytes.subarray(i === 0 ? 0 : ends[i - 1], end))),
    values: new Float64Array(buffer, layout.values, n).slice(),
    counts: new Uint32Array(buffer, layout.counts, n).slice(),
    ranks: new Uint16Array(buffer, layout.ranks, n).slice(),
  }
}

/** Where each part starts: eight bytes of head, then by falling size of the element, so that all are aligned. */
function layoutOf(n: number) {
  const values = 8
  const ends = values + 8 * n
  const counts = ends + 4 * n
  const ranks = counts + 4 * n
  return { values, ends, counts, ranks, texts: ranks + 2 * n }
}
