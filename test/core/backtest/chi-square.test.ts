import { expect, test } from 'vitest'
import { chiSquareQuantile } from '../../../src/core/backtest/chi-square'
import { twoSidedP } from '../../../src/core/backtest/normal'

test.each([
  [1, 3.841458820694124],
  [2, 5.991464547107979],
  [3, 7.814727903251179],
  [4, 9.487729036781154],
  [5, 11.070497693516351],
  [9, 16.918977604620448],
  [10, 18.307038053275146],
  [30, 43.77297182574219],
  [100, 124.34211340400407],
])('with %i degrees of freedom 95%% lie below %f', (df, expected) => {
  expect(chiSquareQuantile(df, 0.95) / expected).toBeCloseTo(1, 12)
})

/** P(χ² > x) in closed form: a finite sum for even degrees of freedom, one with the normal's tail for odd ones. */
function tail(df: number, x: number): number {
  let term = df % 2 === 0 ? Math.exp(-x / 2) : Math.exp(-x / 2) * Math.sqrt((2 * x) / Math.PI)
  let sum = df % 2 === 0 ? 0 : twoSidedP(Math.sqrt(x))
  for (let k = df % 2 === 0 ? 2 : 3; k <= df; k += 2) {
    sum += term
    term *= x / k
  }
  return sum
}

test('leaves 5% above it at every number of degrees from 1 to 100', () => {
  for (let df = 1; df <= 100; df++) expect(tail(df, chiSquareQuantile(df, 0.95)) / 0.05).toBeCloseTo(1, 10)
})

test('serves other shares too', () => {
  for (const df of [1, 2, 7, 40]) {
    for (const p of [0.01, 0.5, 0.99, 0.999]) expect(tail(df, chiSquareQuantile(df, p))).toBeCloseTo(1 - p, 12)
  }
})
