import { textAt, type Column } from '../../src/core/column/column'
import type { Override } from '../../src/core/customers/override'

/** The overrides by row, for every row of their customer, and those whose customer is not in the data. */
export interface PlacedOverrides {
  readonly byRow: ReadonlyMap<number, Override>
  readonly orphans: readonly Override[]
}

const encoder = new TextEncoder()

/** Finds the rows of overrides' customers. Only texts that end like one of them are looked at in full. */
export function placeOverrides(overrides: readonly Override[], id: Column | undefined, rows: number): PlacedOverrides {
  const wanted = new Map(overrides.map((override) => [override.customer, override]))
  const byRow = new Map<number, Override>()
  const found = new Set<string>()
  if (wanted.size > 0) {
    const likely = likelyRows([...wanted.keys()], id)
    for (let row = 0; row < rows; row++) {
      if (!likely(row)) continue
      const customer = id ? textAt(id, row) : String(row + 1)
      const override = wanted.get(customer)
      if (!override) continue
      byRow.set(row, override)
      found.add(customer)
    }
  }
  return { byRow, orphans: overrides.filter(({ customer }) => !found.has(customer)) }
}

/** By length and last byte, which needs no string. */
function likelyRows(customers: readonly string[], id: Column | undefined): (row: number) => boolean {
  if (id?.kind !== 'text') return () => true
  const { bytes, offsets } = id
  const marks = new Uint8Array(65_536)
  for (const text of customers) {
    const encoded = encoder.encode(text)
    marks[(encoded.length % 256) * 256 + (encoded.at(-1) ?? 0)] = 1
  }
  return (row) => {
    const [start, end] = [offsets[row]!, offsets[row + 1]!]
    return marks[((end - start) % 256) * 256 + (end > start ? bytes[end - 1]! : 0)] === 1
  }
}
