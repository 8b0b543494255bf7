import type { ColDef, EditableCallbackParams, ICellRendererComp, ValueGetterParams } from 'ag-grid-community'
import { aucMeaning, type OutcomeWords } from '../../../core/backtest/outcome-words'
import { upTo } from '../../../core/figure'
import type { ModelProblem } from '../../../core/model/model-problem'
import { Header, type HeaderWords } from '../../grid/header'
import { renderer, type Draw, type DrawnCells, type Patch } from '../../grid/renderer'
import { TextEditor, type TextEditing } from '../../grid/text-editor'
import {
  drawBetter,
  drawCover,
  drawGreen,
  drawImportance,
  drawMetric,
  drawMissing,
  drawNumber,
  drawOn,
  drawPower,
  drawRed,
  drawScale,
  drawShare,
  drawSource,
  drawSpread,
  drawWeight,
  patchShare,
  patchWeight,
} from './cells'
import type { ModelRow } from './rows'

/** The columns of the model grid, by the field of the metric that they show. */
export type ModelColumn =
  | 'number'
  | 'on'
  | 'metric'
  | 'importance'
  | 'column'
  | 'better'
  | 'scale'
  | 'red'
  | 'green'
  | 'missing'
  | 'weight'
  | 'share'
  | 'power'
  | 'cover'
  | 'spread'

/** Columns whose cells are typed into. */
export type TypedColumn = 'metric' | 'red' | 'green' | 'missing' | 'weight'

export interface Typing {
  /** Whether a cell is part of a range of several. */
  readonly covers: (row: number, column: string) => boolean
  readonly check: (row: ModelRow, column: TypedColumn, text: string) => string | undefined
  readonly ontyping: (row: ModelRow, column: TypedColumn, text: string | undefined) => void
}

interface Shape extends HeaderWords {
  readonly id: ModelColumn
  readonly width: number
  readonly draw: Draw<ModelRow>
  /** A quicker way to draw it again, where there is one. */
  readonly patch?: Patch<ModelRow>
  /** What the drawing depends on; the cell is drawn anew when it changes. */
  readonly value: (row: ModelRow) => unknown
  readonly pinned?: boolean
  /** Takes the width that is left over. */
  readonly flex?: boolean
}

const SHAPES: readonly Shape[] = [
  {
    id: 'number',
    title: '',
    width: 28,
    draw: drawNumber,
    value: (row) => ('number' in row ? row.number : ''),
    align: 'center',
    pinned: true,
  },
  { id: 'on', title: 'On', width: 26, draw: drawOn, value: onKey, align: 'center', pinned: true },
  { id: 'metric', title: 'Metric', width: 158, draw: drawMetric, value: nameKey, pinned: true },
  { id: 'importance', title: 'Importance', width: 110, draw: drawImportance, value: importanceKey },
  {
    id: 'column',
    title: 'Source',
    small: 'column',
    flex: true,
    width: 150,
    draw: drawSource,
    value: (row) => (row.kind === 'metric' ? `${row.metric.column} ${row.type}` : ''),
  },
  { id: 'better', title: 'Better', small: 'when', width: 62, draw: drawBetter, value: ofMetric('scale') },
  {
    id: 'scale',
    title: 'Scale',
    small: '0 pts at → 100 pts at',
    width: 120,
    draw: drawScale,
    value: ofMetric('scale'),
  },
  {
    id: 'red',
    title: 'Red',
    small: 'at',
    icon: 'tier-risk',
    width: 46,
    draw: drawRed,
    value: ofMetric('red'),
    align: 'right',
  },
  {
    id: 'green',
    title: 'Green',
    small: 'at',
    icon: 'tier-healthy',
    width: 54,
    draw: drawGreen,
    value: ofMetric('green'),
    align: 'right',
  },
  { id: 'missing', title: 'Missing', small: 'then', width: 55, draw: drawMissing, value: ofMetric('missing') },
  {
    id: 'weight',
    title: 'Weight',
    small: 'drag bar',
    width: 56,
    draw: drawWeight,
    patch: patchWeight,
    value: weightKey,
    align: 'right',
  },
  {
    id: 'share',
    title: 'Share',
    width: 46,
    draw: drawShare,
    patch: patchShare,
    value: (row) => ('share' in row ? row.share : row),
    align: 'right',
  },
  {
    id: 'power',
    title: 'Power',
    small: 'AUC, 95% CI',
    width: 75,
    draw: drawPower,
    value: (row) => (row.kind === 'total' ? row.power : row.facts?.power),
  },
  {
    id: 'cover',
    title: 'Cover',
    small: '% filled',
    width: 51,
    draw: drawCover,
    value: coverage,
    align: 'right',
    tip: 'Customers with a value',
  },
  {
    id: 'spread',
    title: 'Spread',
    small: 'of values',
    width: 66,
    draw: drawSpread,
    value: (row) => ('facts' in row ? row.facts?.spread : row),
  },
]

function onKey(row: ModelRow): string {
  return row.kind === 'metric' ? `${row.metric.on} ${row.metric.name}` : row.kind === 'category' ? `${row.open}` : ''
}

function nameKey(row: ModelRow): string {
  if (row.kind === 'total') return `${row.active} ${row.metrics}`
  return row.kind === 'category' ? row.name : `${row.metric.name} ${row.metric.suspect?.checked}`
}

function importanceKey(row: ModelRow): string {
  if (row.kind === 'metric') return row.metric.importance
  return row.kind === 'category' ? `${row.active} ${row.metrics}` : ''
}

function ofMetric(field: 'scale' | 'red' | 'green' | 'missing'): Shape['value'] {
  return (row) => (row.kind === 'metric' ? row.metric[field] : undefined)
}

function weightKey(row: ModelRow): string {
  return row.kind === 'metric' ? `${row.metric.weight} ${row.bar} ${row.active}` : String(row.weight)
}

function coverage(row: ModelRow): number | undefined {
  return row.kind === 'metric' ? row.facts?.coverage : row.coverage
}

/** What a cell is called in words and on the clipboard. */
export function cellText(row: ModelRow, column: ModelColumn): string {
  if (row.kind !== 'metric') return column === 'metric' && row.kind === 'category' ? row.name : ''
  const { metric } = row
  switch (column) {
    case 'on':
      return metric.on ? 'TRUE' : 'FALSE'
    case 'metric':
      return metric.name
    case 'importance':
      return metric.importance
    case 'column':
      return metric.column
    case 'red':
    case 'green':
      return metric[column] === undefined ? '' : String(metric[column])
    case 'missing':
      return String(metric.missing)
    case 'weight':
      return String(metric.weight)
    default:
      return drawnText(row, column)
  }
}

/** A computed cell as the grid shows it. */
function drawnText(row: ModelRow, column: ModelColumn): string {
  const cell = document.createElement('span')
  SHAPES.find((shape) => shape.id === column)?.draw(row, cell)
  return cell.textContent
}

/** What stands in the field when a cell is opened for typing. */
function startText(row: ModelRow, column: TypedColumn): string {
  if (row.kind === 'category') return column === 'weight' ? upTo(row.weight, 2) : row.name
  if (row.kind === 'total') return ''
  if (column === 'red' || column === 'green') return row.metric[column] === undefined ? '' : String(row.metric[column])
  return column === 'missing' && row.metric.missing === 'skip' ? 'skip' : cellText(row, column)
}

const COLUMN_WORDS: Readonly<Record<TypedColumn, string>> = {
  metric: 'Name',
  red: 'Red at',
  green: 'Green at',
  missing: 'Missing then',
  weight: 'Weight',
}

function isTyped(column: ModelColumn): column is TypedColumn {
  return column in COLUMN_WORDS
}

function isEditable({ data, column }: EditableCallbackParams<ModelRow>): boolean {
  const id = column.getColId() as ModelColumn
  if (!data || data.kind === 'total' || !isTyped(id)) return false
  return data.kind === 'metric' || id === 'metric' || id === 'weight'
}

/** The columns whose drawing differs between two states of a row. */
export function changedColumns(before: ModelRow, after: ModelRow): ModelColumn[] {
  return SHAPES.filter(({ value }) => !Object.is(value(before), value(after))).map(({ id }) => id)
}

function headerWords(shape: Shape, words: OutcomeWords): HeaderWords {
  return shape.id === 'power' ? { ...shape, tip: `${aucMeaning(words)} ${ALONE}` } : shape
}

const ALONE = 'Each metric is judged alone, on the training customers.'

/** The grid's column definitions. Functions only: a string expression would need eval, which the policy forbids. */
export function columnDefinitions(
  typing: Typing,
  drawn: DrawnCells<ModelRow>,
  words: OutcomeWords,
): ColDef<ModelRow>[] {
  return SHAPES.map((shape) => {
    const { id, width, draw, patch, value, pinned, flex, align } = shape
    const cell: new () => ICellRendererComp<ModelRow> = renderer(draw, patch, drawn)
    return {
      colId: id,
      ...(flex ? { flex: 1, minWidth: width } : { width }),
      pinned: pinned ? 'left' : null,
      headerComponent: Header,
      headerComponentParams: headerWords(shape, words),
      headerName: shape.title || 'Row',
      // A cell with a problem is drawn with its row, since its colour comes and goes with the problem.
      valueGetter: ({ data }: ValueGetterParams<ModelRow>) =>
        data && (problemsOf(data).some(({ field }) => field === id) ? data : value(data)),
      equals: Object.is,
      cellRenderer: cell,
      cellClass: ['c', `col-${id}`, ...(align === 'right' ? ['num'] : align === 'center' ? ['ctr'] : [])],
      ...(isTyped(id) && typedColumn(id, typing)),
      cellClassRules: {
        err: ({ data }) => !!data && hasProblem(problemsOf(data), id, 'error'),
        range: ({ rowIndex, node }) => node.rowPinned === undefined && typing.covers(rowIndex, id),
        warn: ({ data }) => !!data && hasProblem(problemsOf(data), id, 'warning'),
      },
    }
  })
}

function problemsOf(row: ModelRow): readonly ModelProblem[] {
  return row.kind === 'metric' ? row.problems : []
}

function typedColumn(id: TypedColumn, { check, ontyping }: Typing): ColDef<ModelRow> {
  const editing: TextEditing<ModelRow> = {
    start: (row) => startText(row, id),
    check: (row, text) => check(row, id, text),
    ontyping: (row, text) => ontyping(row, id, text),
    label: (row) => (row.kind === 'metric' ? `${COLUMN_WORDS[id]} of ${row.metric.name}` : COLUMN_WORDS[id]),
    ...(id === 'metric' || id === 'missing' ? {} : { align: 'right' as const }),
  }
  return { editable: isEditable, cellEditor: TextEditor<ModelRow>, cellEditorParams: editing }
}

function hasProblem(problems: readonly ModelProblem[], column: ModelColumn, severity: 'error' | 'warning'): boolean {
  return problems.some((problem) => problem.severity === severity && problem.field === column)
}
