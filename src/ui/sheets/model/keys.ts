import type { SuppressKeyboardEventParams } from 'ag-grid-community'
import type { ModelColumn } from './columns'
import type { GridActions } from './grid-actions'
import type { MetricRow, ModelRow } from './rows'

/** Columns whose cells Space opens a list or an editor of. */
const LISTS: ReadonlySet<ModelColumn> = new Set(['importance', 'column', 'scale', 'missing'])

interface Sheet {
  readonly selection: () => { rows: ModelRow[]; columns: ModelColumn[] }
  /** Opens the list or the editor of a cell. */
  readonly open: (row: MetricRow, column: ModelColumn) => void
  readonly move: (row: number, column: ModelColumn) => void
}

/** What a key does in the model grid beyond what the grid itself does with it; true when it was taken. */
export function gridKey(params: SuppressKeyboardEventParams<ModelRow>, actions: GridActions, sheet: Sheet): boolean {
  const { event, editing, data, column } = params
  if (editing || !data) return false
  const id = column.getColId() as ModelColumn
  const taken =
    weightKey(event, data, actions) ||
    foldKey(event, data, id, actions) ||
    editKey(event, data, id, actions, sheet) ||
    moveKey(params, sheet)
  if (taken) event.preventDefault()
  return taken
}

function weightKey(event: KeyboardEvent, row: ModelRow, actions: GridActions): boolean {
  if (!event.altKey || row.kind !== 'metric') return false
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
  if (by === undefined) return false
  actions.nudgeWeight(row, event.shiftKey ? 5 * by : by)
  return true
}

function foldKey(event: KeyboardEvent, row: ModelRow, column: ModelColumn, actions: GridActions): boolean {
  if (row.kind !== 'category' || (column !== 'number' && column !== 'on' && column !== 'metric')) return false
  if (event.ctrlKey || event.shiftKey || event.altKey) return false
  if (event.key === 'ArrowLeft' && row.open) actions.fold(row, false)
  else if (event.key === 'ArrowRight' && !row.open) actions.fold(row, true)
  else return false
  return true
}

function editKey(
  event: KeyboardEvent,
  row: ModelRow,
  column: ModelColumn,
  actions: GridActions,
  sheet: Sheet,
): boolean {
  const { rows, columns } = sheet.selection()
  if (event.key === ' ' && row.kind === 'metric' && LISTS.has(column)) sheet.open(row, column)
  else if (event.key === ' ') actions.toggle(row, column)
  else if (event.key === 'Delete' || event.key === 'Backspace') actions.clear(rows, columns, columns[0] === 'number')
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') actions.fillDown(rows, columns)
  else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
    actions.menu(row, (event.target as Element).getBoundingClientRect())
  } else return false
  return true
}

/** Home and End go along the row, with Ctrl to the corners, as in a spreadsheet. */
function moveKey({ event, api, node }: SuppressKeyboardEventParams<ModelRow>, sheet: Sheet): boolean {
  if (event.key !== 'Home' && event.key !== 'End') return false
  const columns = api.getAllDisplayedColumns().map((column) => column.getColId() as ModelColumn)
  const home = event.key === 'Home'
  const column = home ? columns[0] : columns.at(-1)
  const row = event.ctrlKey || event.metaKey ? (home ? 0 : api.getDisplayedRowCount() - 1) : (node.rowIndex ?? 0)
  if (column) sheet.move(row, column)
  return true
}
