import { describe, expect, test } from 'vitest'
import { fitScale } from '../../../src/core/scoring/fit'
import { weigh } from '../../../src/core/scoring/quantile'

const oneToHundred = weigh(Float64Array.from({ length: 101 }, (_, i) => i))

describe('a fit', () => {
  test('from least to most', () => {
    expect(fitScale('min to max', 'higher', oneToHundred)).toEqual({
      kind: 'curve',
      knots: [
        { x: 0, points: 0 },
        { x: 100, points: 100 },
      ],
    })
  })

  test('from the 5th to the 95th percentile, falling where lower is better', () => {
    expect(fitScale('5th to 95th percentile', 'lower', oneToHundred)).toEqual({
      kind: 'curve',
      knots: [
        { x: 5, points: 100 },
        { x: 95, points: 0 },
      ],
    })
  })

  test('takes least and most where the 5th and 95th percentile are equal', () => {
    const rare = { values: [0, 1], counts: [99, 1] }
    expect(fitScale('5th to 95th percentile', 'higher', rare)).toEqual(fitScale('min to max', 'higher', rare))
  })

  test('is undefined when everyone has the same value, or nobody has one', () => {
    expect(fitScale('5th to 95th percentile', 'higher', { values: [7], counts: [12] })).toBeUndefined()
    expect(fitScale('percentile rank', 'higher', { values: [], counts: [] })).toBeUndefined()
  })

  test('in quartiles makes four bands, fewer where quartiles coincide', () => {
    expect(fitScale('quartiles', 'higher', oneToHundred)).toEqual({
      kind: 'bands',
      bands: [{ below: 25, points: 0 }, { below: 50, points: 33 }, { below: 75, points: 67 }, { points: 100 }],
    })
    expect(fitScale('quartiles', 'lower', { values: [0, 9], counts: [8, 2] })).toEqual({
      kind: 'bands',
      bands: [{ below: 9, points: 100 }, { points: 0 }],
    })
  })

  test('by percentile rank has 21 knots, and a merged one takes the mean of its first and last points', () => {
    const even = fitScale('percentile rank', 'higher', oneToHundred)
    expect(even?.kind === 'curve' && even.knots).toHaveLength(21)
    const tied = fitScale('percentile rank', 'higher', { values: [0, 1, 2], counts: [50, 1, 50] })
    expect(tied).toEqual({
      kind: 'curve',
      knots: [
        { x: 0, points: 22.5 },
        { x: 1, points: 50 },
        { x: 2, points: 77.5 },
      ],
    })
  })

  test('by the mean and two population standard deviations', () => {
    const scale = fitScale('mean ± 2 SD', 'higher', { values: [2, 4, 5, 7, 9], counts: [1, 3, 2, 1, 1] })
    expect(scale?.kind === 'curve' && scale.knots.map((knot) => knot.x)).toEqual([1, 9])
  })

  test('writes no rounding dust', () => {
    const scale = fitScale('5th to 95th percentile', 'higher', { values: [0.1, 0.2, 0.7], counts: [1, 1, 1] })
    expect(scale?.kind === 'curve' && scale.knots.map((knot) => knot.x)).toEqual([0.11, 0.65])
  })
})
