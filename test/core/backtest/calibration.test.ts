import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brierScore, calibrate, chanceAt, chances, reliability } from '../../../src/core/backtest/calibration'
import { histogramOf, totals } from '../../../src/core/backtest/outcome-histogram'
import { scoreRisks } from '../../../src/core/backtest/score-histogram'
import { wilson } from '../../../src/core/backtest/wilson'
import { columnNamed, textAt, valueAt } from '../../../src/core/column/column'
import { histogram, histograms } from '../../support/histogram'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

function fitted(...input: Parameters<typeof calibrate>) {
  const result = calibrate(...input)
  if (!result.ok) throw new Error(result.failure)
  return result.value
}

describe('the calibration', () => {
  test('meets the rates of two risks exactly', () => {
    const { intercept, slope } = fitted(histogram([3, 1], [1, 3]), [1, 0])
    expect(intercept).toBeCloseTo(-Math.log(3), 12)
    expect(slope).toBeCloseTo(2 * Math.log(3), 12)
    expect(chanceAt({ intercept, slope }, 1)).toBeCloseTo(0.75, 12)
    expect(chanceAt({ intercept, slope }, 0.5)).toBeCloseTo(0.5, 12)
  })

  test('gives everybody of a constant score the event rate', () => {
    const calibration = fitted(histogram([0, 3, 0], [0, 9, 0]), [2, 1, 0])
    expect(calibration.slope).toBe(0)
    expect(chanceAt(calibration, 1)).toBeCloseTo(0.25, 12)
  })

  test('does not exist for one outcome, nobody, or a risk that separates', () => {
    expect(calibrate(histogram([4, 2], [0, 0]), [1, 0])).toEqual({ ok: false, failure: 'one outcome' })
    expect(calibrate(histogram([0, 0], [4, 2]), [1, 0])).toEqual({ ok: false, failure: 'one outcome' })
    expect(calibrate(histogram([], []), [])).toEqual({ ok: false, failure: 'one outcome' })
    expect(calibrate(histogram([4, 0], [0, 4]), [1, 0])).toEqual({ ok: false, failure: 'separates' })
    expect(calibrate(histogram([0, 2, 4], [3, 1, 0]), [2, 1, 0])).toEqual({ ok: false, failure: 'separates' })
  })

  test('of one churned customer among others is finite', () => {
    const calibration = fitted(histogram([0, 1, 0], [5, 5, 5]), [2, 1, 0])
    expect(calibration.slope).toBeCloseTo(0, 9)
    expect(chanceAt(calibration, 1)).toBeCloseTo(1 / 16, 9)
  })

  test('expects as many events as there were, and at the same mean risk', () => {
    fc.assert(
      fc.property(histograms, fc.integer({ min: 1, max: 1000 }), (counted, spread) => {
        const risks = Array.from(counted.events, (_, bin) => 50 - (bin * spread) / 10)
        const result = calibrate(counted, risks)
        fc.pre(result.ok)
        const p = chances(result.value, risks)
        let [expected, weighted] = [0, 0]
        for (const [bin, risk] of risks.entries()) {
          const rest = counted.events[bin]! - (counted.events[bin]! + counted.nonEvents[bin]!) * p[bin]!
          expected += rest
          weighted += rest * (risk / spread)
        }
        const { customers } = totals(counted)
        expect(expected / customers).toBeCloseTo(0, 9)
        expect(weighted / customers).toBeCloseTo(0, 9)
      }),
    )
  })

  test('is of the score turned round for churn, of the score for expansion', () => {
    expect([scoreRisks('churn')[0], scoreRisks('churn')[4100], scoreRisks('churn')[10_000]]).toEqual([0, -41, -100])
    expect([scoreRisks('expand')[0], scoreRisks('expand')[10_000]]).toEqual([100, 0])
  })
})

describe('the Brier score', () => {
  test('is the mean squared difference, with the interval of a mean', () => {
    const { brier, low, high } = brierScore(histogram([3, 1], [1, 3]), [0.75, 0.25])!
    expect(brier).toBeCloseTo(0.1875, 12)
    // Losses are .0625 six times and .5625 twice.
    const half = 1.959963984540054 * Math.sqrt((6 * 0.125 ** 2 + 2 * 0.375 ** 2) / 7 / 8)
    expect(low).toBeCloseTo(0.1875 - half, 12)
    expect(high).toBeCloseTo(0.1875 + half, 12)
  })

  test('does not ask for the chance of a bin that nobody is in', () => {
    expect(brierScore(histogram([0, 1], [0, 0]), [NaN, 0.5])!.brier).toBe(0.25)
  })

  test('of nobody does not exist; of one customer it has no interval', () => {
    expect(brierScore(histogram([0], [0]), [0.5])).toBeUndefined()
    expect(brierScore(histogram([1], [0]), [0.5])).toEqual({ brier: 0.25, low: undefined, high: undefined })
  })
})

describe('reliability', () => {
  test('by tenth: what was expected, what happened, with its interval', () => {
    const events = Array.from({ length: 10 }, (_, i) => 9 - i)
    const found = reliability(histogram(events, events.map((e) => 10 - e)), Array.from({ length: 10 }, (_, i) => 0.9 - i / 20))! // prettier-ignore
    expect(found.map(({ customers }) => customers)).toEqual(Array.from({ length: 10 }, () => 10))
    for (const [i, { expected, happened, low, high }] of found.entries()) {
      expect(expected).toBeCloseTo(0.9 - i / 20, 12)
      expect(happened).toBeCloseTo(0.9 - i / 10, 12)
      const interval = wilson(9 - i, 10)!
      expect(low).toBeCloseTo(interval.low, 9)
      expect(high).toBeCloseTo(interval.high, 9)
    }
  })

  test('stays within 0…1 for any customers', () => {
    fc.assert(
      fc.property(histograms, (counted) => {
        const found = reliability(
          counted,
          Array.from(counted.events, () => 1),
        )
        if (totals(counted).customers === 0) expect(found).toBeUndefined()
        for (const tenth of found ?? []) {
          expect(tenth.expected).toBeCloseTo(1, 9)
          for (const share of [tenth.happened, tenth.low, tenth.high]) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
        }
      }),
    )
  })
})

test.skipIf(!hasShared)(`on aSAH s100b the chances add up to the 41 events${LEFT_OUT}`, async () => {
  const { table } = await readShared('data/stats/aSAH.csv')
  const [label, column] = [columnNamed(table, 'outcome')!, columnNamed(table, 's100b')!]
  const values = Array.from({ length: table.rows }, (_, row) => valueAt(column, row))
  const counted = histogramOf(values, values.map((_, row) => Number(textAt(label, row) === 'Poor'))) // prettier-ignore
  const risks = [...new Set(values)].sort((a, b) => b - a)
  const p = chances(fitted(counted, risks), risks)
  const expected = p.reduce((sum, chance, bin) => sum + chance * (counted.events[bin]! + counted.nonEvents[bin]!), 0)
  expect(expected).toBeCloseTo(41, 9)
})
