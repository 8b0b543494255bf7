import { encodeUtf8 } from '../utf8'

/** A customer is in the hold-out when its hash is below this: 30% of 2³². */
const HOLDOUT_BELOW = 1288490189

const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * h(seed, id): FNV-1a-32 of the UTF-8 bytes of "seed:id", finished by MurmurHash3's fmix32; 0…2³² − 1. Reads the id
 * from bytes[start … end).
 */
export function hashBytes(seed: number, bytes: Uint8Array, start: number, end: number): number {
  return finish(addBytes(seedHash(seed), bytes, start, end))
}

/** The same for an id as text. @example hashId(7, '7590-VHVEG') // 1741365432 */
export function hashId(seed: number, id: string): number {
  const bytes = encodeUtf8(id)
  return hashBytes(seed, bytes, 0, bytes.length)
}

/** Whether a customer with this hash is kept for the test. A repeated customer is on one side by construction. */
export function isHoldout(hash: number): boolean {
  return hash < HOLDOUT_BELOW
}

/** FNV-1a after the bytes of "seed:", which all ids of a split share. */
function seedHash(seed: number): number {
  const bytes = encodeUtf8(`${seed}:`)
  return addBytes(FNV_START, bytes, 0, bytes.length)
}

function addBytes(hash: number, bytes: Uint8Array, start: number, end: number): number {
  let h = hash
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, FNV_PRIME)
  return h
}

function finish(hash: number): number {
  let h = hash
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}
