import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as reference from '../../../src/core/scoring/reference'
import { minDenOf, NOT_SCORED } from '../../../src/core/scoring/reference'
import { MISSING_POINTS } from '../../../src/core/scoring/scale'

const M = MISSING_POINTS
const plan = (weights: number[], ...points: number[][]) => ({
  points: points.map((column) => Uint16Array.from(column)),
  weights: Uint16Array.from(weights),
})
interface Whole {
  readonly points: Uint16Array[]
  readonly weights: Uint16Array
  readonly minDen?: number
}
/** Everybody as one run. */
const whole = ({ points, weights, minDen = 1 }: Whole, customers: number) => ({
  points,
  runs: [{ start: 0, customers, weights, minDen }],
})
const scoreCustomers = (given: Whole, customers: number) => reference.scoreCustomers(whole(given, customers), customers)
const weightWithPoints = (given: Whole, customers: number) =>
  reference.weightWithPoints(whole(given, customers), customers)
const total = (weights: ArrayLike<number>): number => Array.from(weights).reduce((sum, weight) => sum + weight, 0)

describe('a score', () => {
  test('is the weighted mean of the points', () => {
    const scores = scoreCustomers({ ...plan([1000, 3000], [10000, 0], [0, 8000]), minDen: 1 }, 2)
    expect([...scores]).toEqual([2500, 6000])
  })

  test('leaves a missing value out of the mean together with its weight', () => {
    const scores = scoreCustomers({ ...plan([1000, 3000], [4000, M], [M, 8000]), minDen: 1 }, 2)
    expect([...scores]).toEqual([4000, 8000])
  })

  test('rounds half up on the exact fraction', () => {
    const scores = scoreCustomers({ ...plan([1, 1], [0, 1], [1, 2]), minDen: 1 }, 2)
    expect([...scores]).toEqual([1, 2])
  })

  test('is withheld under the least coverage, and given from exactly there', () => {
    const two = plan([5000, 5000], [7000, M, M], [M, M, 1000])
    expect([...scoreCustomers({ ...two, minDen: minDenOf(5000, 10000) }, 3)]).toEqual([7000, NOT_SCORED, 1000])
    expect([...scoreCustomers({ ...two, minDen: minDenOf(5001, 10000) }, 3)]).toEqual([
      NOT_SCORED,
      NOT_SCORED,
      NOT_SCORED,
    ])
  })

  test('is nobody’s when no metric has a weight', () => {
    expect([...scoreCustomers({ ...plan([0], [5000]), minDen: minDenOf(5000, 0) }, 1)]).toEqual([NOT_SCORED])
    expect([...scoreCustomers({ points: [], weights: new Uint16Array(), minDen: minDenOf(0, 0) }, 2)]).toEqual([
      NOT_SCORED,
      NOT_SCORED,
    ])
  })

  test('equals exact integer arithmetic for 1 to 200 metrics with missing values and zero weights', () => {
    const point = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 10000 }) },
      { weight: 1, arbitrary: fc.constant(M) },
    )
    const models = fc.integer({ min: 1, max: 200 }).chain((metrics) =>
      fc.record({
        weights: fc.array(fc.integer({ min: 0, max: 10000 }), { minLength: metrics, maxLength: metrics }),
        row: fc.array(point, { minLength: metrics, maxLength: metrics }),
        coverage: fc.integer({ min: 0, max: 10000 }),
      }),
    )
    fc.assert(
      fc.property(models, ({ weights, row, coverage }) => {
        let num = 0n
        let den = 0n
        for (const [i, s] of row.entries()) {
          if (s === M) continue
          num += BigInt(weights[i]!) * BigInt(s)
          den += BigInt(weights[i]!)
        }
        const all = BigInt(total(weights))
        const minDen = (BigInt(coverage) * all + 9999n) / 10000n
        const scored = den >= (minDen > 1n ? minDen : 1n)
        const expected = scored ? Number((2n * num + den) / (2n * den)) : NOT_SCORED
        const given = plan(weights, ...row.map((s) => [s]))
        expect(scoreCustomers({ ...given, minDen: minDenOf(coverage, Number(all)) }, 1)[0]).toBe(expected)
      }),
    )
  })

  test('does not change when every weight is scaled alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 2, max: 100 }),
        (weights, times) => {
          const points = weights.map((weight, i) => [(weight * 7919 * (i + 1)) % 10001])
          const once = scoreCustomers({ ...plan(weights, ...points), minDen: 1 }, 1)
          const more = scoreCustomers(
            {
              ...plan(
                weights.map((weight) => weight * times),
                ...points,
              ),
              minDen: 1,
            },
            1,
          )
          expect(more).toEqual(once)
        },
      ),
    )
  })
})

test('the weight with points is the den that coverage divides', () => {
  expect([...weightWithPoints(plan([1000, 250], [1, M, M], [M, 2, M]), 3)]).toEqual([1000, 250, 0])
})

test('the least den rounds up', () => {
  expect(minDenOf(5000, 10400)).toBe(5200)
  expect(minDenOf(3333, 100)).toBe(34)
  expect(minDenOf(0, 10400)).toBe(1)
})

describe('a rule that applies', () => {
  const customers = plan([100], [2000, 5000, 9000, M])
  const clamped = (low: number[], high: number[]) =>
    reference.scoreCustomers(
      { ...whole(customers, 4), clamp: { low: Uint16Array.from(low), high: Uint16Array.from(high) } },
      4,
    )

  test('caps and floors, a cap beats a floor, and never scores the unscored', () => {
    expect([...clamped([0, 6000, 0, 6000], [10000, 10000, 4000, 10000])]).toEqual([2000, 6000, 4000, NOT_SCORED])
    expect([...clamped([8000, 0, 0, 0], [3000, 10000, 10000, 10000])]).toEqual([3000, 5000, 9000, NOT_SCORED])
  })
})

test('each segment has its own weights and its own least weight', () => {
  const points = [Uint16Array.from([1000, 1000, 1000]), Uint16Array.from([9000, 9000, M])]
  const runs = [
    { start: 0, customers: 1, weights: Uint16Array.from([100, 0]), minDen: 1 },
    { start: 1, customers: 2, weights: Uint16Array.from([100, 300]), minDen: 200 },
  ]
  expect([...reference.scoreCustomers({ points, runs }, 3)]).toEqual([1000, 7000, NOT_SCORED])
})
