import { expect, test } from 'vitest'
import { twoSidedP } from '../../../src/core/backtest/normal'

test.each([
  [0, 1],
  [0.5, 0.617075077451974],
  [1, 0.317310507862914],
  [1.959963984540054, 0.05],
  [2.5758293035489, 0.01],
  [2.8284271247461903, 0.00467773498104727],
  [5, 5.73303143758389e-7],
  [10, 1.52397060483211e-23],
])('a standard normal is at least %f from 0 with the chance %f', (z, p) => {
  expect(twoSidedP(z) / p).toBeCloseTo(1, 9)
  expect(twoSidedP(-z)).toBe(twoSidedP(z))
})

test('both ways of computing it meet where one takes over from the other', () => {
  const edge = 2 * Math.SQRT2
  expect(twoSidedP(edge - 1e-12) / twoSidedP(edge + 1e-12)).toBeCloseTo(1, 10)
})
