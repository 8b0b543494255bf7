import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customersPerBin, totals } from '../../../src/core/backtest/outcome-histogram'
import { ofRiskiest, perTenth } from '../../../src/core/backtest/riskiest'
import { histograms } from '../../support/histogram'

test('a tie over a boundary contributes pro rata', () => {
  expect(ofRiskiest([4, 6], [3, 1], [0, 2, 4, 7, 10])).toEqual([0, 1.5, 3, 3.5, 4])
  expect(ofRiskiest([0, 5, 0, 5], [0, 5, 0, 0], [2.5, 5])).toEqual([2.5, 5])
})

test('tenths add up to everything', () => {
  fc.assert(
    fc.property(histograms, (counted) => {
      const { events, customers } = totals(counted)
      const tenths = perTenth(customersPerBin(counted), counted.events, customers)
      expect(tenths).toHaveLength(10)
      expect(tenths.reduce((sum, each) => sum + each, 0)).toBeCloseTo(events, 9)
    }),
  )
})
