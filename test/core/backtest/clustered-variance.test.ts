import { expect, test } from 'vitest'
import { clusteredVariance, ranking, type Ranking } from '../../../src/core/backtest/clustered-variance'

/** Every row in a bin of its own, deviating by so much. */
const deviating = (by: number[]): Ranking => ({
  bins: [...by.keys()],
  deviations: [Float64Array.from(by), Float64Array.from(by)],
})

test('a ranking tells how far each bin’s share of won pairs is from the AUC', () => {
  const { deviations } = ranking([], { events: Uint32Array.of(1, 1), nonEvents: Uint32Array.of(0, 4) }, 0.75)
  expect([...deviations[1]]).toEqual([0.25, -0.25])
  expect([...deviations[0]]).toEqual([-0.5, 0])
})

test('sums what a customer deviates by, on either side and across both', () => {
  const outcome = [1, 1, 1, 0, 0, 0, 2]
  const rows = { outcome, customer: [0, 0, 1, 1, 2, 2, 3], customers: 4 }
  const variance = clusteredVariance(rows, deviating([0.5, -0.25, -0.25, 0.25, 0.25, -0.5, 9]))
  // a₁ = 1/4 and −1/4; a₀ = 1/4 and −1/4; one customer of three has both: −1/16.
  expect(variance).toBeCloseTo((2 / 8 + 2 / 8 - 3 / 16) / 9, 15)
})

test('of two rankings it is that of the difference, of rows that both rank', () => {
  const rows = { outcome: [1, 1, 0, 0, 1], customer: [0, 1, 2, 3, 4], customers: 5 }
  const less = { ...deviating([0, 0, 0.5, 0.5]), bins: [0, 1, 2, 3, 4] }
  // Deviations 1 and −1 of two events, ½ and −½ of two non-events: 2·2/4 + 2·½/4.
  expect(clusteredVariance(rows, deviating([1, -1, 1, 0, 7]), less)).toBeCloseTo(1.25, 15)
})

test('there is none with one customer on a side, and it is never below 0', () => {
  const one = { outcome: [1, 1, 0, 0], customer: [0, 0, 1, 2], customers: 3 }
  expect(clusteredVariance(one, deviating([1, -1, 1, -1]))).toBeUndefined()
  const against = { outcome: [1, 0, 1, 0], customer: [0, 0, 1, 1], customers: 2 }
  expect(clusteredVariance(against, deviating([1, -1, -1, 1]))).toBe(0)
})
