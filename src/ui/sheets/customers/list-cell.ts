import type { ColDef, ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { ListRow } from './cells'

/** The row's place, counted from 1, as a sheet numbers its rows. */
export const NUMBER_COLUMN: ColDef<ListRow> = {
  colId: 'number',
  headerName: '',
  width: 52,
  pinned: 'left',
  resizable: false,
  suppressMovable: true,
  lockPosition: 'left',
  cellClass: 'c col-number',
  valueGetter: ({ node }) => (node && !node.rowPinned && node.rowIndex !== null ? node.rowIndex + 1 : ''),
}

/** Draws a cell's nodes again whenever its row is another or has changed. */
export function cellRenderer(draw: (row: ListRow) => Node[]): new () => ICellRendererComp<ListRow> {
  return class implements ICellRendererComp<ListRow> {
    readonly #cell = document.createElement('span')
    #drawn: ListRow | undefined

    init({ data }: ICellRendererParams<ListRow>): void {
      this.#cell.className = 'in'
      this.#draw(data)
    }

    getGui(): HTMLElement {
      return this.#cell
    }

    /** The same row is left alone: a press whose target is drawn anew before the release is no click. */
    refresh({ data }: ICellRendererParams<ListRow>): boolean {
      if (data !== this.#drawn) this.#draw(data)
      return true
    }

    #draw(data: ListRow | undefined): void {
      this.#drawn = data
      this.#cell.replaceChildren(...(data ? draw(data) : []))
    }
  }
}
