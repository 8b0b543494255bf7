import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bandsScale,
  betterWhen,
  curveScale,
  MISSING_POINTS,
  numberScale,
  valuesScale,
} from '../../../src/core/scoring/scale'

const curve = (...knots: [number, number][]) => ({
  kind: 'curve' as const,
  knots: knots.map(([x, points]) => ({ x, points })),
})

describe('a curve', () => {
  test('is flat beyond its ends and straight between its knots', () => {
    const scale = curveScale(curve([1, 0], [18, 100]))
    expect([-5, 1, 9.5, 18, 400].map(scale)).toEqual([0, 0, 5000, 10000, 10000])
  })

  test('falls where lower is better', () => {
    const scale = curveScale(curve([0, 100], [10, 0]))
    expect([0, 2.5, 10].map(scale)).toEqual([10000, 7500, 0])
  })

  test('takes the segment that starts at a knot', () => {
    const scale = curveScale(curve([0, 0], [1, 100], [2, 50]))
    expect([1, 1.5].map(scale)).toEqual([10000, 7500])
  })

  test('rounds half up in hundredths of a point', () => {
    const scale = curveScale(curve([0, 0], [1, 0.01]))
    expect([0.49, 0.5, 0.51].map(scale)).toEqual([0, 1, 1])
  })

  test('follows the defined order of operations to the last bit', () => {
    const [a, b] = [0.1, 0.7]
    const slope = (100 - 3.3) / (b - a)
    const scale = curveScale(curve([a, 3.3], [b, 100]))
    for (const x of [0.1001, 0.2, 0.3333, 0.69999]) {
      expect(scale(x)).toBe(Math.floor(100 * (3.3 + (x - a) * slope) + 0.5))
    }
  })

  test('gives no points for NaN and the infinities, and reads −0 as 0', () => {
    const scale = curveScale(curve([0, 20], [1, 100]))
    expect([NaN, Infinity, -Infinity].map(scale)).toEqual([MISSING_POINTS, MISSING_POINTS, MISSING_POINTS])
    expect(scale(-0)).toBe(2000)
  })

  test('never leaves 0 to 10000 and never falls where its points rise', () => {
    const rising = fc
      .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 6 })
      .map((xs) => xs.sort((a, b) => a - b).map((x, i, all): [number, number] => [x / 8, (100 * i) / (all.length - 1)]))
    fc.assert(
      fc.property(
        rising,
        fc.double({ noNaN: true, min: -200, max: 200 }),
        fc.double({ noNaN: true, min: 0, max: 9 }),
        (knots, x, step) => {
          const scale = curveScale(curve(...knots))
          expect(scale(x)).toBeGreaterThanOrEqual(0)
          expect(scale(x)).toBeLessThanOrEqual(10000)
          expect(scale(x + step)).toBeGreaterThanOrEqual(scale(x))
        },
      ),
    )
  })
})

describe('bands', () => {
  const scale = bandsScale({
    kind: 'bands',
    bands: [{ below: 3, points: 0 }, { below: 7, points: 50 }, { points: 100 }],
  })

  test('hold the values below their mark, and the last one the rest', () => {
    expect([-1, 2.999, 3, 6.9, 7, 1e9].map(scale)).toEqual([0, 0, 5000, 5000, 10000, 10000])
  })

  test('give no points for a missing value', () => {
    expect(scale(NaN)).toBe(MISSING_POINTS)
  })
})

describe('values', () => {
  const plans = {
    kind: 'values' as const,
    values: [
      { value: 'Enterprise', points: 100 },
      { value: 'Free', points: 20.5 },
    ],
  }

  test('compare texts as written, and case matters', () => {
    const scale = valuesScale({ ...plans, otherwise: 'missing' }, false)
    expect(['Enterprise', 'Free', 'enterprise', ''].map(scale)).toEqual([10000, 2050, MISSING_POINTS, MISSING_POINTS])
  })

  test('give every other value the points of otherwise', () => {
    expect(valuesScale({ ...plans, otherwise: 40 }, false)('Pro')).toBe(4000)
  })

  test('of a boolean column accept the usual spellings in any case', () => {
    const scale = valuesScale(
      {
        kind: 'values',
        values: [
          { value: 'Yes', points: 90 },
          { value: 'No', points: 10 },
        ],
        otherwise: 'missing',
      },
      true,
    )
    expect(['Yes', 'TRUE', 't', 'y', '1'].map(scale)).toEqual([9000, 9000, 9000, 9000, 9000])
    expect(['No', 'false', 'F', 'N', '0'].map(scale)).toEqual([1000, 1000, 1000, 1000, 1000])
    expect(scale('perhaps')).toBe(MISSING_POINTS)
  })

  test('of a category column do not', () => {
    const scale = valuesScale({ kind: 'values', values: [{ value: 'Yes', points: 90 }], otherwise: 'missing' }, false)
    expect(scale('TRUE')).toBe(MISSING_POINTS)
  })

  test('named like an object’s own parts are values like any other', () => {
    const scale = valuesScale({ kind: 'values', values: [{ value: '__proto__', points: 7 }], otherwise: 1 }, false)
    expect(['__proto__', 'constructor', 'toString'].map(scale)).toEqual([700, 100, 100])
  })
})

test('the direction of a scale follows its first and last points', () => {
  expect(betterWhen(curve([0, 0], [1, 100]))).toBe('higher')
  expect(betterWhen(curve([0, 100], [1, 0]))).toBe('lower')
  expect(betterWhen(curve([0, 50], [1, 50]))).toBeUndefined()
  expect(betterWhen({ kind: 'values', values: [], otherwise: 0 })).toBeUndefined()
  expect(betterWhen({ kind: 'bands', bands: [{ below: 1, points: 0 }, { points: 10 }] })).toBe('higher')
})

test('a scale of values has no number scale', () => {
  expect(numberScale({ kind: 'values', values: [], otherwise: 0 })).toBeUndefined()
})
