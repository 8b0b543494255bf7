import type { StoredDictionary } from './stored-table'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A dictionary as one buffer: how many, values, where texts end, counts, ranks, the texts as UTF-8. */
export function packDictionary({ texts, values, counts, ranks }: StoredDictionary): ArrayBuffer {
  const encoded = texts.map((text) => encoder.encode(text))
  const size = encoded.reduce((sum, bytes) => sum + bytes.length, 0)
  const n = texts.length
  const layout = layoutOf(n)
  const buffer = new ArrayBuffer(layout.texts + size)
  new Uint32Array(buffer, 0, 2)[0] = n
  new Float64Array(buffer, layout.values, n).set(values)
  new Uint32Array(buffer, layout.counts, n).set(counts)
  new Uint16Array(buffer, layout.ranks, n).set(ranks)
  const ends = new Uint32Array(buffer, layout.ends, n)
  const bytes = new Uint8Array(buffer, layout.texts)
  let at = 0
  for (const [i, text] of encoded.entries()) {
    bytes.set(text, at)
    at += text.length
    ends[i] = at
  }
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
