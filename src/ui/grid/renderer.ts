import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'

/** Fills a cell from its row. What it puts there are nodes: a string would be parsed as HTML by the grid. */
export type Draw<Row> = (row: Row, cell: HTMLElement) => void

/** Changes what a cell already shows to another row, without new nodes; false where it has to be drawn anew. */
export type Patch<Row> = (row: Row, cell: HTMLElement) => boolean

/** Cells that are on screen, by row and column, so that they can be redrawn without asking the grid. */
export class DrawnCells<Row> {
  readonly #cells = new Map<string, { readonly element: HTMLElement; readonly redraw: (row: Row) => void }>()

  /** Redraws a cell; false where it is not on screen. */
  redraw(id: string, column: string, row: Row): boolean {
    const cell = this.#cells.get(`${column} ${id}`)
    cell?.redraw(row)
    return cell !== undefined
  }

  put(id: string, column: string, element: HTMLElement, redraw: (row: Row) => void): void {
    this.#cells.set(`${column} ${id}`, { element, redraw })
  }

  remove(id: string, column: string, element: HTMLElement): void {
    const key = `${column} ${id}`
    if (this.#cells.get(key)?.element === element) this.#cells.delete(key)
  }
}

interface Identified {
  readonly id: string
}

/** A cell renderer that draws its cell anew whenever the cell's value changes. */
export function renderer<Row extends Identified>(
  draw: Draw<Row>,
  patch: Patch<Row> | undefined,
  drawn: DrawnCells<Row>,
): new () => ICellRendererComp<Row> {
  return class implements ICellRendererComp<Row> {
    readonly #cell = document.createElement('span')
    #id = ''
    #column = ''

    init({ node, data, column }: ICellRendererParams<Row>): void {
      this.#cell.className = 'in'
      // The grid makes cells some time after it was given a row, which may be another by then.
      const row = node.data ?? data
      if (!row || !column) return
      this.#id = row.id
      this.#column = column.getColId()
      draw(row, this.#cell)
      drawn.put(this.#id, this.#column, this.#cell, (row) => this.#redraw(row))
    }

    getGui(): HTMLElement {
      return this.#cell
    }

    refresh({ data }: ICellRendererParams<Row>): boolean {
      if (data) this.#redraw(data)
      return true
    }

    destroy(): void {
      drawn.remove(this.#id, this.#column, this.#cell)
    }

    #redraw(row: Row): void {
      if (patch?.(row, this.#cell)) return
      this.#cell.replaceChildren()
      draw(row, this.#cell)
    }
  }
}
