export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** What a file is, by its content and not by its name. */
export type FileFormat = 'text' | 'workbook' | 'parquet' | 'json'

/**
 * How a file is read. All of it is guessed from the file, shown, and can be changed. Encoding, delimiter and quote are
 * those of delimited text; a workbook has a sheet and a row of names.
 */
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
  /** Which sheet of a workbook. */
  readonly sheet?: string
  /** The row of a sheet that holds the names, from 1: there may be titles above it. */
  readonly nameRow?: number
}
