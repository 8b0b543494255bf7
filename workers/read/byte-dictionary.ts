/** Distinct byte strings, numbered in the order first seen. Small until it has much to hold: files have many columns. */
export class ByteDictionary {
  #size = 0
  /** Open addressing: the number of an entry, or −1. At most half full. */
  #table = new Int32Array(16).fill(-1)
  #hashes = new Int32Array(8)
  #ends = new Uint32Array(8)
  #bytes = new Uint8Array(64)
  #counts = new Uint32Array(8)

  get size(): number {
    return this.#size
  }

  /** How often each entry was added. */
  get counts(): Uint32Array {
    return this.#counts.subarray(0, this.#size)
  }

  /** The number of bytes[start … end), which it is given when it is new; −1 when it is new and `limit` are known. */
  add(bytes: Uint8Array, start: number, end: number, limit: number): number {
    let hash = 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    const table = this.#table
    const mask = table.length - 1
    let at = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const entry = table[at]!
      if (entry < 0) break
      if (this.#hashes[entry] === hash && this.#equals(entry, bytes, start, end)) {
        this.#counts[entry]!++
        return entry
      }
      at = (at + 1) & mask
    }
    if (this.#size === limit) return -1
    table[at] = this.#size
    return this.#append(hash, bytes, start, end)
  }

  /** Where an entry lies in `bytes`. */
  range(entry: number): { readonly start: number; readonly end: number } {
    return { start: this.#start(entry), end: this.#ends[entry]! }
  }

  get bytes(): Uint8Array {
    return this.#bytes
  }

  #start(entry: number): number {
    return entry === 0 ? 0 : this.#ends[entry - 1]!
  }

  #equals(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#start(entry)
    if (this.#ends[entry]! - from !== end - start) return false
    const own = this.#bytes
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== own[j]) return false
    return true
  }

  #append(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#size++
    if (entry === this.#hashes.length) this.#growEntries()
    const from = this.#start(entry)
    const to = from + end - start
    if (to > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, to))
      larger.set(this.#bytes.subarray(0, from))
      this.#bytes = larger
    }
    this.#bytes.set(bytes.subarray(start, end), from)
    this.#hashes[entry] = hash
    this.#ends[entry] = to
    this.#counts[entry] = 1
    if (2 * this.#size > this.#table.length) this.#growTable()
    return entry
  }

  #growEntries(): void {
    this.#hashes = grown(this.#hashes, new Int32Array(2 * this.#hashes.length))
    this.#ends = grown(this.#ends, new Uint32Array(2 * this.#ends.length))
    this.#counts = grown(this.#counts, new Uint32Array(2 * this.#counts.length))
  }

  #growTable(): void {
    const table = new Int32Array(4 * this.#table.length).fill(-1)
    const mask = table.length - 1
    for (let entry = 0; entry < this.#size; entry++) {
      const hash = this.#hashes[entry]!
      let at = (hash ^ (hash >>> 15)) & mask
      while (table[at]! >= 0) at = (at + 1) & mask
      table[at] = entry
    }
    this.#table = table
  }
}

function grown<Values extends Int32Array | Uint32Array>(from: Values, to: Values): Values {
  to.set(from)
  return to
}
