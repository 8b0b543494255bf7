import { describe, expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { averagePrecision } from '../../../src/core/backtest/average-precision'
import { columnRisk } from '../../../src/core/backtest/column-risk'
import { gains } from '../../../src/core/backtest/gains'
import { isHoldout, hashId } from '../../../src/core/backtest/holdout'
import { kolmogorovSmirnov } from '../../../src/core/backtest/kolmogorov-smirnov'
import { pairedCounts, pairedDelong } from '../../../src/core/backtest/paired-delong'
import { totals, type OutcomeHistogram } from '../../../src/core/backtest/outcome-histogram'
import { columnNamed, textAt, valueAt } from '../../../src/core/column/column'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

/** A column of a real file as a risk, with the outcome that a value of another column names. */
async function riskOf(
  path: string,
  column: string,
  outcome: [column: string, event: string],
): Promise<OutcomeHistogram> {
  const { table } = await readShared(path)
  const label = columnNamed(table, outcome[0])!
  const values = Uint8Array.from({ length: table.rows }, (_, row) => Number(textAt(label, row) === outcome[1]))
  return columnRisk(columnNamed(table, column)!, values)!
}

describe.skipIf(!hasShared)(`reference values on real data${LEFT_OUT}`, () => {
  const poor: [string, string] = ['outcome', 'Poor']

  test('aSAH, s100b', async () => {
    const histogram = await riskOf('data/stats/aSAH.csv', 's100b', poor)
    const { auc: value, variance, low, high } = auc(histogram)
    expect(value).toBeCloseTo(0.731368563685637, 12)
    expect(variance).toBeCloseTo(0.00266868245717244, 12)
    expect(low).toBeCloseTo(0.630118211761623, 12)
    expect(high).toBeCloseTo(0.832618915609651, 12)
    expect(kolmogorovSmirnov(histogram)!.ks).toBeCloseTo(0.43970189701897, 12)
    expect(averagePrecision(histogram)).toBeCloseTo(0.685620923172196, 12)
    const tenths = [11.3, 4.3, 5.4, 5.05, 1.65, 4.06, 2.515, 2.353571, 3.271429, 1.1]
    const { events, lift, cumulativeLift } = gains(histogram)!
    for (const [i, expected] of tenths.entries()) expect(events[i]).toBeCloseTo(expected, 6)
    expect(lift[0]).toBeCloseTo(2.756098, 6)
    expect(cumulativeLift[2]).toBeCloseTo(1.707317, 6)
  })

  test('aSAH, ndka and wfns', async () => {
    const ndka = auc(await riskOf('data/stats/aSAH.csv', 'ndka', poor))
    expect(ndka.auc).toBeCloseTo(0.611957994579946, 12)
    expect(ndka.variance).toBeCloseTo(0.0031908105493913, 12)
    const histogram = await riskOf('data/stats/aSAH.csv', 'wfns', poor)
    const wfns = auc(histogram)
    expect(wfns.auc).toBeCloseTo(0.823678861788618, 12)
    expect(wfns.variance).toBeCloseTo(0.00146991470882363, 12)
    expect(averagePrecision(histogram)).toBeCloseTo(0.680336637116943, 12)
    expect(kolmogorovSmirnov(histogram)!.ks).toBeCloseTo(0.467479674796748, 12)
    const tenths = [9.245455, 9.054545, 5.65, 4.25, 4.2375, 4.2375, 2.586538, 0.579487, 0.579487, 0.579487]
    const { events } = gains(histogram)!
    for (const [i, expected] of tenths.entries()) expect(events[i]).toBeCloseTo(expected, 6)
  })

  test('aSAH, wfns − s100b, paired', async () => {
    const { table } = await readShared('data/stats/aSAH.csv')
    const label = columnNamed(table, 'outcome')!
    const outcome = Array.from({ length: table.rows }, (_, row) => Number(textAt(label, row) === 'Poor'))
    const binsOf = (name: string): number[] => {
      const column = columnNamed(table, name)!
      const values = Array.from({ length: table.rows }, (_, row) => valueAt(column, row))
      const falling = [...new Set(values)].sort((a, b) => b - a)
      return values.map((value) => falling.indexOf(value))
    }
    const result = pairedDelong(pairedCounts(binsOf('wfns'), binsOf('s100b'), outcome, table.rows))
    expect(result.z).toBeCloseTo(2.20898359144091, 10)
    expect(result.p).toBeCloseTo(0.0271757822291882, 11)
    expect(result.low).toBeCloseTo(0.0104061769564846, 12)
    expect(result.high).toBeCloseTo(0.174214419249478, 12)
  })

  test.each([
    ['tenure', 0.260132824471, 7043],
    ['MonthlyCharges', 0.620785689571, 7043],
    ['TotalCharges', 0.348268180173, 7032],
  ])('Telco, %s as a risk', async (column, expected, n) => {
    const histogram = await riskOf('data/telco/Telco-Customer-Churn.csv', column, ['Churn', 'Yes'])
    expect(auc(histogram).auc).toBeCloseTo(expected, 12)
    const counted = totals(histogram).customers
    expect(counted).toBe(n)
  })

  test.each([
    [1, 2212, 603],
    [7, 2092, 562],
  ])(
    'Telco split with seed %i: %i customers are kept for the test, %i of them churned',
    async (seed, customers, events) => {
      const { table } = await readShared('data/telco/Telco-Customer-Churn.csv')
      const [id, churn] = [columnNamed(table, 'customerID')!, columnNamed(table, 'Churn')!]
      const kept = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
        isHoldout(hashId(seed, textAt(id, row))),
      )
      expect(kept).toHaveLength(customers)
      expect(kept.filter((row) => textAt(churn, row) === 'Yes')).toHaveLength(events)
    },
  )
})
