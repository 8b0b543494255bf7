import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spearman } from '../../../src/core/backtest/spearman'

const NONE = 65_535

test('the reference value', () => {
  expect(spearman(Uint16Array.of(1, 2, 3, 4, 5), Uint16Array.of(5, 6, 7, 8, 7)).rho).toBeCloseTo(0.82078268166812, 12)
})

/** Pearson's correlation of midranks, by sorting. */
function bySorting(a: number[], b: number[]): number {
  const ranks = (values: number[]) =>
    values.map((x) => values.filter((y) => y < x).length + (values.filter((y) => y === x).length + 1) / 2)
  const [x, y] = [ranks(a), ranks(b)]
  const mean = (a.length + 1) / 2
  const product = (p: number[], q: number[]) => p.reduce((sum, each, i) => sum + (each - mean) * (q[i]! - mean), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 10_000 }), fc.constant(NONE))
const rows = fc.array(fc.tuple(value, value), { maxLength: 40 })

test('equals sorting, over the customers who have both', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const both = all.filter(([a, b]) => a !== NONE && b !== NONE)
      const found = spearman(Uint16Array.from(all, ([a]) => a), Uint16Array.from(all, ([, b]) => b)) // prettier-ignore
      expect(found.customers).toBe(both.length)
      const [x, y] = [both.map(([a]) => a), both.map(([, b]) => b)]
      if (new Set(x).size < 2 || new Set(y).size < 2) expect(found.rho).toBeUndefined()
      else expect(found.rho).toBeCloseTo(bySorting(x, y), 10)
    }),
  )
})

test('does not depend on the order of the rows, to the last bit', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const of = (file: typeof all) => spearman(Uint16Array.from(file, ([a]) => a), Uint16Array.from(file, ([, b]) => b)) // prettier-ignore
      expect(of(all.toReversed())).toEqual(of(all))
    }),
  )
})

test('does not exist where all is missing or constant', () => {
  expect(spearman(Uint16Array.of(NONE, NONE), Uint16Array.of(1, 2))).toEqual({ rho: undefined, customers: 0 })
  expect(spearman(Uint16Array.of(7, 7), Uint16Array.of(1, 2)).rho).toBeUndefined()
})
