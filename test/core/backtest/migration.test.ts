import fc from 'fast-check'
import { expect, test } from 'vitest'
import { migration } from '../../../src/core/backtest/migration'
import { tierOf } from '../../../src/core/model/tier'

const three = [{ name: 'At risk', from: 0 }, { name: 'Watch', from: 41 }, { name: 'Healthy', from: 71 }] // prettier-ignore
const two = [{ name: 'Red', from: 0 }, { name: 'Green', from: 50 }] // prettier-ignore
const NONE = 65_535

test('counts customers and revenue by the tier before and the tier now, not scored last', () => {
  const baseline = { scores: Uint16Array.of(0, 4100, 4100, 10_000, NONE, 7099), tiers: three }
  const model = { scores: Uint16Array.of(5000, 4999, NONE, 10_000, 0, 5000), tiers: two }
  const revenue = Float64Array.of(1, 20, 300, 4000, 50_000, 600_000)
  expect(migration(baseline, model, revenue)).toEqual({
    customers: [[0, 1, 0], [1, 1, 1], [0, 1, 0], [1, 0, 0]], // prettier-ignore
    revenue: [[0, 1, 0], [20, 600_000, 300], [0, 4000, 0], [50_000, 0, 0]], // prettier-ignore
  })
})

test('without revenue counts alone; of nobody zeros', () => {
  const nobody = { scores: new Uint16Array(0), tiers: two }
  expect(migration(nobody, nobody)).toEqual({ customers: [[0, 0, 0], [0, 0, 0], [0, 0, 0]] }) // prettier-ignore
})

test('everybody is in one cell, by the tiers of their scores', () => {
  const score = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constant(NONE))
  fc.assert(
    fc.property(fc.array(fc.tuple(score, score)), (rows) => {
      const { customers } = migration(
        { scores: Uint16Array.from(rows, ([before]) => before), tiers: three },
        { scores: Uint16Array.from(rows, ([, now]) => now), tiers: three },
      )
      // tierOf says −1 for not scored, which is the last row and column here.
      const place = (of: number) => (of === NONE ? 3 : tierOf(of, three))
      const expected = [0, 1, 2, 3].map(() => [0, 0, 0, 0])
      for (const [before, now] of rows) expected[place(before)]![place(now)]!++
      expect(customers).toEqual(expected)
    }),
  )
})
