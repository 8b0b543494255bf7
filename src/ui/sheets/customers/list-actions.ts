import type { RowColumn } from '../../../core/customers/row-query'
import type { ManualColumn } from '../../../core/manual/manual-column'
import type { CustomerRow, ShownColumn } from '../../../state/customers.svelte'
import type { ManualActions } from './manual/manual-actions'

/** What a person does in the list. */
export interface ListActions {
  readonly load: (from: number, to: number) => Promise<{ rows: readonly CustomerRow[]; customers: number } | undefined>
  readonly sort: (column: RowColumn) => void
  readonly sorted: (column: RowColumn) => 'ascending' | 'descending' | 'none'
  readonly open: (row: CustomerRow) => void
  /** The focus moved to another customer. */
  readonly focus: (row: CustomerRow) => void
  readonly close: () => void
  readonly arrange: (columns: readonly ShownColumn[]) => void
  readonly copied: (cells: number) => void
  readonly isOpen: (row: number) => boolean
  /** What is done in cells that are filled in by hand. */
  readonly manual: ManualActions
  /** Opens what can be done with a column that is filled in by hand. */
  readonly menu: (column: ManualColumn, anchor: Element) => void
}
