import { expect, test } from 'vitest'
import { changedTier, MOVE_BINS, MOVE_TIERS, tierPerBin } from '../../../src/core/backtest/moves'

const tiers = [
  { name: 'At risk', from: 0 },
  { name: 'Watch', from: 41 },
  { name: 'Healthy', from: 71 },
]

test('every bin has its tier, and whoever is not scored has one of their own', () => {
  const tierOf = tierPerBin(tiers)
  expect([tierOf[0], tierOf[4099], tierOf[4100], tierOf[7099], tierOf[7100], tierOf[10_000]]).toEqual([
    0, 0, 1, 1, 2, 2,
  ])
  expect(tierOf[10_001]).toBe(MOVE_TIERS - 1)
})

test('whoever is in another tier, or has a score no more, has changed', () => {
  const moves = new Uint32Array(MOVE_TIERS * MOVE_BINS)
  const put = (before: number, bin: number, customers: number): void => {
    moves[before * MOVE_BINS + bin] = customers
  }
  put(0, 4099, 5) // stayed at risk
  put(0, 4100, 3) // rose to watch
  put(2, 7100, 2) // stayed healthy
  put(1, 10_001, 4) // lost the score
  put(MOVE_TIERS - 1, 10_001, 6) // never had one
  put(MOVE_TIERS - 1, 9000, 1) // got one
  expect(changedTier(moves, tiers, 21)).toBe(8)
  expect(changedTier(moves, [tiers[0]!, { name: 'Watch', from: 40 }, tiers[2]!], 21)).toBe(13)
})
