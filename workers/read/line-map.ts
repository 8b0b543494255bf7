/** The rows of a LineMap after which the lines do not simply go on, and their lines. */
export interface LineParts {
  readonly rows: Float64Array<ArrayBuffer>
  readonly lines: Float64Array<ArrayBuffer>
}

/** Which physical line each row starts on. Only where the lines do not simply go on is anything kept. */
export class LineMap {
  readonly #rows: number[]
  readonly #lines: number[]
  #last = -1

  /** @param parts of another map, which this is to be a copy of; empty if left out */
  constructor(parts?: LineParts) {
    this.#rows = parts ? Array.from(parts.rows) : []
    this.#lines = parts ? Array.from(parts.lines) : []
  }

  /** All of it, in a form that another thread can be sent. */
  get parts(): LineParts {
    return { rows: Float64Array.from(this.#rows), lines: Float64Array.from(this.#lines) }
  }

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
