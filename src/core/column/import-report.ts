import type { ColumnType } from './column'
import type { Dialect, FileFormat } from './dialect'
import type { ReadingProblem } from './reading-problem'

/** What a file was read as: enough to show, to question and to change it, without its rows. */
export interface ImportReport {
  readonly file: string
  readonly bytes: number
  readonly rows: number
  /** Absent in reports of before there were others than text. */
  readonly format?: FileFormat
  readonly dialect: Dialect
  /** The day that the data is of, YYYY-MM-DD, where no column says it. */
  readonly asOf?: string
  /** Of a workbook: what there is to choose from. */
  readonly sheets?: readonly SheetPreview[]
  readonly columns: readonly ColumnProfile[]
  /** The first of each kind and column, in the order of the file; `counts` has how many there were. */
  readonly problems: readonly ReadingProblem[]
  readonly counts: readonly ProblemCount[]
  /** The first and last rows, and rows with problems, in the order of the file. */
  readonly preview: readonly PreviewRow[]
}

/** A sheet of a workbook, as far as a person needs to see it to choose. */
export interface SheetPreview {
  readonly name: string
  readonly hidden: boolean
  /** The row that holds the names, from 1; undefined where none seems to. */
  readonly nameRow: number | undefined
  /** The first rows that are not blank, a few cells of each. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
}

export interface ProblemCount {
  readonly kind: ReadingProblem['kind']
  readonly column?: string
  readonly count: number
}

export interface PreviewRow {
  /** From 0, in the order of the file. */
  readonly row: number
  /** The physical line that the row starts on, from 1. */
  readonly line: number
  /** As written, one per column; '' where the row was short. */
  readonly cells: readonly string[]
}

/** One imported column in figures. Missing values are in none of them but `missing`. */
export interface ColumnProfile {
  readonly name: string
  readonly type: ColumnType
  /** Whether the type can be changed without reading the file again. */
  readonly layout: 'coded' | 'float' | 'text'
  /** Distinct values; for text, undefined where they were not counted. */
  readonly distinct: number | undefined
  /** Rows without a value: blank, a missing word, or unreadable as the type. */
  readonly missing: number
  /** Rows whose cell is not blank and not a missing word but unreadable as the type; part of `missing`. */
  readonly unreadable: number
  /** number: as is; date: days since 1970-01-01. Undefined for other types and where no row has a value. */
  readonly min: number | undefined
  readonly max: number | undefined
  /** Sum of a number column, compensated; undefined for other types, and where it is beyond what a number holds. */
  readonly sum: number | undefined
  /** The values of a boolean or category column with their rows, most frequent first; at most 50. */
  readonly values: readonly ValueCount[]
}

export interface ValueCount {
  readonly text: string
  readonly rows: number
}
