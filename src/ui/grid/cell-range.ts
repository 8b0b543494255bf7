/** A cell by its displayed row and column, from 0. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** A rectangle of cells, ends included. */
export interface CellRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The rectangle between two of its corners. */
export function rangeBetween(a: CellPlace, b: CellPlace): CellRange {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}

export function inRange({ top, bottom, left, right }: CellRange, { row, column }: CellPlace): boolean {
  return row >= top && row <= bottom && column >= left && column <= right
}

export function cellCount({ top, bottom, left, right }: CellRange): number {
  return (bottom - top + 1) * (right - left + 1)
}

/** One step of a corner within a sheet of so many rows and columns; it stops at the edges. */
export function step(from: CellPlace, key: string, rows: number, columns: number): CellPlace {
  const [down, across] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [0, 0]
  return {
    row: Math.min(rows - 1, Math.max(0, from.row + down!)),
    column: Math.min(columns - 1, Math.max(0, from.column + across!)),
  }
}
