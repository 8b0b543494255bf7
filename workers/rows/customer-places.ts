import { columnNamed, textAt, type Column, type Table } from '../../src/core/column/column'

const encoder = new TextEncoder()

/**
 * The rows of customers by their ID, each in the order of the file; customers who are not there are not named. Only
 * texts that end like one of them are looked at in full. Without an ID column a customer is the number of a row, from 1.
 */
export function placesOf(
  customers: Iterable<string>,
  id: Column | undefined,
  rows: number,
): Map<string, readonly number[]> {
  const wanted = new Set(customers)
  const places = new Map<string, number[]>()
  if (wanted.size === 0) return places
  const likely = likelyRows(wanted, id)
  for (let row = 0; row < rows; row++) {
    if (!likely(row)) continue
    const customer = id ? textAt(id, row) : String(row + 1)
    if (!wanted.has(customer)) continue
    const known = places.get(customer)
    if (known) known.push(row)
    else places.set(customer, [row])
  }
  return places
}

/** By length and last byte, which needs no string. */
function likelyRows(customers: Iterable<string>, id: Column | undefined): (row: number) => boolean {
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

/** Those of some IDs that no row of some tables has. */
export function unknownIn(tables: readonly Table[], id: string | undefined, ids: readonly string[]): string[] {
  const found = new Set<string>()
  for (const table of tables) {
    const column = id === undefined ? undefined : columnNamed(table, id)
    if (column) for (const each of placesOf(ids, column, table.rows).keys()) found.add(each)
  }
  return ids.filter((each) => !found.has(each))
}
