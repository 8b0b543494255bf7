import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantiles, weigh } from '../../../src/core/scoring/quantile'

/** Type 7 by its definition, on the sorted list of all values. */
function bySorting(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const h = (sorted.length - 1) * share
  const low = sorted[Math.floor(h)]!
  const high = sorted[Math.min(sorted.length - 1, Math.floor(h) + 1)]!
  return low + (h - Math.floor(h)) * (high - low)
}

test('known values of NumPy’s default', () => {
  const data = weigh(Float64Array.from([15, 20, 35, 40, 50]))
  expect(quantiles(data, [0, 0.05, 0.25, 0.5, 0.95, 1])).toEqual([15, 16, 20, 35, 48, 50])
})

test('counted values give the quantiles of the values written out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
      (values, percents) => {
        const shares = percents.map((percent) => percent / 100)
        const given = quantiles(weigh(Float64Array.from(values)), shares)
        expect(given).toEqual(shares.map((share) => bySorting(values, share)))
      },
    ),
  )
})

test('NaN is left out, and nothing has no quantile', () => {
  expect(quantiles(weigh(Float64Array.from([NaN, 3, NaN])), [0.5])).toEqual([3])
  expect(quantiles(weigh(Float64Array.from([NaN])), [0.1, 0.9])).toEqual([NaN, NaN])
})

test('values are counted in rising order', () => {
  expect(weigh(Float64Array.from([10, 9, 10, -1]))).toEqual({ values: [-1, 9, 10], counts: [1, 1, 2] })
})
