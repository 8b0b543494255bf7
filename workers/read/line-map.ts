/** Which physical line each row starts on. Only where the lines do not simply go on is anything kept. */
export class LineMap {
  readonly #rows: number[] = []
  readonly #lines: number[] = []
  #last = -1

  /** Rows come in their order, from 0. */
  add(row: number, line: number): void {
    if (line !== this.#last + 1 || row === 0) {
      this.#rows.push(row)
      this.#lines.push(line)
    }
    this.#last = line
  }

  /** The line of a row, from 1. */
  lineOf(row: number): number {
    let low = 0
    let high = this.#rows.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (this.#rows[middle]! <= row) low = middle
      else high = middle
    }
    return (this.#lines[low] ?? 1) + row - (this.#rows[low] ?? 0)
  }
}
