import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countBetween, populationStability, tenthEdges } from '../../../src/core/backtest/population-stability'
import { weigh } from '../../../src/core/scoring/quantile'

test('the reference value, and what luck would give', () => {
  const found = populationStability([100, 200, 300, 250, 150], [120, 180, 280, 260, 160])!
  expect(found.psi).toBeCloseTo(0.00817109122168, 13)
  expect(found.luck).toBeCloseTo(9.487729036781154 * 0.002, 12)
  expect(found).toMatchObject({ moved: false, bins: 5, zeroCells: 0 })
})

test('an empty cell counts half a customer, a bin that is empty on both sides none', () => {
  const { psi, zeroCells, bins } = populationStability([50, 50, 0], [100, 0, 0])!
  expect({ zeroCells, bins }).toEqual({ zeroCells: 1, bins: 2 })
  expect(psi).toBeCloseTo(0.5 * Math.log(2) + (0.005 - 0.5) * Math.log(0.01), 12)
})

test('a clear move is more than luck', () => {
  expect(populationStability([500, 500], [300, 700])!.moved).toBe(true)
  expect(populationStability([5, 5], [3, 7])!.moved).toBe(false)
})

test('does not exist where one side has nobody, or all are in one bin', () => {
  expect(populationStability([0, 0], [1, 2])).toBeUndefined()
  expect(populationStability([1, 2], [0, 0])).toBeUndefined()
  expect(populationStability([5, 0], [7, 0])).toBeUndefined()
})

test('is never negative, and the same whichever side is the reference', () => {
  const counts = fc.array(fc.nat(50), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(counts, counts, (reference, now) => {
      const found = populationStability(reference, now)
      fc.pre(found !== undefined)
      expect(found.psi).toBeGreaterThanOrEqual(0)
      expect(populationStability(now, reference)!.psi).toBeCloseTo(found.psi, 10)
    }),
  )
  expect(populationStability([10, 20], [30, 60])!.psi).toBeCloseTo(0, 12)
})

test('bins are the tenths of the reference with open ends, and one for the missing', () => {
  const reference = weigh(Float64Array.from({ length: 101 }, (_, i) => i))
  const edges = tenthEdges(reference)
  expect(edges).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(countBetween(reference, 3, edges)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 3])
  expect(countBetween(weigh(Float64Array.of(-500, 10, 1e9)), 0, edges)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0])
})

test('tenths that coincide are one edge; nobody has none', () => {
  expect(tenthEdges(weigh(Float64Array.of(1, 1, 1, 1)))).toEqual([1])
  expect(tenthEdges(weigh(Float64Array.of()))).toEqual([])
})
