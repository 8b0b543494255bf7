import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitLogistic, type LogisticAsked } from '../../../src/core/backtest/logistic'
import { lossPass, standardise, type StandardisedRows } from '../../../src/core/backtest/standardised-rows'
import { columnNamed, textAt, valueAt } from '../../../src/core/column/column'
import { finish } from '../../support/finish'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

function fit(data: StandardisedRows, asked: LogisticAsked) {
  return finish(fitLogistic(data, Uint32Array.from(data.target.keys()), asked))
}

describe('the regression', () => {
  test('of nothing but the rate has the log odds as intercept', () => {
    const data = standardise(Float64Array.of(1, 1, 1, 1), 1, Uint8Array.of(1, 0, 0, 0))
    const { coefficients, converged } = fit(data, { lambda: 0.1, nonNegative: false })
    expect(converged).toBe(true)
    expect(coefficients[0]).toBeCloseTo(-Math.log(3), 9)
    expect(coefficients[1]).toBe(0)
  })

  test('meets two rates when the penalty is next to nothing', () => {
    const values = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)
    const data = standardise(values, 1, Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 0))
    // Standardised, the two values are −1 and 1.
    const { coefficients } = fit(data, { lambda: 1e-9, nonNegative: false })
    expect(coefficients[0]).toBeCloseTo(0, 7)
    expect(coefficients[1]).toBeCloseTo(Math.log(3), 7)
  })

  test('holds a coefficient at 0 that would be negative', () => {
    const values = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)
    const data = standardise(values, 1, Uint8Array.of(0, 1, 1, 1, 0, 0, 0, 1))
    expect(fit(data, { lambda: 1e-3, nonNegative: false }).coefficients[1]).toBeLessThan(-0.5)
    expect(fit(data, { lambda: 1e-3, nonNegative: true }).coefficients[1]).toBe(0)
  })

  test('is finite for features that separate completely', () => {
    const data = standardise(Float64Array.of(0, 1, 2, 3), 1, Uint8Array.of(0, 0, 1, 1))
    const { coefficients, converged } = fit(data, { lambda: 1e-5, nonNegative: true })
    expect(converged).toBe(true)
    expect(coefficients[1]).toBeGreaterThan(5)
    expect(Number.isFinite(coefficients[1]!)).toBe(true)
  })

  const cases = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(1)), { minLength: 8, maxLength: 60 }),
      fc.constantFrom(1e-4, 1e-2, 1),
      fc.boolean(),
    )
    .filter(([rows]) => new Set(rows.map((row) => row[3])).size === 2)

  test('ends where no coefficient that may move lowers the loss', () => {
    fc.assert(
      fc.property(cases, ([rows, lambda, nonNegative]) => {
        const data = standardise(Float64Array.from(rows.flatMap((row) => row.slice(0, 3))), 3, Uint8Array.from(rows, (row) => row[3])) // prettier-ignore
        const { coefficients, converged } = fit(data, { lambda, nonNegative })
        expect(converged).toBe(true)
        const { gradient } = lossPass(data, Uint32Array.from(rows.keys()), coefficients)
        for (const [j, w] of coefficients.entries()) {
          const slope = gradient[j]! + (j === 0 ? 0 : lambda * w)
          if (j > 0 && nonNegative) expect(w).toBeGreaterThanOrEqual(0)
          if (j > 0 && nonNegative && w === 0) expect(slope).toBeGreaterThanOrEqual(-1e-9)
          else expect(Math.abs(slope)).toBeLessThanOrEqual(1e-9)
        }
      }),
    )
  })

  test('ends at the same place from wherever it starts', () => {
    fc.assert(
      fc.property(cases, ([rows, , nonNegative]) => {
        const data = standardise(Float64Array.from(rows.flatMap((row) => row.slice(0, 3))), 3, Uint8Array.from(rows, (row) => row[3])) // prettier-ignore
        const asked = { lambda: 0.01, nonNegative }
        const cold = fit(data, asked)
        const warm = fit(data, { ...asked, start: fit(data, { ...asked, lambda: 1 }) })
        for (const [j, w] of cold.coefficients.entries()) expect(warm.coefficients[j]).toBeCloseTo(w, 6)
      }),
    )
  })
})

describe.skipIf(!hasShared)(`aSAH, z-scored s100b, ndka, wfns and age, λ = 1 in the sum form${LEFT_OUT}`, () => {
  async function aSAH(sign: readonly number[]): Promise<StandardisedRows> {
    const { table } = await readShared('data/stats/aSAH.csv')
    const columns = ['s100b', 'ndka', 'wfns', 'age'].map((name) => columnNamed(table, name)!)
    const label = columnNamed(table, 'outcome')!
    const rows = Array.from({ length: table.rows }, (_, row) => row)
    const values = rows.flatMap((row) => columns.map((column, j) => sign[j]! * valueAt(column, row)))
    return standardise(
      Float64Array.from(values),
      4,
      Uint8Array.from(rows, (row) => Number(textAt(label, row) === 'Poor')),
    )
  }

  test('free', async () => {
    const { coefficients } = fit(await aSAH([1, 1, 1, 1]), { lambda: 1 / 113, nonNegative: false })
    const expected = [-0.62926736814024, 0.39493438821807, 1.1542226329033, 1.0852467104735, 0.33756060084896]
    for (const [j, w] of expected.entries()) expect(coefficients[j]! / w).toBeCloseTo(1, 7)
  })

  test('w ≥ 0, with the sign of ndka flipped', async () => {
    const { coefficients } = fit(await aSAH([1, -1, 1, 1]), { lambda: 1 / 113, nonNegative: true })
    const expected = [-0.704516151502, 0.39481745501, 0, 1.00385287838, 0.319594051269]
    for (const [j, w] of expected.entries()) expect(coefficients[j]).toBeCloseTo(w, 7)
  })
})
