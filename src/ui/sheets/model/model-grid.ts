import '../../grid/modules'
import {
  createGrid,
  type CellClickedEvent,
  type CellDoubleClickedEvent,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  type GridApi,
  type GridOptions,
  type IRowNode,
  type SuppressKeyboardEventParams,
} from 'ag-grid-community'
import type { OutcomeWords } from '../../../core/backtest/outcome-words'
import { readTsv, writeTsv } from '../../../core/export/tsv'
import { cellCount, type CellRange } from '../../grid/cell-range'
import { RangeSelection } from '../../grid/range-selection'
import { DrawnCells } from '../../grid/renderer'
import { STYLE_NONCE, theme } from '../../grid/theme'
import { afterDrawing, inTurn } from '../../parts/turns'
import { cellText, columnDefinitions, type ModelColumn } from './columns'
import { followWeightDrag } from './drag-weight'
import type { CellText, GridActions } from './grid-actions'
import { gridKey } from './keys'
import { attributeOf, idOf } from './row-id'
import { RowsInTurn } from './rows-in-turn'
import { keepUnchanged, type CategoryRow, type MetricRow, type ModelRow, type TotalRow } from './rows'

/** Columns that a click changes at once, without opening anything. */
const ON_CLICK: ReadonlySet<ModelColumn> = new Set(['on'])
/** Columns whose cells open a list or an editor of their own. */
const OPENS: ReadonlySet<ModelColumn> = new Set(['importance', 'column', 'scale'])

/** Rows that a grid without any is given in one task. */
const ROWS_A_TURN = 6
/** Rows beyond these are not drawn before one scrolls to them. */
const DRAWN_ROWS = 200

/** The model as a grid. Made once for its element; rows are given to it as they change. */
export class ModelGrid {
  readonly #api: GridApi<ModelRow>
  readonly #actions: GridActions
  readonly #element: HTMLElement
  readonly #range: RangeSelection<ModelRow>
  readonly #drawn = new DrawnCells<ModelRow>()
  readonly #listening = new AbortController()
  readonly #changes = new RowsInTurn((...change) => this.#draw(...change), this.#listening.signal)
  #rows: ReadonlyMap<string, ModelRow> = new Map()
  /** In their order, without the total. */
  #listed: readonly ModelRow[] = []
  /** How many of them the grid has; undefined until it has its columns. */
  #given: number | undefined
  #giveUp: (() => void) | undefined

  constructor(element: HTMLElement, actions: GridActions, words: OutcomeWords) {
    this.#element = element
    this.#actions = actions
    this.#range = new RangeSelection<ModelRow>(
      () => this.#api,
      (range, before) => this.#selected(range, before),
    )
    this.#api = createGrid(element, this.#options())
    const { signal } = this.#listening
    element.addEventListener('copy', (event) => this.#copy(event), { signal })
    element.addEventListener('cut', (event) => this.#cut(event), { signal })
    element.addEventListener('paste', (event) => this.#paste(event), { signal })
    element.addEventListener('contextmenu', (event) => this.#menu(event), { signal })
    followWeightDrag(element, (id) => this.#metricRow(id), actions, signal)
    // Made with its columns and its rows in one task it would hold the page up.
    inTurn(() => this.#addColumns(words), signal)
  }

  /** Shows these rows; what did not change is not drawn again. */
  show(rows: readonly (MetricRow | CategoryRow)[], total: TotalRow): void {
    const kept = keepUnchanged<ModelRow>(this.#rows, [...rows, total])
    const before = this.#listed
    this.#rows = new Map(kept.map((row) => [row.id, row]))
    this.#listed = kept.slice(0, -1)
    if (this.#given === undefined) return
    const same = before.length === rows.length && this.#listed.every((row, i) => before[i]?.id === row.id)
    this.#changes.show(same ? kept : kept.slice(-1))
    if (!same) this.#give(this.#given)
  }

  #addColumns(words: OutcomeWords): void {
    const { check, ontyping } = this.#actions
    const columns = columnDefinitions({ check, ontyping, covers: this.#range.covers }, this.#drawn, words)
    this.#api.setGridOption('columnDefs', columns)
    this.#element.querySelector('[role="grid"]')?.setAttribute('role', 'treegrid')
    const { signal } = this.#listening
    inTurn(() => this.#give(0), signal)
    inTurn(() => this.#changes.show([...this.#rows.values()].slice(-1)), signal)
  }

  /** The first rows are drawn a few a frame: all at once they would hold the page up. */
  #give(given = 0): void {
    this.#giveUp?.()
    const all = this.#listed.length
    const now = given >= DRAWN_ROWS ? all : Math.min(all, given + ROWS_A_TURN)
    this.#given = now
    const rows = this.#listed.slice(0, now)
    this.#api.setGridOption('rowData', rows)
    this.#changes.given(rows)
    this.#markLevels()
    if (now < all) this.#giveUp = inTurn(() => this.#give(now), this.#listening.signal)
  }

  /**
   * A drag changes one weight and every share at each frame. Cells are then drawn directly: the grid would look at
   * every cell of every row, which takes longer than a frame.
   */
  #draw(row: ModelRow, before: ModelRow | undefined, columns: readonly ModelColumn[] | undefined): void {
    const isTotal = row.kind === 'total'
    const node: IRowNode<ModelRow> | undefined = isTotal
      ? this.#api.getPinnedBottomRow(0)
      : this.#api.getRowNode(attributeOf(row.id))
    if (row.kind === 'metric' && before?.kind === 'metric' && before.metric.name !== row.metric.name) this.#name(row)
    if (!node) {
      if (isTotal) this.#api.setGridOption('pinnedBottomRowData', [row])
    } else if (columns) {
      node.data = row
      for (const column of columns) this.#drawn.redraw(row.id, column, row)
    } else node.updateData(row)
  }

  /** Puts the focus on a cell, scrolled into view. */
  focus(id: string, column: ModelColumn): void {
    const node = this.#api.getRowNode(attributeOf(id))
    if (node?.rowIndex === null || node?.rowIndex === undefined) return
    this.#api.ensureIndexVisible(node.rowIndex)
    this.#api.ensureColumnVisible(column)
    this.#api.setFocusedCell(node.rowIndex, column)
  }

  /** The element of a cell; undefined where it is scrolled away. */
  cell(id: string, column: ModelColumn): HTMLElement | undefined {
    return this.#element.querySelector<HTMLElement>(`[row-id="${attributeOf(id)}"] [col-id="${column}"]`) ?? undefined
  }

  destroy(): void {
    this.#listening.abort()
    // Nobody sees it any more, and taking it to pieces takes as long as drawing what comes next.
    afterDrawing(() => this.#api.destroy())
  }

  #options(): GridOptions<ModelRow> {
    const range = this.#range
    return {
      theme,
      styleNonce: STYLE_NONCE,
      columnDefs: [],
      defaultColDef: {
        sortable: false,
        resizable: false,
        suppressMovable: true,
        suppressKeyboardEvent: (params) => this.#key(params),
      },
      rowData: [],
      suppressNoRowsOverlay: true,
      getRowId: ({ data }) => attributeOf(data.id),
      rowHeight: 26,
      headerHeight: 40,
      readOnlyEdit: true,
      invalidEditValueMode: 'block',
      enterNavigatesVerticallyAfterEdit: true,
      stopEditingWhenCellsLoseFocus: true,
      suppressHeaderFocus: true,
      ensureDomOrder: true,
      suppressColumnVirtualisation: true,
      // Every row of an ordinary model is drawn, so that none has to be drawn while one looks; thousands are not.
      rowBuffer: DRAWN_ROWS,
      onViewportChanged: () => this.#markLevels(),
      suppressCellFocus: false,
      animateRows: false,
      suppressRowTransform: true,
      getRowClass: ({ data }) => (data ? `kind-${data.kind}` : undefined),
      rowClassRules: { off: ({ data }) => data?.kind === 'metric' && !data.active },
      onCellMouseDown: range.mouseDown,
      onCellMouseOver: range.mouseOver,
      onCellFocused: (event) => this.#focused(event),
      onCellClicked: (event) => this.#clicked(event),
      onCellDoubleClicked: (event) => this.#doubleClicked(event),
      onCellKeyDown: (event) => this.#enterOpens(event as CellKeyDownEvent<ModelRow>),
      onCellEditRequest: ({ data, column, newValue }) =>
        this.#actions.enter({ row: data, column: column.getColId() as ModelColumn, text: String(newValue) }),
    }
  }

  #metricRow(id: string): MetricRow | undefined {
    const row = this.#rows.get(idOf(id))
    return row?.kind === 'metric' ? row : undefined
  }

  #focused({ rowIndex, column }: CellFocusedEvent<ModelRow>): void {
    if (rowIndex !== null && column && typeof column === 'object') this.#range.focus(rowIndex, column.getColId())
  }

  #clicked({ data, column }: CellClickedEvent<ModelRow>): void {
    const id = column.getColId() as ModelColumn
    if (data && ON_CLICK.has(id)) this.#actions.toggle(data, id)
  }

  #doubleClicked({ data, column }: CellDoubleClickedEvent<ModelRow>): void {
    const id = column.getColId() as ModelColumn
    if (data?.kind === 'category' && id !== 'metric' && id !== 'weight') this.#actions.toggle(data, id)
    if (data?.kind !== 'metric') return
    if (id === 'better') this.#actions.toggle(data, id)
    else if (OPENS.has(id)) this.#open(data, id)
  }

  #enterOpens({ data, column, event }: CellKeyDownEvent<ModelRow>): void {
    const id = column.getColId() as ModelColumn
    if (!(event instanceof KeyboardEvent) || data?.kind !== 'metric' || !OPENS.has(id)) return
    if (event.key !== 'Enter' && event.key !== 'F2') return
    this.#open(data, id)
  }

  /** What was clicked may have been drawn anew since, so the cell is looked up. */
  #open(row: MetricRow, column: ModelColumn): void {
    const cell = this.cell(row.id, column)
    if (cell) this.#actions.open(row, column, cell)
  }

  /** Takes a key before the grid does; true keeps it from the grid. */
  #key(params: SuppressKeyboardEventParams<ModelRow>): boolean {
    if (this.#range.keydown(params)) return true
    return gridKey(params, this.#actions, {
      selection: () => this.#selection(),
      move: (row, column) => this.#move(row, column),
      open: (row, column) => this.#open(row, column),
    })
  }

  #move(row: number, column: ModelColumn): void {
    this.#api.ensureIndexVisible(row)
    this.#api.ensureColumnVisible(column)
    this.#api.setFocusedCell(row, column)
  }

  #selection(): { rows: ModelRow[]; columns: ModelColumn[] } {
    const { range } = this.#range
    if (!range) return { rows: [], columns: [] }
    const columns = this.#api.getAllDisplayedColumns().map((column) => column.getColId() as ModelColumn)
    const rows: ModelRow[] = []
    for (let i = range.top; i <= range.bottom; i++) {
      const row = this.#api.getDisplayedRowAtIndex(i)?.data
      if (row) rows.push(row)
    }
    return { rows, columns: columns.slice(range.left, range.right + 1) }
  }

  #selected(range: CellRange | undefined, before: CellRange | undefined): void {
    this.#mark(before, false)
    this.#mark(range, true)
    if (!range) return
    const { rows, columns } = this.#selection()
    this.#actions.select(rows, columns)
  }

  /** Colours a range by hand: the grid would draw every cell anew to find the few that change. */
  #mark(range: CellRange | undefined, on: boolean): void {
    if (!range || (on && cellCount(range) === 1)) return
    const columns = this.#api.getAllDisplayedColumns().slice(range.left, range.right + 1)
    for (let i = range.top; i <= range.bottom; i++) {
      const row = this.#api.getDisplayedRowAtIndex(i)?.data
      for (const column of row ? columns : []) {
        this.cell(row!.id, column.getColId() as ModelColumn)?.classList.toggle('range', on)
      }
    }
  }

  #isEditing(): boolean {
    return this.#api.getEditingCells().length > 0
  }

  #copy(event: ClipboardEvent): void {
    if (this.#isEditing()) return
    const { rows, columns } = this.#selection()
    event.clipboardData?.setData(
      'text/plain',
      writeTsv(rows.map((row) => columns.map((column) => cellText(row, column)))),
    )
    event.preventDefault()
  }

  #cut(event: ClipboardEvent): void {
    if (this.#isEditing()) return
    this.#copy(event)
    const { rows, columns } = this.#selection()
    this.#actions.clear(rows, columns, false)
  }

  #paste(event: ClipboardEvent): void {
    if (this.#isEditing()) return
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const { range } = this.#range
    if (!range || text === '') return
    const columns = this.#api.getAllDisplayedColumns().map((column) => column.getColId() as ModelColumn)
    const block = readTsv(text)
    const { rows, columns: selected } = this.#selection()
    const fill = block.length === 1 && block[0]!.length === 1
    const cells = fill
      ? rows.flatMap((row) => selected.map((column): CellText => ({ row, column, text: block[0]![0]! })))
      : block.flatMap((line, down) =>
          line.flatMap((each, across): CellText[] => {
            const row = this.#api.getDisplayedRowAtIndex(range.top + down)?.data
            const column = columns[range.left + across]
            return row && column ? [{ row, column, text: each }] : []
          }),
        )
    this.#actions.paste(cells)
  }

  #menu(event: MouseEvent): void {
    const id = (event.target as Element).closest('[row-id]')?.getAttribute('row-id')
    const row = id === undefined || id === null ? undefined : this.#rows.get(idOf(id))
    if (!row || row.kind === 'total' || this.#isEditing()) return
    event.preventDefault()
    this.#actions.menu(row, new DOMRect(event.clientX, event.clientY, 0, 0))
  }

  /** Levels and folding for screen readers, and names for whoever automates the page. */
  #markLevels(): void {
    for (const element of this.#element.querySelectorAll('[row-id]')) {
      const row = this.#rows.get(idOf(element.getAttribute('row-id') ?? ''))
      if (!row || row.kind === 'total') continue
      element.setAttribute('aria-level', row.kind === 'category' ? '1' : '2')
      if (row.kind === 'category') {
        element.setAttribute('aria-expanded', String(row.open))
        element.setAttribute('data-category', row.name)
      } else this.#name(row)
    }
  }

  #name({ id, metric }: MetricRow): void {
    for (const element of this.#element.querySelectorAll(`[row-id="${attributeOf(id)}"]`)) {
      if (element.getAttribute('data-metric') !== metric.name) element.setAttribute('data-metric', metric.name)
    }
  }
}
