import type { CellSink } from './tokenizer'

/** A cell of a file that has types of its own; null is blank. */
export type CellValue = string | number | bigint | boolean | Date | null

/** Errors that a sheet shows in place of a value. */
const SHEET_ERROR =
  /^#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!)$/

/** A cell as the text that it would be in a delimited file: columns are typed from texts, whatever the format. */
export function cellText(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value instanceof Date ? dateText(value) : String(value)
}

/** 2026-06-30, with the time where it is not midnight. Dates are taken as UTC; sheets keep them to a second at best. */
function dateText(date: Date): string {
  const time = date.getTime()
  if (Number.isNaN(time)) return ''
  const iso = new Date(Math.round(time / 1000) * 1000).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}

/** Hands rows of values to the columns as the tokenizer hands rows of text. */
export class CellFeed {
  readonly #sink: CellSink
  #bytes = new Uint8Array(1024)

  constructor(sink: CellSink) {
    this.#sink = sink
  }

  /** @param line where the row is in its file, from 1; @param width the least cells that it has, blank where it is short */
  row(line: number, values: readonly CellValue[], width: number): void {
    let cells = values.length
    while (cells > width && isBlank(values[cells - 1])) cells--
    for (let column = 0; column < Math.max(cells, width); column++) this.#cell(values[column] ?? null, line, column)
    this.#sink.endRow(line, Math.max(cells, width))
  }

  #cell(value: CellValue, line: number, column: number): void {
    const text = cellText(value)
    if (text.charCodeAt(0) === 35 && SHEET_ERROR.test(text)) {
      this.#sink.oddity('error cell', line, column, text)
      this.#sink.cell(this.#bytes, 0, 0, column)
    } else this.#sink.cell(this.#bytes, 0, this.#encode(text), column)
  }

  /** Most cells are a few ASCII characters, which are written faster here than by the encoder. */
  #encode(text: string): number {
    const { length } = text
    if (this.#bytes.length < 3 * length) this.#bytes = new Uint8Array(6 * length)
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 127) return encoder.encodeInto(text, this.#bytes).written
      this.#bytes[i] = unit
    }
    return length
  }
}

const encoder = new TextEncoder()

export function isBlank(value: CellValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}
