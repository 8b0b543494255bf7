import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byHash, lowestHashes, wholeHashes } from '../../../src/core/backtest/hash-order'

const hashes = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })), {
  maxLength: 60,
})

test('rows rise by hash, equals in the order of the file', () => {
  fc.assert(
    fc.property(hashes, (all) => {
      const expected = [...all.keys()].sort((a, b) => all[a]! - all[b]! || a - b)
      expect([...byHash(Uint32Array.from(all))]).toEqual(expected)
    }),
  )
})

test('the sample holds whole customers, and the same ones whatever the order of the file', () => {
  fc.assert(
    fc.property(hashes, fc.integer({ min: 1, max: 20 }), (all, most) => {
      const taken = (file: number[]) => [...lowestHashes(Uint32Array.from(file), most)].map((row) => file[row]!)
      const sample = taken(all)
      expect(taken(all.toReversed())).toEqual(sample)
      const left = all.length - sample.length
      expect(all.filter((hash) => !sample.includes(hash))).toHaveLength(left)
      if (new Set(sample).size > 1) expect(sample.length).toBeLessThanOrEqual(most)
    }),
  )
})

test('one customer who fills the sample is in it as a whole', () => {
  const hash = Uint32Array.of(5, 5, 5, 9)
  expect(wholeHashes(byHash(hash), hash, 2)).toBe(3)
  expect([...lowestHashes(Uint32Array.of(9, 1, 5, 1), 3)]).toEqual([1, 3, 2])
  expect([...lowestHashes(Uint32Array.of(9, 1, 5, 1), 1)]).toEqual([1, 3])
})
