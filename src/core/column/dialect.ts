export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** How a delimited text file is written. All of it is guessed from the file, shown, and can be changed. */
export interface Dialect {
  readonly encoding: Encoding
  /** One character below U+0080. */
  readonly delimiter: string
  /** '"', "'", or '' when nothing quotes. */
  readonly quote: string
  readonly decimal: '.' | ','
  /** Whether the first row that is not blank holds the column names. */
  readonly header: boolean
  /** How 3/4/2025 is read. 'ask': no date of the file settles it and a person has not said. */
  readonly dayOrder: 'day first' | 'month first' | 'ask'
}
