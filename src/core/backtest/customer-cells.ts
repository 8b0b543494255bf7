import { anyOrderSum } from './any-order-sum'
import type { CustomerRows } from './customer-rows'

/** The cells that customers' rows are in: one entry for each cell that a customer has rows in, in the order of the cells. */
export interface CustomerCells {
  /** Where each customer's entries start; at last where they end. */
  readonly starts: Uint32Array
  /** Per entry: the cell, the customer's rows in it, and their revenue in hundredths. */
  readonly cell: Uint8Array
  readonly rows: Uint32Array
  readonly revenue: Float64Array
}

/** What each row in a cell adds to the error of a figure, and each hundredth of its revenue. */
export interface Influence {
  readonly each: number
  readonly perRevenue: number
}

/** At most so many cells are told apart. */
const MOST_CELLS = 8

/**
 * Counts each customer's rows by cell.
 * @param cellOf per row of `rows`: its cell, 0…7; any other is in none
 * @param revenue per row of the table, in hundredths
 */
export function customerCells(
  { rows, starts }: CustomerRows,
  cellOf: Uint8Array,
  revenue: Float64Array | undefined,
): CustomerCells {
  const cells = MOST_CELLS
  const [counts, amounts] = [new Uint32Array(cells), new Float64Array(cells)]
  const found = {
    starts: new Uint32Array(starts.length),
    cell: new Uint8Array(rows.length),
    rows: new Uint32Array(rows.length),
    revenue: new Float64Array(rows.length),
  }
  let entry = 0
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    for (let i = starts[customer]!; i < starts[customer + 1]!; i++) {
      const cell = cellOf[i]!
      if (cell >= cells) continue
      counts[cell]!++
      if (revenue) amounts[cell]! += revenue[rows[i]!]!
    }
    for (let cell = 0; cell < cells; cell++) {
      if (counts[cell] === 0) continue
      found.cell[entry] = cell
      found.rows[entry] = counts[cell]!
      found.revenue[entry++] = amounts[cell]!
      counts[cell] = amounts[cell] = 0
    }
    found.starts[customer + 1] = entry
  }
  return found
}

/**
 * The variance of a figure whose rows repeat customers and are not independent: linearised, a customer's rows add up to z,
 * and it is I/(I − 1)·Σz² over the I customers that are counted (the factor that Obuchowski 1997 has for the AUC).
 * Undefined with fewer than two.
 * @param influences per cell; undefined where its rows are not counted
 */
export function varianceByCustomer(
  { starts, cell, rows, revenue }: CustomerCells,
  influences: readonly (Influence | undefined)[],
): number | undefined {
  const isCounted = Uint8Array.from({ length: MOST_CELLS }, (_, i) => Number(influences[i] !== undefined))
  const each = Float64Array.from(isCounted, (_, i) => influences[i]?.each ?? 0)
  const perRevenue = Float64Array.from(isCounted, (_, i) => influences[i]?.perRevenue ?? 0)
  const squares = new Float64Array(starts.length - 1)
  let customers = 0
  for (let customer = 0; customer < squares.length; customer++) {
    let [z, counted] = [0, 0]
    for (let entry = starts[customer]!; entry < starts[customer + 1]!; entry++) {
      const own = cell[entry]!
      z += rows[entry]! * each[own]! + revenue[entry]! * perRevenue[own]!
      counted |= isCounted[own]!
    }
    if (counted) squares[customers++] = z * z
  }
  return varianceOfSquares(squares.subarray(0, customers))
}

/** I/(I − 1)·Σz², of each customer's z². */
export function varianceOfSquares(squares: Float64Array): number | undefined {
  const customers = squares.length
  return customers < 2 ? undefined : (customers / (customers - 1)) * anyOrderSum(squares)
}
