import { expect, test } from 'vitest'
import { misses } from '../../../src/core/backtest/misses'
import { countOutcomesPerScore } from '../../../src/core/backtest/score-histogram'

const tiers = [{ name: 'At risk', from: 0 }, { name: 'Watch', from: 41 }, { name: 'Healthy', from: 71 }] // prettier-ignore
const scores = Uint16Array.of(9000, 7100, 9900, 100, 4000, 5000, 65_535, 9000, 8000)
const outcome = Uint8Array.of(1, 1, 1, 0, 0, 1, 1, 1, 2)

const judged = (known: Uint8Array) => ({
  ...{ scores, outcome: known },
  judged: Uint32Array.from([...known.keys()].filter((row) => known[row]! <= 1)),
  counted: countOutcomesPerScore(scores, known, 'churn'),
})

test('green churners and red keepers, the most surprising first', () => {
  expect(misses(judged(outcome), { tiers, objective: 'churn' })).toEqual({
    missed: { customers: 4, rows: [2, 0, 7, 1] },
    spared: { customers: 2, rows: [3, 4] },
  })
})

test('for expansion they are the other way round', () => {
  const turned = outcome.map((each) => (each < 2 ? 1 - each : 2))
  expect(misses(judged(turned), { tiers, objective: 'expand' })).toEqual({
    missed: { customers: 2, rows: [3, 4] },
    spared: { customers: 4, rows: [2, 0, 7, 1] },
  })
})

test('the first of many are those that all would begin with', () => {
  const all = misses(judged(outcome), { tiers, objective: 'churn' })
  for (const most of [0, 1, 2, 3, 4]) {
    const first = misses(judged(outcome), { tiers, objective: 'churn' }, most)
    expect(first.missed).toEqual({ customers: 4, rows: all.missed.rows.slice(0, most) })
    expect(first.spared).toEqual({ customers: 2, rows: all.spared.rows.slice(0, most) })
  }
})

test('tiers whose limits cross have none', () => {
  const crossed = [{ name: 'At risk', from: 50 }, { name: 'Healthy', from: 40 }] // prettier-ignore
  expect(misses(judged(outcome), { tiers: crossed, objective: 'churn' }).spared).toEqual({ customers: 0, rows: [] })
})

test('one tier has none', () => {
  expect(misses(judged(outcome), { tiers: [tiers[0]!], objective: 'churn' })).toEqual({
    missed: { customers: 0, rows: [] },
    spared: { customers: 0, rows: [] },
  })
})
