import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withInterval } from '../../../src/core/backtest/auc'
import { aucOverTime } from '../../../src/core/backtest/auc-over-time'

const on = (day: number, value: number, variance = 0.0004) => ({ day, auc: withInterval(value, variance) })
const none = { auc: undefined, variance: undefined, low: undefined, high: undefined, complete: false }

test('a line through equal days: the slope by hand, in 30 days', () => {
  const found = aucOverTime([on(0, 0.8), on(30, 0.79), on(60, 0.75)])!
  expect(found).toMatchObject({ days: 3, from: 0, to: 60, least: 0.75, most: 0.8 })
  // Σ(t−t̄)(A−Ā)/Σ(t−t̄)² = (−30·0.02 + 30·(−0.03))/1800; its error 0.02/√1800.
  expect(found.slope.difference).toBeCloseTo(-0.025, 12)
  expect(found.slope.high - found.slope.difference).toBeCloseTo((30 * 1.959963984540054 * 0.02) / Math.sqrt(1800), 12)
  expect(found.slope.p).toBeCloseTo(0.0770998717435, 9)
})

test('a day that is less sure weighs less', () => {
  const sure = aucOverTime([on(0, 0.8), on(30, 0.8), on(60, 0.7)])!.slope
  const unsure = aucOverTime([on(0, 0.8), on(30, 0.8), on(60, 0.7, 0.04)])!.slope
  expect(unsure.difference).toBeGreaterThan(sure.difference)
  expect(unsure.p).toBeGreaterThan(sure.p)
})

test('does not exist for fewer than three days that can be judged, or for one day alone', () => {
  expect(aucOverTime([on(0, 0.8), on(30, 0.7), { day: 60, auc: none }])).toBeUndefined()
  expect(aucOverTime([on(5, 0.8), on(5, 0.7), on(5, 0.6)])).toBeUndefined()
  expect(aucOverTime([])).toBeUndefined()
})

test('is the same whenever the days began to be counted, and turns with the sign of time', () => {
  const days = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.double({ min: 0.4, max: 0.95, noNaN: true })), { minLength: 3, maxLength: 9 }) // prettier-ignore
  fc.assert(
    fc.property(days, (given) => {
      const found = aucOverTime(given.map(([day, value]) => on(day, value)))
      fc.pre(found !== undefined)
      const later = aucOverTime(given.map(([day, value]) => on(day + 20_000, value)))!
      expect(later.slope.difference).toBeCloseTo(found.slope.difference, 8)
      const back = aucOverTime(given.map(([day, value]) => on(-day, value)))!
      expect(back.slope.difference).toBeCloseTo(-found.slope.difference, 8)
      expect(back.slope.p).toBeCloseTo(found.slope.p, 8)
    }),
  )
})
