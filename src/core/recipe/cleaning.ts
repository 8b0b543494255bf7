/** What a person chose to do about what is wrong with the data. It is remembered for next month's. */
export interface Cleaning {
  /** Which row stays of a customer who is there several times for one day; absent: every one. */
  readonly repeated?: Repeated
  /** Only columns of which something was chosen. */
  readonly columns: readonly ColumnCleaning[]
}

export const REPEATED = ['first', 'last', 'merge'] as const
/** The first or the last row, or one of the last value of each column. */
export type Repeated = (typeof REPEATED)[number]

export const GAPS = ['zero', 'leave out'] as const
/** What stands for a cell without a value: 0, or its whole row is left out. */
type Gap = (typeof GAPS)[number]

export const OUTLIERS = ['cap', 'missing'] as const
/** What becomes of a value beyond the fences: the fence, or nothing. */
type OutlierChoice = (typeof OUTLIERS)[number]

/** What was chosen for a column; what is absent stays as it is, and cells without a value count as missing. */
export interface ColumnCleaning {
  readonly column: string
  readonly blank?: Gap
  /** Of cells that cannot be read as the column's type. */
  readonly unreadable?: Gap
  readonly outliers?: OutlierChoice
  /** Whether dates after the day that a row was true of count as missing. */
  readonly later?: 'missing'
  /** Texts that mean the same as another. */
  readonly same?: readonly SameText[]
  /** Whether a draft makes a metric of it, whatever it looks like. */
  readonly metric?: boolean
}

export interface SameText {
  readonly from: string
  readonly to: string
}

export const NO_CLEANING: Cleaning = { columns: [] }

/** Whether nothing was chosen. */
export function isUntouched({ repeated, columns }: Cleaning): boolean {
  return repeated === undefined && columns.length === 0
}

export function cleaningOf(cleaning: Cleaning, column: string): ColumnCleaning {
  return cleaning.columns.find((each) => each.column === column) ?? { column }
}

/** The cleaning with another choice for a column; undefined takes a choice back. */
export function withColumnCleaning(
  cleaning: Cleaning,
  column: string,
  change: { readonly [Key in Exclude<keyof ColumnCleaning, 'column'>]?: ColumnCleaning[Key] | undefined },
): Cleaning {
  const merged = Object.entries({ ...cleaningOf(cleaning, column), ...change })
  const kept = merged.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
  const rest = cleaning.columns.filter((each) => each.column !== column)
  if (kept.length < 2) return { ...cleaning, columns: rest }
  return { ...cleaning, columns: [...rest, Object.fromEntries(kept) as unknown as ColumnCleaning] }
}

/** The cleaning with another choice for repeated customers; undefined keeps every row. */
export function withRepeated({ columns }: Cleaning, repeated: Repeated | undefined): Cleaning {
  return { ...(repeated && { repeated }), columns }
}
