import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jointCells } from '../../../src/core/backtest/joint-cells'

test('counts customers by both scores and outcome, with what they pay', () => {
  const rows = { a: [3, 1, 3, 9, 3], b: [2, 0, 2, 1, 9], outcome: [1, 0, 1, 1, 1], revenue: [100, 200, 300, 400, 500] }
  expect(jointCells(rows, 9)).toEqual([
    { a: 1, b: 0, event: 0, customers: 1, revenue: 200, revenueSquares: 40_000 },
    { a: 3, b: 2, event: 1, customers: 2, revenue: 400, revenueSquares: 100_000 },
  ])
})

test('who has no known outcome is in no cell', () => {
  expect(jointCells({ a: [1, 1], b: [1, 1], outcome: [2, 2] }, 9)).toEqual([])
  expect(jointCells({ a: [], b: [], outcome: [] }, 9)).toEqual([])
})

test('does not depend on the order of the rows', () => {
  const row = fc.record({ a: fc.nat(10), b: fc.nat(10), outcome: fc.constantFrom(0, 1, 2), revenue: fc.nat(1e6) })
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const cells = (file: typeof rows) =>
        jointCells(
          {
            a: file.map(({ a }) => a),
            b: file.map(({ b }) => b),
            outcome: file.map(({ outcome }) => outcome),
            revenue: file.map(({ revenue }) => revenue),
          },
          10,
        )
      expect(cells(rows.toReversed())).toEqual(cells(rows))
    }),
  )
})
