import { parseDate } from '../../src/core/column/date-text'
import { parseNumber } from '../../src/core/column/number-text'
import { isBlank, type CellValue } from './cell-feed'

/** A row of a sheet; blank rows are left out, so they are not all neighbours. */
export interface SheetRow {
  /** From 1. */
  readonly row: number
  readonly cells: readonly CellValue[]
}

export interface FoundNames {
  /** The row that holds the names, from 1. */
  readonly row: number
  readonly columns: number
  /** Rows below it, of those that were looked at, that look like its customers. */
  readonly fits: number
}

/** Share of the cells under the names that a row fills if it is one of the table's. */
const FILLED = 0.5

/**
 * The row of a sheet that holds the names: the first whose cells are texts, all different, and under which most rows
 * fill most of its columns. Titles, merged over many columns, and notes above it fill one or two cells. Undefined where
 * there is none, as on a dashboard.
 */
export function findNames(rows: readonly SheetRow[]): FoundNames | undefined {
  const found = rows.map((row, i) => namesAt(row, rows.slice(i + 1))).filter((each) => each !== undefined)
  // Further down there may be a row of texts too; it has fewer rows below it.
  return found.reduce<FoundNames | undefined>(
    (best, each) => (best && best.fits * best.columns >= each.fits * each.columns ? best : each),
    undefined,
  )
}

function namesAt({ row, cells }: SheetRow, below: readonly SheetRow[]): FoundNames | undefined {
  const named = cells.flatMap((cell, column) => (isBlank(cell) ? [] : [column]))
  const names = named.map((column) => cells[column])
  if (named.length === 0 || !names.every(isName) || new Set(names).size < named.length) return undefined
  const fits = below.filter((each) => {
    const filled = named.filter((column) => !isBlank(each.cells[column])).length
    return filled >= Math.max(1, FILLED * named.length)
  }).length
  if (fits === 0 || fits < FILLED * below.length) return undefined
  return { row, columns: named.length, fits }
}

function isName(cell: CellValue | undefined): boolean {
  return (
    typeof cell === 'string' &&
    cell.length <= 200 &&
    Number.isNaN(parseNumber(cell.trim(), '.')) &&
    parseDate(cell.trim()) === undefined
  )
}
