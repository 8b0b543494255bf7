/** Longest text that is copied byte by byte, which beats the fixed cost of copying at once. */
const SHORT = 64

/** One chunk of a text column while it is filled: UTF-8 bytes and where each row ends. */
export class TextChunk {
  #offsets = new Uint32Array(1025)
  #bytes = new Uint8Array(4096)
  #length = 0

  /** Sets a row's text; rows come in their order, and the last may be set again. Answers whether all of it is ASCII. */
  set(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[row]!
    const to = from + end - start
    if (row + 1 >= this.#offsets.length || to > this.#bytes.length) this.#makeRoom(row + 1, from, to)
    this.#length = to
    this.#offsets[row + 1] = to
    if (end - start > SHORT) {
      this.#bytes.set(bytes.subarray(start, end), from)
      return false
    }
    const own = this.#bytes
    let all = 0
    for (let at = start, put = from; at < end; at++, put++) {
      const byte = bytes[at]!
      own[put] = byte
      all |= byte
    }
    return all < 0x80
  }

  /** Sets the texts of rows that follow each other: `ends` says where each ends in `bytes`, where one follows the other. */
  setAll(row: number, bytes: Uint8Array, ends: Uint32Array): void {
    const from = this.#offsets[row]!
    this.#makeRoom(row + ends.length, from, from + bytes.length)
    this.#bytes.set(bytes, from)
    const offsets = this.#offsets
    for (let i = 0; i < ends.length; i++) offsets[row + 1 + i] = from + ends[i]!
    this.#length = from + bytes.length
  }

  /** Room for so many rows, and for bytes up to a place beyond those that are there. */
  #makeRoom(rows: number, from: number, to: number): void {
    if (rows >= this.#offsets.length) {
      const larger = new Uint32Array(Math.max(2 * this.#offsets.length, rows + 1))
      larger.set(this.#offsets)
      this.#offsets = larger
    }
    if (to > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, to))
      larger.set(this.#bytes.subarray(0, from))
      this.#bytes = larger
    }
  }

  /** The chunk as it is stored (see Layout), and an empty one in its place. */
  take(rows: number): ArrayBuffer {
    const buffer = new ArrayBuffer(4 * (rows + 1) + this.#length)
    new Uint32Array(buffer, 0, rows + 1).set(this.#offsets.subarray(0, rows + 1))
    new Uint8Array(buffer, 4 * (rows + 1)).set(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return buffer
  }
}
