import type { ColDef } from 'ag-grid-community'
import type { ManualColumn } from '../../../../core/manual/manual-column'
import { ChoiceEditor, type ChoiceEditing } from '../../../grid/choice-editor'
import { TextEditor, type TextEditing } from '../../../grid/text-editor'
import type { ListRow } from '../cells'
import type { ManualActions } from './manual-actions'
import type { ManualKeys } from './manual-keys'

/** What makes the cells of a manual column ones to type into; a choice has its list. */
export function manualCell(column: ManualColumn, actions: ManualActions, keys: ManualKeys): ColDef<ListRow> {
  const start = (row: ListRow): string => ('row' in row ? actions.textOf(column, row.id) : '')
  const editing: TextEditing<ListRow> = {
    start,
    check: (_, text) => actions.check(column, text),
    ontyping: (row, text) => 'row' in row && keys.typed(column, row.id, text),
    label: (row) => ('row' in row ? `${column.name} of ${row.id}` : column.name),
    ...(column.kind === 'number' && { align: 'right' }),
  }
  const of: ColDef<ListRow> = {
    editable: ({ data }) => data !== undefined && 'row' in data && actions.canEdit,
    valueGetter: ({ data }) => (data ? start(data) : ''),
  }
  if (column.kind === 'number') return { ...of, cellEditor: TextEditor, cellEditorParams: editing }
  const choosing: ChoiceEditing<ListRow> = { ...editing, choices: column.choices }
  return { ...of, cellEditor: ChoiceEditor, cellEditorParams: choosing }
}
