import { describe, expect, test } from 'vitest'
import { varianceByCustomer, customerCells, varianceOfSquares } from '../../../src/core/backtest/customer-cells'

/** Three customers: rows 4, 1, 0; row 2; row 3. */
const CUSTOMERS = { rows: Uint32Array.of(4, 1, 0, 2, 3), starts: Uint32Array.of(0, 3, 4, 5) }

describe('the cells of customers', () => {
  test('hold the rows and the revenue of each customer in each cell that it is in', () => {
    const found = customerCells(CUSTOMERS, Uint8Array.of(5, 0, 5, 255, 7), Float64Array.of(1, 2, 4, 8, 16))
    expect([...found.starts]).toEqual([0, 2, 2, 3])
    expect([...found.cell.subarray(0, 3)]).toEqual([0, 5, 7])
    expect([...found.rows.subarray(0, 3)]).toEqual([1, 2, 1])
    expect([...found.revenue.subarray(0, 3)]).toEqual([2, 17, 8])
  })
})

describe('the variance of influences', () => {
  test('squares what a customer’s rows add up to, worked out by hand', () => {
    const cells = customerCells(CUSTOMERS, Uint8Array.of(0, 0, 1, 1, 2), Float64Array.of(1, 2, 4, 8, 16))
    // 2 rows and 18/12 for the revenue in cell 0 less 1 for the row in cell 1; −1; the third customer is not counted.
    const influences = [{ each: 1, perRevenue: 1 / 12 }, { each: -1, perRevenue: 0 }, undefined]
    expect(varianceByCustomer(cells, influences)).toBeCloseTo(2 * ((2 + 18 / 12 - 1) ** 2 + 1), 14)
  })

  test('does not exist with one customer that is counted', () => {
    const cells = customerCells(CUSTOMERS, Uint8Array.of(0, 0, 0, 1, 1), undefined)
    expect(varianceByCustomer(cells, [{ each: 1, perRevenue: 0 }, undefined])).toBeUndefined()
    expect(varianceOfSquares(Float64Array.of(4))).toBeUndefined()
    expect(varianceOfSquares(Float64Array.of(4, 1))).toBe(10)
  })
})
