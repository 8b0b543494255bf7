import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doubledPlacements, pairedCounts, pairedDelong } from '../../../src/core/backtest/paired-delong'

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

test('placements are doubled, a tie counting one', () => {
  const { events, nonEvents } = doubledPlacements({
    events: Uint32Array.of(1, 0, 2),
    nonEvents: Uint32Array.of(0, 3, 1),
  })
  expect([...events]).toEqual([8, 5, 1])
  expect([...nonEvents]).toEqual([1, 2, 4])
})
