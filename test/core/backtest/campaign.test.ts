import fc from 'fast-check'
import { expect, test } from 'vitest'
import { campaigns } from '../../../src/core/backtest/campaign'
import { totals } from '../../../src/core/backtest/outcome-histogram'
import { histogram, histograms } from '../../support/histogram'

test('the riskiest 5, 10 and 20% of 100 customers, ties pro rata', () => {
  const economics = { cost: 1, saveRate: 0.5, value: { kind: 'amount', amount: 10 } } as const
  const found = campaigns({ histogram: histogram([8, 6, 6], [2, 14, 64]) }, economics)!
  expect(found.map(({ contacted }) => contacted)).toEqual([5, 10, 20])
  expect(found.map(({ caught }) => caught)).toEqual([4, 8, 11])
  expect(found.map(({ capture }) => capture)).toEqual([0.2, 0.4, 0.55])
  expect(found.map(({ precision }) => precision)).toEqual([0.8, 0.8, 0.55])
  for (const [i, lift] of [4, 4, 2.75].entries()) expect(found[i]!.lift).toBeCloseTo(lift, 12)
  expect(found.map(({ value }) => value)).toEqual([15, 30, 35])
})

test('has no value without economics, or by revenue without any', () => {
  const valued = { histogram: histogram([5], [5]) }
  expect(campaigns(valued)![0]!.value).toBeUndefined()
  const byRevenue = { cost: 1, saveRate: 0.5, value: { kind: 'revenue', months: 12 } } as const
  expect(campaigns(valued, byRevenue)![0]!.value).toBeUndefined()
  expect(campaigns({ ...valued, eventRevenue: [1000] }, byRevenue, [1])![0]!.value).toBe(50)
})

test('does not exist without an event; catches more the more are contacted', () => {
  fc.assert(
    fc.property(histograms, (counted) => {
      const found = campaigns({ histogram: counted })
      expect(found === undefined).toBe(totals(counted).events === 0)
      fc.pre(found !== undefined)
      const [five, ten, twenty] = found.map(({ caught }) => caught)
      expect(five).toBeLessThanOrEqual(ten!)
      expect(ten).toBeLessThanOrEqual(twenty!)
      for (const { precision } of found) expect(precision).toBeLessThanOrEqual(1 + 1e-12)
    }),
  )
})
