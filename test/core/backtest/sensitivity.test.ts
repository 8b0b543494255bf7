import { expect, test } from 'vitest'
import { reweighedOf, tierGroups } from '../../../src/core/backtest/reweighed-counts'
import { BINS, CLASS_COUNT, CLASSES } from '../../../src/core/backtest/score-histogram'
import { MOVE_BINS, MOVE_TIERS } from '../../../src/core/backtest/moves'
import { sensitivity, withoutEach, type Reweigh } from '../../../src/core/backtest/sensitivity'
import { scoreCustomers } from '../../../src/core/scoring/reference'
import { finish } from '../../support/finish'

// Two metrics: the first tells all, the second the reverse.
const points = [Uint16Array.of(0, 2000, 8000, 10_000), Uint16Array.of(10_000, 8000, 2000, 0)]
const tiers = [{ name: 'At risk', from: 0 }, { name: 'Healthy', from: 50 }] // prettier-ignore
const { trainingEvent, trainingStayed, unknown } = CLASSES
const KNOWN = Uint8Array.of(trainingEvent, trainingEvent, trainingStayed, trainingStayed)

function scored(weights: readonly number[]): Uint16Array {
  return scoreCustomers(
    { points, runs: [{ start: 0, customers: 4, weights: Uint16Array.from(weights), minDen: 1 }] },
    4,
  )
}

/** Counts groups of class and tier as the scorer does. */
function reweighing(today: readonly number[], classes = KNOWN): Reweigh {
  const groups = tierGroups(scored(today), classes, tiers)
  return (weights) => {
    const counts = new Uint32Array(CLASS_COUNT * MOVE_TIERS * MOVE_BINS)
    for (const [row, score] of scored(weights).entries()) counts[groups[row]! * MOVE_BINS + Math.min(score, BINS)]!++
    return reweighedOf(counts, 'training', { tiers, objective: 'churn' }, classes.length)
  }
}

test('each weight a fifth lower and higher: AUC, and who changes tier', () => {
  // Today all score 50: half of each metric.
  const [first, second] = finish(sensitivity([1000, 1000], reweighing([1000, 1000]), { customers: 4, auc: 0.5 }))
  expect(first!.higher).toEqual({ auc: 1, difference: 0.5, changedTier: 0.5 })
  expect(first!.lower).toEqual({ auc: 0, difference: -0.5, changedTier: 0.5 })
  expect(second!.higher).toEqual({ auc: 0, difference: -0.5, changedTier: 0.5 })
  expect(second!.lower).toEqual({ auc: 1, difference: 0.5, changedTier: 0.5 })
})

test('the whole score without each metric', () => {
  const found = finish(withoutEach([3000, 1000], reweighing([3000, 1000]), { customers: 4, auc: 1 }))
  expect(found.map(({ auc }) => auc)).toEqual([0, 1])
  expect(found.map(({ difference }) => difference)).toEqual([-1, 0])
})

test('without the only metric nobody is scored, and all change tier', () => {
  expect(finish(withoutEach([3000, 0], reweighing([3000, 0]), { customers: 4, auc: 1 }))[0]).toEqual({ auc: undefined, difference: undefined, changedTier: 1 }) // prettier-ignore
})

test('without an outcome tiers still tell', () => {
  const reweigh = reweighing([1000, 1000], new Uint8Array(4).fill(unknown))
  expect(finish(sensitivity([1000, 1000], reweigh, { customers: 4, auc: undefined }))[0]!.higher).toEqual({ auc: undefined, difference: undefined, changedTier: 0.5 }) // prettier-ignore
})

test('of nobody, or of no metric, there is nothing', () => {
  const nobody: Reweigh = () => ({
    histogram: { events: new Uint32Array(1), nonEvents: new Uint32Array(1) },
    changedTier: 0,
  })
  expect(finish(sensitivity([1], nobody, { customers: 0, auc: undefined }))[0]!.lower.changedTier).toBeUndefined()
  expect(finish(sensitivity([], nobody, { customers: 0, auc: undefined }))).toEqual([])
})
