import { expect, test } from 'vitest'
import { clusteredVariance } from '../../../src/core/backtest/clustered-variance'

const totals = { events: 3, nonEvents: 3, customers: 6 }

test('sums what a customer deviates by, on either side and across both', () => {
  const deviations = [0.5, -0.25, -0.25, 0.25, 0.25, -0.5, NaN, 9]
  const outcome = [1, 1, 1, 0, 0, 0, 1, 2]
  const variance = clusteredVariance(deviations, { outcome, customer: [0, 0, 1, 1, 2, 2, 3, 4], customers: 5 }, totals)
  // a₁ = 1/4 and −1/4; a₀ = 1/4 and −1/4; one customer of three has both: −1/16.
  expect(variance).toBeCloseTo((2 / 8 + 2 / 8 - 3 / 16) / 9, 15)
})

test('there is none with one customer on a side, and it is never below 0', () => {
  const one = { outcome: [1, 1, 0, 0], customer: [0, 0, 1, 2], customers: 3 }
  expect(clusteredVariance([1, -1, 1, -1], one, totals)).toBeUndefined()
  const against = { outcome: [1, 0, 1, 0], customer: [0, 0, 1, 1], customers: 2 }
  expect(clusteredVariance([1, -1, -1, 1], against, totals)).toBe(0)
})
