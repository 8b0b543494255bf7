import type { ModelColumn, TypedColumn } from './columns'
import type { WeightDrag } from './drag-weight'
import type { CategoryRow, MetricRow, ModelRow } from './rows'

/** A text for a cell, from the keyboard or the clipboard. */
export interface CellText {
  readonly row: ModelRow
  readonly column: ModelColumn
  readonly text: string
}

/** What a person does in the grid, in the sheet's terms. */
export interface GridActions extends WeightDrag {
  /** Why a text cannot stand in a cell; undefined when it can. */
  readonly check: (row: ModelRow, column: TypedColumn, text: string) => string | undefined
  /** Follows a text while it is typed; undefined when typing is given up. */
  readonly ontyping: (row: ModelRow, column: TypedColumn, text: string | undefined) => void
  readonly enter: (cell: CellText) => void
  readonly paste: (cells: readonly CellText[]) => void
  readonly clear: (rows: readonly ModelRow[], columns: readonly ModelColumn[], wholeRows: boolean) => void
  /** Space, or a click on a tick box, an arrow or a caret. */
  readonly toggle: (row: ModelRow, column: ModelColumn) => void
  readonly fold: (row: CategoryRow, open: boolean) => void
  /** Opens the list or the editor of a cell. */
  readonly open: (row: MetricRow, column: ModelColumn, cell: Element) => void
  readonly menu: (row: ModelRow, at: DOMRect) => void
  readonly nudgeWeight: (row: MetricRow, by: number) => void
  readonly fillDown: (rows: readonly ModelRow[], columns: readonly ModelColumn[]) => void
  readonly select: (rows: readonly ModelRow[], columns: readonly ModelColumn[]) => void
}
