import type { Cleaning } from './cleaning'

/** How files become one row per customer. */
export interface Recipe {
  /** One of them, without a join, has the customers. */
  readonly files: readonly RecipeFile[]
  /** What is done about what is wrong with the data; absent: nothing. */
  readonly cleaning?: Cleaning
}

export interface RecipeFile {
  /** The name of the file that the recipe was made with. Next month's is known by its columns. */
  readonly name: string
  readonly columns: readonly string[]
  /** Absent for the main file. */
  readonly join?: Join
}

/** How the rows of a file find their customer, and what is made of them. */
export interface Join {
  readonly key: string
  /** The file that has the key too: the main one, or one that is joined itself. */
  readonly file: string
  readonly with: string
  readonly ignoreCase: boolean
  /** Whether 007 and 7 are one. */
  readonly ignoreZeros: boolean
  /** When a row happened: rows after the as-of day never enter. */
  readonly date?: string
  readonly columns: readonly NewColumn[]
}

export const SUMMARIES = [
  ...(['count', 'sum', 'mean', 'median', 'min', 'max', 'first', 'last', 'distinct'] as const),
  ...(['days since last', 'slope per month', 'last against before', 'outcome date'] as const),
] as const
export type Summary = (typeof SUMMARIES)[number]

/** A column that sums a customer's rows up. */
export interface NewColumn {
  readonly name: string
  readonly how: Summary
  /** Whose cells are summed up; absent for counts and days, a column of dates for an outcome's. */
  readonly column?: string
  /** A condition that a row must meet, as a formula over the file's columns. */
  readonly where?: string
  /** Only rows that happened so many days before the as-of day: from ≤ days < to. */
  readonly window?: { readonly from: number; readonly to: number }
}
