import { expect, test } from 'vitest'
import { redundancy } from '../../../src/core/backtest/redundancy'
import { finish } from '../../support/finish'
import { RandomStream } from '../../../src/core/random'

const random = new RandomStream(3, 1)
const first = Uint16Array.from({ length: 400 }, () => random.whole(10_001))
const twin = first.map((points) => Math.floor(points / 2))
const opposite = first.map((points) => 10_000 - points)
const other = Uint16Array.from({ length: 400 }, () => random.whole(10_001))
const none = new Uint16Array(400).fill(65_535)
const hashes = Uint32Array.from({ length: 400 }, (_, row) => row * 7919)

test('names the pairs that say nearly the same, in either direction', () => {
  const { pairs, alike, customers } = finish(redundancy([first, other, twin, opposite, none], hashes))
  expect(customers).toBe(400)
  expect(pairs).toHaveLength(10)
  expect(pairs.map(({ a, b }) => `${a}${b}`).join(' ')).toBe('01 02 03 04 12 13 14 23 24 34')
  expect(alike.map(({ a, b }) => `${a}${b}`)).toEqual(['03', '02', '23'])
  expect(alike[0]!.rho).toBe(-1)
  expect(pairs.find(({ a, b }) => a === 0 && b === 4)!.rho).toBeUndefined()
})

test('compares the 50,000 customers of lowest hash', () => {
  const n = 50_100
  const points = Uint16Array.from({ length: n }, (_, row) => row % 10_001)
  // Whoever has a high hash is turned round, and not looked at.
  const turned = points.map((value, row) => (row < 50_000 ? value : 10_000 - value))
  const { customers, pairs } = finish(
    redundancy(
      [points, turned],
      Uint32Array.from({ length: n }, (_, row) => row),
    ),
  )
  expect(customers).toBe(50_000)
  expect(pairs[0]!.rho).toBe(1)
})

test('one metric has no pair', () => {
  expect(finish(redundancy([first], hashes))).toEqual({ pairs: [], alike: [], customers: 400 })
})
