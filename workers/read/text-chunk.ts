/** One chunk of a text column while it is filled: UTF-8 bytes and where each row ends. */
export class TextChunk {
  #offsets = new Uint32Array(1025)
  #bytes = new Uint8Array(4096)
  #length = 0

  /** Sets a row's text; rows come in their order. */
  set(row: number, bytes: Uint8Array, start: number, end: number): void {
    const to = this.#length + end - start
    if (to > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, to))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    if (row + 1 >= this.#offsets.length) {
      const larger = new Uint32Array(2 * this.#offsets.length)
      larger.set(this.#offsets)
      this.#offsets = larger
    }
    if (end > start) this.#bytes.set(bytes.subarray(start, end), this.#length)
    this.#length = to
    this.#offsets[row + 1] = to
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
