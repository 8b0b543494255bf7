import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'

/** Fills a cell from its row. What it puts there are nodes: a string would be parsed as HTML by the grid. */
export type Draw<Row> = (row: Row, cell: HTMLElement) => void

/** A cell renderer that draws its cell anew whenever the cell's value changes. */
export function renderer<Row>(draw: Draw<Row>): new () => ICellRendererComp<Row> {
  return class implements ICellRendererComp<Row> {
    readonly #cell = document.createElement('span')

    init(params: ICellRendererParams<Row>): void {
      this.#cell.className = 'in'
      this.refresh(params)
    }

    getGui(): HTMLElement {
      return this.#cell
    }

    refresh({ data }: ICellRendererParams<Row>): boolean {
      this.#cell.replaceChildren()
      if (data) draw(data, this.#cell)
      return true
    }
  }
}
