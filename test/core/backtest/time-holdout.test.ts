import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TIME_PARTS, timeHoldout } from '../../../src/core/backtest/time-holdout'

const { training, holdout, neither } = TIME_PARTS

test('the snapshots after the 70th percentile are held out', () => {
  // Ten months, one row each: the 70th percentile is 73, so 80 and later are held out.
  const asOf = Float64Array.from({ length: 10 }, (_, i) => 10 + 10 * i)
  const found = timeHoldout(asOf)!
  expect(found).toMatchObject({ from: 80, overlapping: 0 })
  expect([...found.parts]).toEqual([...Array<number>(7).fill(training), ...Array<number>(3).fill(holdout)])
})

test('an earlier row whose outcome was not known by then is in neither part', () => {
  const asOf = Float64Array.from({ length: 10 }, (_, i) => 10 + 10 * i)
  const found = timeHoldout(asOf, { gap: 5, horizon: 20 })!
  // 50 + 25 is before 80, 60 + 25 is not.
  expect([...found.parts.subarray(0, 7)]).toEqual([training, training, training, training, training, neither, neither])
  expect(found.overlapping).toBe(2)
  expect(timeHoldout(asOf, { gap: 10, horizon: 20 })!.parts[4]).toBe(training)
})

test('a row without a day is in neither part', () => {
  const { parts, overlapping } = timeHoldout(Float64Array.of(1, 1, 1, NaN, 2))!
  expect([...parts]).toEqual([training, training, training, neither, holdout])
  expect(overlapping).toBe(0)
})

test('one date, or most rows on the last one, cannot be split', () => {
  expect(timeHoldout(Float64Array.of(5, 5, 5))).toBeUndefined()
  expect(timeHoldout(Float64Array.of(1, 5, 5, 5))).toBeUndefined()
  expect(timeHoldout(Float64Array.of(NaN))).toBeUndefined()
  expect(timeHoldout(new Float64Array(0))).toBeUndefined()
})

test('no training row’s window reaches into the hold-out, and at most 30% are held out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 1 }), fc.nat(30), fc.nat(90), (days, gap, horizon) => {
      const found = timeHoldout(Float64Array.from(days), { gap, horizon })
      fc.pre(found !== undefined)
      const first = Math.min(...days.filter((_, row) => found.parts[row] === holdout))
      expect(found.from).toBe(first)
      for (const [row, day] of days.entries()) {
        expect(found.parts[row] === holdout).toBe(day >= first)
        expect(found.parts[row] === training).toBe(day + gap + horizon <= first && day < first)
      }
      expect(days.filter((day) => day >= first).length).toBeLessThanOrEqual(Math.ceil(0.3 * days.length))
    }),
  )
})
