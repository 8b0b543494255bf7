import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MISSING_POINTS, numberScale } from '../../../src/core/scoring/scale'
import { changeTo, scoreWith, waysTo, type ChangeableMetric } from '../../../src/core/scoring/what-if'

const rising = { kind: 'curve' as const, knots: [{ x: 0, points: 0 }, { x: 10, points: 100 }] } // prettier-ignore
const falling = { kind: 'curve' as const, knots: [{ x: 5, points: 100 }, { x: 45, points: 0 }] } // prettier-ignore
const metric = (id: string, change: Partial<ChangeableMetric>): ChangeableMetric => ({
  ...{ id, points: 5000, weight: 1000, base: 5000, scale: rising, value: 5 },
  ...change,
})

describe('a value for so many points', () => {
  test('is the nearest whole one where the scale is in whole numbers', () => {
    expect(changeTo({ id: 'a', scale: rising, value: 2 }, 4500)).toEqual({ metric: 'a', value: 5, points: 5000 })
    expect(changeTo({ id: 'a', scale: falling, value: 40 }, 9000)).toEqual({ metric: 'a', value: 9, points: 9000 })
  })

  test('has decimals where the scale has', () => {
    const fine = { kind: 'curve' as const, knots: [{ x: 0.5, points: 0 }, { x: 2.5, points: 100 }] } // prettier-ignore
    expect(changeTo({ id: 'a', scale: fine, value: 1 }, 3333)).toEqual({ metric: 'a', value: 1.17, points: 3350 })
  })

  test('is the text of fewest points that suffice', () => {
    const scale = {
      kind: 'values' as const,
      values: [{ value: 'A', points: 100 }, { value: 'B', points: 60 }, { value: 'C', points: 10 }], // prettier-ignore
      otherwise: 'missing' as const,
    }
    expect(changeTo({ id: 'a', scale, value: 'C' }, 5000)).toEqual({ metric: 'a', value: 'B', points: 6000 })
    expect(changeTo({ id: 'a', scale: { ...scale, values: [] }, value: 'C' }, 5000)).toBeUndefined()
  })

  test('has at least those points, on any curve and any bands, from any value', () => {
    const knots = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 5 }).chain((xs) =>
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: xs.length, maxLength: xs.length }).map((points) => ({
        kind: 'curve' as const,
        knots: xs.toSorted((a, b) => a - b).map((x, i) => ({ x, points: points[i]! })),
      })),
    )
    const bands = fc.constant({
      kind: 'bands' as const,
      bands: [{ below: 3, points: 0 }, { below: 7, points: 100 }, { points: 50 }], // prettier-ignore
    })
    fc.assert(
      fc.property(
        fc.oneof(knots, bands),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 1, max: 10_000 }),
        (scale, value, least) => {
          const change = changeTo({ id: 'a', scale, value }, least)
          const most = scale.kind === 'curve' ? Math.max(...scale.knots.map(({ points }) => points)) : 100
          if (most * 100 < least) expect(change).toBeUndefined()
          else {
            expect(change!.points).toBeGreaterThanOrEqual(least)
            expect(change!.points).toBe(numberScale(scale)!(change!.value as number))
          }
        },
      ),
    )
  })
})

describe('the ways to a score', () => {
  test('are single changes first, the smallest ones, each reaching it by itself', () => {
    const metrics = [
      metric('light', { weight: 500 }),
      metric('heavy', { weight: 3000 }),
      metric('full', { points: 10_000 }),
    ]
    const ways = waysTo(7000, metrics)
    expect(ways.map(({ changes }) => changes.map((change) => change.metric))).toEqual([['heavy']])
    expect(ways[0]!.score).toBeGreaterThanOrEqual(7000)
  })

  test('are pairs of metrics where none is enough alone', () => {
    const metrics = ['a', 'b', 'c'].map((id) => metric(id, { points: 2000, value: 2 }))
    const ways = waysTo(6000, metrics)
    expect(ways).toHaveLength(3)
    for (const { changes, score } of ways) {
      expect(changes).toHaveLength(2)
      expect(score).toBeGreaterThanOrEqual(6000)
    }
  })

  test('are the fewest metrics together where no two are enough', () => {
    const metrics = ['a', 'b', 'c', 'd'].map((id) => metric(id, { points: 1000, value: 1 }))
    const [way, ...others] = waysTo(7000, metrics)
    expect(others).toEqual([])
    expect(way!.changes.map((change) => change.metric)).toEqual(['a', 'b', 'c'])
    expect(way!.score).toBeGreaterThanOrEqual(7000)
    expect(
      waysTo(7000, [
        metric('a', {
          points: 1000,
          scale: {
            ...rising,
            knots: [
              { x: 0, points: 0 },
              { x: 9, points: 50 },
            ],
          },
        }),
      ]),
    ).toEqual([])
  })

  test('reach it as scoring itself says, from any points with any missing', () => {
    const any = fc.record({
      points: fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constant(MISSING_POINTS)),
      weight: fc.integer({ min: 0, max: 5000 }),
    })
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 10_000 }),
        (given, target) => {
          const metrics = given.map((each, i) =>
            metric(`m${i}`, { ...each, value: each.points > 10_000 ? undefined : each.points / 1000 }),
          )
          const now = scoreWith(metrics, [])
          fc.pre(now !== undefined && now < target)
          for (const { changes, score } of waysTo(target, metrics)) {
            expect(score).toBeGreaterThanOrEqual(target)
            expect(scoreWith(metrics, changes)).toBe(score)
          }
        },
      ),
    )
  })

  test('are none for whoever has nothing that weighs', () => {
    expect(waysTo(5000, [metric('a', { points: MISSING_POINTS })])).toEqual([])
  })
})
