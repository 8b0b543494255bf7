import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basePoints, explain, topReasons, type CountedMetric } from '../../../src/core/scoring/explain'
import { MISSING_POINTS } from '../../../src/core/scoring/scale'

const M = MISSING_POINTS
const of = (...metrics: [points: number, weight: number, base: number][]): CountedMetric[] =>
  metrics.map(([points, weight, base]) => ({ points, weight, base }))

describe('the steps from the average customer to a score', () => {
  test('are w·(s − base)/den each', () => {
    expect(explain(of([8000, 1000, 5000], [2000, 3000, 6000]))).toEqual({
      average: 5750,
      score: 3500,
      steps: [750, -3000],
      noValue: 0,
    })
  })

  test('have one more for what is missing', () => {
    // Average (1000·5000 + 3000·6000)/4000 = 5750; with the first alone the base is 5000.
    expect(explain(of([8000, 1000, 5000], [M, 3000, 6000]))).toEqual({
      average: 5750,
      score: 8000,
      steps: [3000, 0],
      noValue: -750,
    })
  })

  test('are rounded by largest remainder, ties in the order of the model', () => {
    const { average, score, steps, noValue } = explain(of([1, 1, 0], [1, 1, 0], [1, 1, 0], [0, 3, 0]))!
    expect([average, score]).toEqual([0, 1])
    expect([...steps, noValue]).toEqual([1, 0, 0, 0, 0])
  })

  test('sum to the score exactly, whatever is missing and however many metrics there are', () => {
    const point = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 10_000 }) }, fc.constant(M))
    const one = fc.record({
      points: point,
      weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000 })),
      base: fc.integer({ min: 0, max: 10_000 }),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 200 }), (metrics) => {
        const explained = explain(metrics)
        const present = metrics.filter(({ points }) => points !== M)
        const den = present.reduce((sum, { weight }) => sum + weight, 0)
        if (den === 0) {
          expect(explained).toBeUndefined()
          return
        }
        const { average, score, steps, noValue } = explained!
        const num = present.reduce((sum, { points, weight }) => sum + BigInt(points * weight), 0n)
        expect(score).toBe(Number((2n * num + BigInt(den)) / BigInt(2 * den)))
        expect(average + noValue + steps.reduce((sum, step) => sum + step, 0)).toBe(score)
        for (const [i, { points, weight, base }] of metrics.entries()) {
          const exact = points === M ? 0 : (weight * (points - base)) / den
          expect(Math.abs(steps[i]! - exact)).toBeLessThan(2)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('are undefined for whoever has no value that weighs', () => {
    expect(explain(of([M, 100, 5000], [3000, 0, 1]))).toBeUndefined()
    expect(explain([])).toBeUndefined()
  })
})

test('the top reasons are the largest w·(s − base) either way, ties in the order of the model', () => {
  expect(topReasons(of([10, 5, 20], [0, 1, 50], [30, 2, 5], [15, 10, 10]))).toEqual({ down: 0, up: 2 })
  expect(topReasons(of([10, 5, 10], [M, 9, 50]))).toEqual({ down: undefined, up: undefined })
})

test('the average customer has the mean points of those who have them, rounded half up', () => {
  expect(basePoints({ sum: 3, customers: 2 })).toBe(2)
  expect(basePoints({ sum: 4, customers: 3 })).toBe(1)
  expect(basePoints({ sum: 29_999, customers: 3 })).toBe(10_000)
  expect(basePoints({ sum: 0, customers: 0 })).toBe(0)
})
