import type { ColDef, ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { CellsInTurn } from '../../grid/cells-in-turn'
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

/**
 * Has the cells of a column drawn in their turn, again whenever their row is another or has changed; until then they show
 * what they showed. A row without data is there for a moment only, while one scrolls: its cells stay empty.
 */
export function drawnInTurn(draw: (row: ListRow) => Node[], turns: CellsInTurn): ColDef<ListRow> {
  const component = listCell(draw, turns)
  return { cellRendererSelector: ({ data }) => data && { component } }
}

function listCell(draw: (row: ListRow) => Node[], turns: CellsInTurn): new () => ICellRendererComp<ListRow> {
  return class implements ICellRendererComp<ListRow> {
    readonly #cell = document.createElement('span')
    /** The row that is drawn, or waits to be. */
    #row: ListRow | undefined
    #giveUp: (() => void) | undefined

    init(params: ICellRendererParams<ListRow>): void {
      this.#cell.className = 'in'
      this.#show(params)
    }

    getGui(): HTMLElement {
      return this.#cell
    }

    /** The same row is left alone: a press whose target is drawn anew before the release is no click. */
    refresh(params: ICellRendererParams<ListRow>): boolean {
      if (params.data !== this.#row) this.#show(params)
      return true
    }

    destroy(): void {
      this.#giveUp?.()
    }

    #show({ data, node, api }: ICellRendererParams<ListRow>): void {
      this.#row = data
      this.#giveUp?.()
      if (data === undefined) return
      this.#giveUp = turns.draw({
        isInView: () => {
          const { top, bottom } = api.getVerticalPixelRange()
          return Boolean(node.rowPinned) || (node.rowTop! >= top && node.rowTop! < bottom)
        },
        draw: () => this.#cell.replaceChildren(...draw(data)),
      })
    }
  }
}
