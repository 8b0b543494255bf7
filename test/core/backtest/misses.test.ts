import { expect, test } from 'vitest'
import { misses } from '../../../src/core/backtest/misses'

const tiers = [{ name: 'At risk', from: 0 }, { name: 'Watch', from: 41 }, { name: 'Healthy', from: 71 }] // prettier-ignore
const scores = Uint16Array.of(9000, 7100, 9900, 100, 4000, 5000, 65_535, 9000, 8000)
const outcome = Uint8Array.of(1, 1, 1, 0, 0, 1, 1, 1, 2)

test('green churners and red keepers, the most surprising first', () => {
  expect(misses(scores, outcome, { tiers, objective: 'churn' })).toEqual({ missed: [2, 0, 7, 1], spared: [3, 4] })
})

test('for expansion they are the other way round', () => {
  const turned = outcome.map((each) => (each < 2 ? 1 - each : 2))
  expect(misses(scores, turned, { tiers, objective: 'expand' })).toEqual({ missed: [3, 4], spared: [2, 0, 7, 1] })
})

test('one tier has none', () => {
  expect(misses(scores, outcome, { tiers: [tiers[0]!], objective: 'churn' })).toEqual({ missed: [], spared: [] })
})
