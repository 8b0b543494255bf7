import type { ColumnProfile } from '../column/import-report'
import type { Standing } from './manual-value'

/** How what was filled in by hand in one column stands in one data set. */
export interface ManualFacts {
  /** The column's id. */
  readonly column: string
  /** Of the values that count; the others are missing in it. */
  readonly profile: ColumnProfile
  /** Rows that have a value, by whether it counts there. */
  readonly rows: Readonly<Record<Standing['kind'], number>>
  /** IDs of customers with a value who are not in the data set. */
  readonly orphans: readonly string[]
}
