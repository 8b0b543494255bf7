import { expect, test } from 'vitest'
import { doubledPlacements } from '../../../src/core/backtest/placements'

test('placements are doubled, a tie counting one', () => {
  const { events, nonEvents } = doubledPlacements({
    events: Uint32Array.of(1, 0, 2),
    nonEvents: Uint32Array.of(0, 3, 1),
  })
  expect([...events]).toEqual([8, 5, 1])
  expect([...nonEvents]).toEqual([1, 2, 4])
})
