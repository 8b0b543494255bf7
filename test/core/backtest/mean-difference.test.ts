import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jointCells } from '../../../src/core/backtest/joint-cells'
import {
  brierDifference,
  netValueDifference,
  precisionDifference,
  recallDifference,
  type Difference,
} from '../../../src/core/backtest/mean-difference'
import type { Economics } from '../../../src/core/backtest/net-value'
import { twoSidedP } from '../../../src/core/backtest/normal'

const Z95 = 1.959963984540054
const BINS = 6
const row = fc.record({ a: fc.nat(5), b: fc.nat(5), outcome: fc.constantFrom(0, 1), revenue: fc.nat(1000) })
type Row = { a: number; b: number; outcome: number; revenue: number }
const rows = fc.array(row, { minLength: 2, maxLength: 40 })

const cellsOf = (all: readonly Row[]) =>
  jointCells(
    {
      a: all.map(({ a }) => a),
      b: all.map(({ b }) => b),
      outcome: all.map(({ outcome }) => outcome),
      revenue: all.map(({ revenue }) => revenue),
    },
    BINS,
  )

/** By the definition: the mean of what each customer's figures differ by, with n − 1. */
function expectMean(found: Difference, differences: readonly number[]): void {
  const n = differences.length
  const mean = differences.reduce((sum, each) => sum + each, 0) / n
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1) / n
  const size = Math.max(1, ...differences.map(Math.abs))
  expect(found.difference! / size).toBeCloseTo(mean / size, 10)
  if (variance > 1e-20 * size * size) {
    expect(found.low! / size).toBeCloseTo((mean - Z95 * Math.sqrt(variance)) / size, 9)
    expect(found.high! / size).toBeCloseTo((mean + Z95 * Math.sqrt(variance)) / size, 9)
    expect(found.p).toBeCloseTo(twoSidedP(mean / Math.sqrt(variance)), 6)
  } else if (found.low !== undefined) expect(found).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 })
}

const amount: Economics = { cost: 12, saveRate: 0.3, value: { kind: 'amount', amount: 100 } }
const revenue: Economics = { cost: 12, saveRate: 0.3, value: { kind: 'revenue', months: 12 } }

describe('the difference of two models', () => {
  test('in recall is a mean over the events', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const events = all.filter(({ outcome }) => outcome === 1)
        fc.pre(events.length > 1)
        const found = recallDifference(cellsOf(all), 2, 3)
        expect(found.a).toBeCloseTo(events.filter(({ a }) => a < 2).length / events.length, 12)
        expectMean(found, events.map(({ a, b }) => Number(a < 2) - Number(b < 3))) // prettier-ignore
      }),
    )
  })

  test('in Brier score is a mean over the customers', () => {
    const [chanceA, chanceB] = [[0.9, 0.7, 0.5, 0.3, 0.2, 0.1], [0.6, 0.5, 0.4, 0.3, 0.3, 0.3]] // prettier-ignore
    fc.assert(
      fc.property(rows, (all) => {
        const found = brierDifference(cellsOf(all), chanceA, chanceB)
        expectMean(found, all.map(({ a, b, outcome }) => (chanceA[a]! - outcome) ** 2 - (chanceB[b]! - outcome) ** 2)) // prettier-ignore
      }),
    )
  })

  test.each([
    ['one amount', amount, () => 100],
    ['revenue', revenue, ({ revenue: paid }: Row) => (12 * paid) / 100],
  ])('in net value by %s is a mean over the customers, per 1,000', (_, economics, worth) => {
    fc.assert(
      fc.property(rows, (all) => {
        const net = (each: Row, flagged: boolean): number =>
          flagged ? 1000 * (each.outcome * 0.3 * worth(each) - 12) : 0
        const found = netValueDifference(cellsOf(all), 2, 4, economics)
        expectMean(found, all.map((each) => net(each, each.a < 2) - net(each, each.b < 4))) // prettier-ignore
      }),
    )
  })

  test('in precision: by hand for eight customers', () => {
    // A flags 4 and is right in 3, B flags 2 others and is right in 1.
    const all = [1, 1, 1, 0, 1, 0, 0, 0].map((outcome, i) => ({ a: i < 4 ? 0 : 5, b: i === 4 || i === 5 ? 0 : 5, outcome, revenue: 0 })) // prettier-ignore
    const found = precisionDifference(cellsOf(all), 1, 1)
    expect(found).toMatchObject({ a: 0.75, b: 0.5, difference: 0.25 })
    const variance = (8 / 7) * ((3 * 0.25 ** 2 + 0.75 ** 2) / 16 + (2 * 0.5 ** 2) / 4)
    expect(found.high! - found.low!).toBeCloseTo(2 * Z95 * Math.sqrt(variance), 12)
  })

  test('in precision does not exist when one flags nobody', () => {
    const all = [{ a: 0, b: 5, outcome: 1, revenue: 0 }]
    expect(precisionDifference(cellsOf(all), 1, 1)).toMatchObject({ a: 1, b: undefined, difference: undefined, p: undefined }) // prettier-ignore
  })

  test('of a model and itself is 0 with p 1', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const same = cellsOf(all.map((each) => ({ ...each, b: each.a })))
        for (const found of [
          precisionDifference(same, 6, 6),
          netValueDifference(same, 3, 3, revenue),
          brierDifference(same, [0.5, 0.4, 0.3, 0.2, 0.1, 0], [0.5, 0.4, 0.3, 0.2, 0.1, 0]),
        ]) {
          expect(found).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 })
        }
      }),
    )
  })

  test('is the other way round when the models are', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const one = precisionDifference(cellsOf(all), 3, 2)
        const other = precisionDifference(cellsOf(all.map((each) => ({ ...each, a: each.b, b: each.a }))), 2, 3)
        fc.pre(one.low !== undefined)
        expect(other.difference).toBeCloseTo(-one.difference!, 12)
        expect(other.low).toBeCloseTo(-one.high!, 10)
      }),
    )
  })

  test('of nobody or without events does not exist', () => {
    const none = { a: undefined, difference: undefined, low: undefined, p: undefined }
    expect(recallDifference(cellsOf([{ a: 0, b: 1, outcome: 0, revenue: 0 }]), 1, 1)).toMatchObject(none)
    expect(brierDifference([], [], [])).toMatchObject(none)
    expect(netValueDifference([], 1, 1, amount)).toMatchObject(none)
    expect(precisionDifference([], 1, 1)).toMatchObject(none)
  })

  test('has no interval with one customer', () => {
    const one = cellsOf([{ a: 0, b: 5, outcome: 1, revenue: 0 }])
    expect(recallDifference(one, 1, 1)).toEqual({ a: 1, b: 0, difference: 1, low: undefined, high: undefined, p: undefined }) // prettier-ignore
  })
})
