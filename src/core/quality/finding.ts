import type { Leak } from '../backtest/leak'
import type { NearDuplicate } from './near-duplicates'

/** Something about the data that a person may want to do something about. Rows count from 0. */
export type Finding =
  /** Customers who are there several times for one day, with the rows of each. */
  | (OfColumn & {
      readonly kind: 'repeated customers'
      readonly count: number
      readonly groups: readonly (readonly number[])[]
    })
  /** Cells without a value, and those that are not blank but cannot be read. */
  | (OfColumn & OfRows & { readonly kind: 'blank' | 'unreadable' })
  /** One value has (nearly) every row that has any; the rows are the others. */
  | (OfColumn & OfRows & { readonly kind: 'constant'; readonly value: string; readonly share: number })
  | (OfColumn & { readonly kind: 'one value per row'; readonly count: number })
  | (OfColumn & OfRows & { readonly kind: 'outliers'; readonly low: number; readonly high: number })
  | (OfColumn & { readonly kind: 'near duplicates'; readonly pairs: readonly NearDuplicate[] })
  | (OfColumn & { readonly kind: 'knows the answer'; readonly leak: Leak })
  | (OfColumn & OfRows & { readonly kind: 'later dates' })

interface OfColumn {
  readonly column: string
}

interface OfRows {
  readonly count: number
  /** The first of them. */
  readonly rows: readonly number[]
}
