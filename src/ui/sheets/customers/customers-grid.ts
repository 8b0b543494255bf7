import '../../grid/modules'
import {
  createGrid,
  type CellClickedEvent,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  type ColDef,
  type GridApi,
  type GridOptions,
  type IGetRowsParams,
} from 'ag-grid-community'
import { columnKey, type RowColumn } from '../../../core/customers/row-query'
import { writeTsv } from '../../../core/export/tsv'
import type { ManualColumn } from '../../../core/manual/manual-column'
import { BLOCK, type CustomerRow, type RowsSummary, type ShownColumn } from '../../../state/customers.svelte'
import type { CellRange } from '../../grid/cell-range'
import { CellsInTurn } from '../../grid/cells-in-turn'
import { RangeSelection } from '../../grid/range-selection'
import { RowsBeside } from '../../grid/rows-beside'
import { STYLE_NONCE, theme } from '../../grid/theme'
import { afterDrawing, inTurn } from '../../parts/turns'
import { cellText, drawCell, type CellContext, type ListRow } from './cells'
import { columnTitle } from './column-title'
import { firstSize, type ColumnLook } from './columns'
import type { ListActions } from './list-actions'
import { drawnInTurn, NUMBER_COLUMN } from './list-cell'
import { manualCell } from './manual/manual-cell'
import { ManualKeys } from './manual/manual-keys'
import { SortHeader } from './sort-header'

/** The list as a grid that holds only the rows it shows. Made once for its element. */
export class CustomersGrid {
  readonly #api: GridApi<ListRow>
  readonly #actions: ListActions
  readonly #element: HTMLElement
  readonly #range: RangeSelection<ListRow>
  readonly #manual: ManualKeys
  readonly #listening = new AbortController()
  readonly #beside: RowsBeside<ListRow>
  readonly #turns = new CellsInTurn(this.#listening.signal)
  #context: CellContext = {
    ...{ tiers: [], sources: [], revenue: undefined, name: undefined },
    manual: new Map(),
  }
  #columns: readonly ShownColumn[] = []
  /** The row whose drawer is open. */
  #marked: number | undefined
  /** Counts up with every list that is asked for anew. */
  #list = 0
  /** The column whose first cell gets the focus with the next rows. */
  #added: string | undefined

  constructor(element: HTMLElement, actions: ListActions) {
    this.#actions = actions
    this.#element = element
    this.#range = new RangeSelection<ListRow>(
      () => this.#api,
      (now, before) => this.#selected(now, before),
    )
    this.#manual = new ManualKeys(actions.manual, {
      range: () => this.#range.range,
      columnAt: (index) => this.#manualAt(index),
    })
    this.#api = createGrid(element, this.#options())
    this.#beside = new RowsBeside(element, () => this.#api, this.#listening.signal)
    element.addEventListener('copy', (event) => void this.#copy(event), { signal: this.#listening.signal })
    element.addEventListener('paste', (event) => this.#paste(event), { signal: this.#listening.signal })
  }

  /** Shows these columns; rows are asked for anew. */
  show(columns: readonly ShownColumn[], look: (column: RowColumn) => ColumnLook, context: CellContext): void {
    this.#columns = columns
    this.#context = context
    const definitions = columns.map((each) => this.#definition(each, look(each.column)))
    // A grid made with its columns in one task would hold the page up.
    inTurn(() => {
      this.#api.setGridOption('columnDefs', [NUMBER_COLUMN, ...definitions])
      this.#loadAnew()
      requestAnimationFrame(() => this.#markSorted())
    }, this.#listening.signal)
  }

  /** Another list: from its top. Rows that are there already stay until the new ones take their place. */
  reload(): void {
    this.#api.refreshHeader()
    inTurn(() => {
      if (this.#beside.areWanted && this.#api.getVerticalPixelRange().top === 0) this.#api.refreshInfiniteCache()
      else this.#loadAnew()
      this.#markSorted()
    }, this.#listening.signal)
  }

  /** Only the rows in view are drawn with the answer, and those beside them a frame later. */
  #loadAnew(): void {
    // Before the list is another one, which knows nothing of where this one stands.
    const isScrolled = this.#api.getVerticalPixelRange().top > 0
    this.#beside.leaveOut()
    const list = ++this.#list
    this.#api.setGridOption('datasource', { getRows: (params) => void this.#load(params, list) })
    // Asked of a list that is at its top, it would have the page laid out for nothing.
    if (isScrolled) this.#api.ensureIndexVisible(0)
  }

  /** Says to screen readers how the list is sorted. The grid would say so of its own sorting only, and takes it away. */
  #markSorted(): void {
    for (const { column } of this.#columns) {
      const header = this.#element.querySelector(`[role="columnheader"][col-id="${CSS.escape(columnKey(column))}"]`)
      header?.setAttribute('aria-sort', this.#actions.sorted(column))
    }
  }

  /** The same list under another model: rows are asked for again and stay until the new ones are there. */
  refresh(context: CellContext): void {
    this.#context = context
    this.#api.refreshInfiniteCache()
  }

  total(summary: RowsSummary): void {
    const line = this.#api.getPinnedBottomRow(0)
    // Given as an option, it would have every row of the list drawn anew.
    if (line) line.setData({ total: summary })
    else this.#api.setGridOption('pinnedBottomRowData', [{ total: summary }])
  }

  /** Marks the customer whose drawer is open. */
  mark(row: number | undefined): void {
    // By hand: the grid would draw every row anew to find the two that change.
    this.#rowElement(this.#marked)?.classList.remove('open')
    this.#rowElement(row)?.classList.add('open')
    this.#marked = row
  }

  #rowElement(row: number | undefined): Element | null {
    return this.#element.querySelector(`.ag-row[row-id="${row}"]`)
  }

  /** Puts the focus back where it last was in the list. */
  focus(): void {
    const cell = this.#api.getFocusedCell()
    if (cell) this.#api.setFocusedCell(cell.rowIndex, cell.column)
  }

  /** Moves the focus by rows, as the drawer's arrows do. */
  step(by: number): void {
    const cell = this.#api.getFocusedCell()
    if (!cell) return
    const row = Math.min(this.#api.getDisplayedRowCount() - 1, Math.max(0, cell.rowIndex + by))
    this.#api.ensureIndexVisible(row)
    this.#api.setFocusedCell(row, cell.column)
  }

  /** Goes from the search to what was found. */
  focusFirst(column = this.#columns[0] ? columnKey(this.#columns[0].column) : 'number'): void {
    this.#api.ensureColumnVisible(column)
    this.#api.setFocusedCell(0, column)
  }

  /** Goes to the first cell of a column that was just added, once its rows are there. */
  focusAdded(column: RowColumn): void {
    this.#added = columnKey(column)
  }

  destroy(): void {
    this.#listening.abort()
    // Nobody sees it any more, and taking it to pieces takes as long as drawing what comes next.
    afterDrawing(() => this.#api.destroy())
  }

  #options(): GridOptions<ListRow> {
    const range = this.#range
    return {
      theme,
      styleNonce: STYLE_NONCE,
      columnDefs: [],
      rowModelType: 'infinite',
      cacheBlockSize: BLOCK,
      maxBlocksInCache: 20,
      cacheOverflowSize: 1,
      maxConcurrentDatasourceRequests: 2,
      infiniteInitialRowCount: 1,
      rowHeight: 26,
      headerHeight: 40,
      rowBuffer: 0,
      animateRows: false,
      suppressNoRowsOverlay: true,
      suppressDragLeaveHidesColumns: true,
      ensureDomOrder: true,
      getRowId: ({ data }) => ('total' in data ? 'total' : String(data.row)),
      rowClassRules: { open: ({ data }) => data !== undefined && 'row' in data && this.#actions.isOpen(data.row) },
      defaultColDef: {
        sortable: false,
        resizable: true,
        suppressKeyboardEvent: (params) => range.keydown(params) || this.#manual.keydown(params),
      },
      onBodyScrollEnd: () => this.#beside.add(),
      onCellMouseDown: range.mouseDown,
      onCellMouseOver: range.mouseOver,
      onCellFocused: (event) => this.#focused(event),
      onCellKeyDown: (event) => this.#key(event as CellKeyDownEvent<ListRow>),
      onCellClicked: (event) => this.#clicked(event),
      onCellDoubleClicked: ({ data, column }) => {
        if (!this.#manualOf(column.getColId())) this.#open(data)
        else if (!this.#actions.manual.canEdit) this.#actions.manual.mayEdit()
      },
      onCellEditRequest: ({ data, column, newValue }) => {
        const manual = this.#manualOf(column.getColId())
        if (manual && 'row' in data) this.#manual.enter(manual, data.id, String(newValue ?? ''))
      },
      readOnlyEdit: true,
      invalidEditValueMode: 'block',
      enterNavigatesVerticallyAfterEdit: true,
      stopEditingWhenCellsLoseFocus: true,
      onColumnResized: ({ finished, source, column }) => {
        if (finished && source === 'uiColumnResized') this.#arranged(column?.getColId())
      },
      onColumnMoved: ({ finished, source }) => {
        if (finished && source === 'uiColumnMoved') this.#arranged()
      },
    }
  }

  #definition({ column, width }: ShownColumn, look: ColumnLook): ColDef<ListRow> {
    const id = columnKey(column)
    const draw = (row: ListRow): Node[] => drawCell(row, column, this.#context)
    const manual = this.#manualOf(id)
    return {
      colId: id,
      headerName: columnTitle(column),
      minWidth: 60,
      ...(width === undefined ? firstSize(look) : { width }),
      headerComponent: SortHeader,
      headerComponentParams: {
        title: columnTitle(column),
        ...(look.small !== undefined && { small: look.small }),
        ...(look.align && { align: look.align }),
        onsort: () => this.#actions.sort(column),
        sorted: () => this.#actions.sorted(column),
        ...(manual && { onmenu: (anchor: Element) => this.#actions.menu(manual, anchor) }),
      },
      cellClass: `c col-${column.kind}${look.align === 'right' ? ' num' : ''}${manual ? ' manual' : ''}`,
      cellClassRules: { range: ({ rowIndex }) => this.#range.covers(rowIndex, id) },
      ...drawnInTurn(draw, this.#turns),
      ...(manual && manualCell(manual, this.#actions.manual, this.#manual)),
    }
  }

  async #load(params: IGetRowsParams, list: number): Promise<void> {
    try {
      const block = await this.#actions.load(params.startRow, params.endRow)
      // The sheet may have been left meanwhile.
      if (this.#listening.signal.aborted) return
      if (!block) throw new Error('the thread has ended')
      this.#keepWaiting()
      params.successCallback([...block.rows], block.customers)
      this.#beside.add()
      // What was asked for by the list before, or before the column was there, is not what it waits for.
      const added = this.#added
      if (added === undefined || list !== this.#list || !this.#api.getColumn(added)) return
      this.#added = undefined
      requestAnimationFrame(() => this.focusFirst(added))
    } catch {
      // A new thread opens the data again, and the list is asked for again.
      params.failCallback()
    }
  }

  /** Rows that are drawn without data get an ID: without one the grid would make them anew, where it can fill them. */
  #keepWaiting(): void {
    for (const node of this.#api.getRenderedNodes()) node.id ??= `waiting ${node.rowIndex}`
  }

  #rowAt(index: number): CustomerRow | undefined {
    const data = this.#api.getDisplayedRowAtIndex(index)?.data
    return data && 'row' in data ? data : undefined
  }

  #focused({ rowIndex, column, rowPinned }: CellFocusedEvent<ListRow>): void {
    if (rowIndex === null || rowPinned || !column || typeof column === 'string') return
    this.#range.focus(rowIndex, column.getColId())
    const row = this.#rowAt(rowIndex)
    if (row) this.#actions.focus(row)
  }

  #key({ event, data, column }: CellKeyDownEvent<ListRow>): void {
    if (!(event instanceof KeyboardEvent)) return
    if (event.key === 'Enter' && !this.#manualOf(column.getColId())) this.#open(data)
    if (event.key === 'Escape') this.#actions.close()
  }

  #clicked({ data, column, event }: CellClickedEvent<ListRow>): void {
    const extending = event instanceof MouseEvent && event.shiftKey
    const opens = column.getColId() === 'id' || column.getColId() === `source:${this.#context.name ?? ''}`
    if (opens && !extending) this.#open(data)
  }

  /** The manual column that a column of the grid shows. */
  #manualOf(id: string): ManualColumn | undefined {
    return id.startsWith('source:') ? this.#context.manual.get(id.slice('source:'.length)) : undefined
  }

  #manualAt(index: number): ManualColumn | undefined {
    const column = this.#api.getAllDisplayedColumns()[index]
    return column && this.#manualOf(column.getColId())
  }

  #paste(event: ClipboardEvent): void {
    if (event.target instanceof HTMLInputElement || this.#api.getEditingCells().length > 0) return
    this.#manual.paste(event)
  }

  #open(data: ListRow | undefined): void {
    if (data && 'row' in data) this.#actions.open(data)
  }

  #selected(now: CellRange | undefined, before: CellRange | undefined): void {
    const covered = [now, before].flatMap((range) => (range && this.#drawnNodes(range)) ?? [])
    this.#api.refreshCells({ rowNodes: covered, force: true })
  }

  #drawnNodes({ top, bottom }: CellRange) {
    return this.#api
      .getRenderedNodes()
      .filter(({ rowIndex }) => rowIndex !== null && rowIndex >= top && rowIndex <= bottom)
  }

  /** @param resized the column whose width was set by hand */
  #arranged(resized?: string): void {
    const byKey = new Map(this.#columns.map((each) => [columnKey(each.column), each]))
    const state = this.#api.getColumnState().flatMap(({ colId, width }): ShownColumn[] => {
      const known = byKey.get(colId)
      if (!known) return []
      const before = known.width ?? this.#api.getColumn(colId)?.getColDef().width
      return [resized === colId && width && width !== before ? { ...known, width } : known]
    })
    this.#columns = state
    this.#actions.arrange(state)
  }

  /** The range as tab-separated text. Rows that are scrolled away are asked for, which takes a moment. */
  async #copy(event: ClipboardEvent): Promise<void> {
    const { range } = this.#range
    if (!range || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    const columns = this.#columns.slice(Math.max(0, range.left - 1), range.right)
    const loaded = Array.from({ length: range.bottom - range.top + 1 }, (_, i) => this.#rowAt(range.top + i))
    if (loaded.every((row) => row !== undefined)) {
      event.clipboardData?.setData('text/plain', this.#tsv(loaded, columns))
    } else {
      const block = await this.#actions.load(range.top, range.bottom + 1)
      if (block) await navigator.clipboard.writeText(this.#tsv(block.rows, columns))
    }
    this.#actions.copied(loaded.length * columns.length)
  }

  #tsv(rows: readonly CustomerRow[], columns: readonly ShownColumn[]): string {
    return writeTsv(rows.map((row) => columns.map(({ column }) => cellText(row, column, this.#context))))
  }
}
