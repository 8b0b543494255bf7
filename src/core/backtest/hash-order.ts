/**
 * Rows by rising hash; rows of one hash keep their order. Two counting passes of 16 bits.
 * @param hashes h(seed, id) per row, 0…2³² − 1
 */
export function byHash(hashes: Uint32Array): Uint32Array {
  const rows = new Uint32Array(hashes.length)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  return countingSort(countingSort(rows, hashes, 0), hashes, 16)
}

/** By the 16 bits of the hash from `shift` up; equals keep their order. */
function countingSort(rows: Uint32Array, hashes: Uint32Array, shift: number): Uint32Array {
  const next = new Uint32Array(0x10001)
  for (let i = 0; i < rows.length; i++) next[((hashes[rows[i]!]! >>> shift) & 0xffff) + 1]!++
  for (let digit = 0; digit < 0x10000; digit++) next[digit + 1]! += next[digit]!
  const sorted = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    sorted[next[(hashes[row]! >>> shift) & 0xffff]!++] = row
  }
  return sorted
}

/**
 * How many of `order` (rows by rising hash) are the first `most` at the most, without parting rows of one hash: a
 * repeated customer is in or out as a whole, whatever the order of the file. At least one hash is in.
 */
export function wholeHashes(order: Uint32Array, hashes: Uint32Array, most: number): number {
  if (order.length <= most) return order.length
  const hashAt = (i: number): number => hashes[order[i]!]!
  let end = most
  while (end > 0 && hashAt(end - 1) === hashAt(end)) end--
  if (end > 0) return end
  while (end < order.length && hashAt(end) === hashAt(0)) end++
  return end
}

/** The rows of the lowest hashes, at most `most` of them: a sample that is the same whatever the order of the file. */
export function lowestHashes(hashes: Uint32Array, most: number): Uint32Array {
  const among = rowsUpTo(hashes, most)
  const own = among.map((row) => hashes[row]!)
  const order = byHash(own)
  return order.subarray(0, wholeHashes(order, own, most)).map((i) => among[i]!)
}

/** The rows whose first 16 bits of the hash are low enough for the lowest `most` and whoever shares the hash after them. */
function rowsUpTo(hashes: Uint32Array, most: number): Uint32Array {
  const counts = new Uint32Array(0x10000)
  for (let row = 0; row < hashes.length; row++) counts[hashes[row]! >>> 16]!++
  let [last, rows] = [-1, 0]
  while (last < 0xffff && rows <= most) rows += counts[++last]!
  const found = new Uint32Array(rows)
  for (let row = 0, at = 0; row < hashes.length; row++) if (hashes[row]! >>> 16 <= last) found[at++] = row
  return found
}
