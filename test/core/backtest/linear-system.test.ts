import fc from 'fast-check'
import { expect, test } from 'vitest'
import { solvePositive } from '../../../src/core/backtest/linear-system'

const matrix = (...rows: number[][]) => rows.map((row) => Float64Array.from(row))

test('solves what can be solved by hand', () => {
  expect([...solvePositive(matrix([4, 0], [2, 5]), Float64Array.of(8, 12))!]).toEqual([1, 2])
})

test('refuses what is not positive definite', () => {
  expect(solvePositive(matrix([1, 0], [2, 1]), Float64Array.of(1, 1))).toBeUndefined()
  expect(solvePositive(matrix([0]), Float64Array.of(1))).toBeUndefined()
  expect(solvePositive(matrix([NaN]), Float64Array.of(1))).toBeUndefined()
})

test('multiplied out it gives the right side again', () => {
  const entry = fc.integer({ min: -9, max: 9 })
  const square = fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(square, fc.array(entry, { minLength: 4, maxLength: 4 }), (b, right) => {
      // BᵀB + I is positive definite.
      const a = b.map((_, i) => Float64Array.from(b, (_, j) => b.reduce((sum, row) => sum + row[i]! * row[j]!, Number(i === j)))) // prettier-ignore
      const x = solvePositive(a, Float64Array.from(right))!
      for (const [i, row] of a.entries()) {
        expect(row.reduce((sum, each, j) => sum + each * x[j]!, 0)).toBeCloseTo(right[i]!, 8)
      }
    }),
  )
})
