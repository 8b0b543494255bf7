import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusteredPairedDelong, pairedCounts, pairedDelong } from '../../../src/core/backtest/paired-delong'
import { customerRows } from '../../support/customer-rows'

const NONE = 12

/** By the definition, pair by pair. */
function byPairs(a: number[], b: number[], outcome: number[]) {
  const rows = a.map((_, row) => row).filter((row) => a[row]! < NONE && b[row]! < NONE)
  const events = rows.filter((row) => outcome[row] === 1)
  const others = rows.filter((row) => outcome[row] === 0)
  const won = (bins: number[], e: number, o: number): number =>
    bins[e]! < bins[o]! ? 1 : bins[e]! === bins[o]! ? 0.5 : 0
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const v10 = (bins: number[]) => events.map((e) => mean(others.map((o) => won(bins, e, o))))
  const v01 = (bins: number[]) => others.map((o) => mean(events.map((e) => won(bins, e, o))))
  const difference = mean(v10(a)) - mean(v10(b))
  const varianceOf = (values: number[]): number => {
    const centre = mean(values)
    return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1) / values.length
  }
  const minus = (x: number[], y: number[]): number[] => x.map((value, i) => value - y[i]!)
  return { difference, variance: varianceOf(minus(v10(a), v10(b))) + varianceOf(minus(v01(a), v01(b))) }
}

const bin = fc.integer({ min: 0, max: NONE })
const rows = fc
  .array(fc.tuple(bin, bin, fc.constantFrom(0, 1, 2)), { minLength: 6, maxLength: 60 })
  .map((each) => ({ a: each.map((r) => r[0]), b: each.map((r) => r[1]), outcome: each.map((r) => r[2]) }))

describe('the difference of two AUCs', () => {
  test('has the variance that the definition gives, pair by pair', () => {
    fc.assert(
      fc.property(rows, ({ a, b, outcome }) => {
        const result = pairedDelong(pairedCounts(a, b, outcome, NONE))
        fc.pre(result.low !== undefined && result.z !== undefined)
        const expected = byPairs(a, b, outcome)
        expect(result.difference).toBeCloseTo(expected.difference, 10)
        expect(result.z ** 2 * expected.variance).toBeCloseTo(expected.difference ** 2, 9)
      }),
    )
  })

  test('is the other way round when the models are', () => {
    fc.assert(
      fc.property(rows, ({ a, b, outcome }) => {
        const one = pairedDelong(pairedCounts(a, b, outcome, NONE))
        const other = pairedDelong(pairedCounts(b, a, outcome, NONE))
        fc.pre(one.z !== undefined && other.z !== undefined)
        expect(one.z).toBeCloseTo(-other.z, 9)
        expect(one.p).toBeCloseTo(other.p!, 9)
      }),
    )
  })

  test('of a score and itself is 0 with p 1', () => {
    const bins = [0, 3, 3, 5, 7, 1]
    const same = pairedDelong(pairedCounts(bins, bins, [1, 0, 1, 0, 0, 1], NONE))
    expect(same).toMatchObject({ difference: 0, low: 0, high: 0, z: 0, p: 1 })
  })

  test('is of those that both score; without an event or a non-event there is none', () => {
    const counts = pairedCounts([0, NONE, 2], [1, 1, NONE], [1, 0, 0], NONE)
    expect([...counts.a.events].reduce((sum, n) => sum + n, 0)).toBe(1)
    expect([...counts.a.nonEvents].reduce((sum, n) => sum + n, 0)).toBe(0)
    expect(pairedDelong(counts)).toMatchObject({ difference: undefined, p: undefined })
  })
})

describe('the difference where customers repeat', () => {
  const clustered = (a: number[], b: number[], outcome: number[], customer: number[]) =>
    clusteredPairedDelong(pairedCounts(a, b, outcome, NONE), {
      a,
      b,
      outcome,
      customers: customerRows(outcome, customer),
    })

  test('is clustered by customer: a table worked out by hand', () => {
    // Of the first two rows' customer A puts one event where B does, the other before: −1/4 summed; 1/4 for the next.
    // The non-events of three customers leave 1/12, −5/24 and 1/8, and the second customer is on both sides.
    const found = clustered([0, 0, 1, 2, 1, 2, 2], [1, 0, 2, 0, 2, 2, 1], [1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 2, 2, 3, 1])
    expect(found.aucA).toBeCloseTo(23 / 24, 14)
    expect(found.aucB).toBeCloseTo(7 / 12, 14)
    expect(found.z).toBeCloseTo(3 / 8 / Math.sqrt(377 / 9216), 12)
    expect(found.high! - found.low!).toBeCloseTo(2 * 1.959963984540054 * Math.sqrt(377 / 9216), 12)
  })

  test('is the plain one where nobody does', () => {
    fc.assert(
      fc.property(rows, ({ a, b, outcome }) => {
        const counts = pairedCounts(a, b, outcome, NONE)
        const own = { a, b, outcome, customers: customerRows(outcome, [...a.keys()]) }
        const [plain, alone] = [pairedDelong(counts), clusteredPairedDelong(counts, own)]
        expect([alone.aucA, alone.aucB, alone.difference]).toEqual([plain.aucA, plain.aucB, plain.difference])
        for (const key of ['low', 'high', 'z', 'p'] as const) {
          if (plain[key] === undefined) expect(alone[key]).toBeUndefined()
          else expect(alone[key]).toBeCloseTo(plain[key], 9)
        }
      }),
    )
  })

  test('claims less when every row is there twice', () => {
    const twice = (values: number[]): number[] => [...values, ...values]
    const [a, b, outcome] = [twice([0, 1, 2, 3, 1, 4]), twice([3, 0, 2, 1, 4, 1]), twice([1, 1, 0, 0, 1, 0])]
    const once = [...Array(6).keys()]
    const plain = pairedDelong(pairedCounts(a, b, outcome, NONE))
    const honest = clustered(a, b, outcome, twice(once))
    expect(honest.difference).toBe(plain.difference)
    expect(Math.abs(honest.z!)).toBeLessThan(0.8 * Math.abs(plain.z!))
    // Rows that are there twice tell what they tell once.
    expect(honest.z).toBeCloseTo(pairedDelong(pairedCounts(a.slice(6), b.slice(6), outcome.slice(6), NONE)).z!, 9)
  })

  test('of a score and itself is 0 with p 1; of one customer with the event there is no interval', () => {
    const [bins, outcome] = [[0, 3, 3, 5, 7, 1], [1, 0, 1, 0, 0, 1]] // prettier-ignore
    expect(clustered(bins, bins, outcome, [0, 1, 2, 1, 3, 0])).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 })
    const one = clustered(bins, [1, 0, 2, 4, 7, 6], outcome, [0, 1, 0, 1, 3, 0])
    expect([one.difference === undefined, one.p]).toEqual([false, undefined])
  })
})
