import type { TextColumn } from '../../src/core/column/column'

/** A column of texts, '' where one is missing. */
export function textColumn(texts: readonly string[]): TextColumn {
  const parts = texts.map((text) => new TextEncoder().encode(text))
  const offsets = new Uint32Array(texts.length + 1)
  for (const [i, { length }] of parts.entries()) offsets[i + 1] = offsets[i]! + length
  const bytes = new Uint8Array(offsets[texts.length]!)
  for (const [i, each] of parts.entries()) bytes.set(each, offsets[i])
  return { kind: 'text', name: 'name', type: 'text', bytes, offsets }
}
