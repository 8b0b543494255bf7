import { expect, test } from 'vitest'
import { sensitivity, withoutEach, type Scorer } from '../../../src/core/backtest/sensitivity'
import { NOT_SCORED, scoreCustomers } from '../../../src/core/scoring/reference'
import { finish } from '../../support/finish'

// Two metrics: the first tells all, the second the reverse.
const points = [Uint16Array.of(0, 2000, 8000, 10_000), Uint16Array.of(10_000, 8000, 2000, 0)]
const scorer: Scorer = (weights) =>
  scoreCustomers({ points, runs: [{ start: 0, customers: 4, weights: Uint16Array.from(weights), minDen: 1 }] }, 4)
const tiers = [{ name: 'At risk', from: 0 }, { name: 'Healthy', from: 50 }] // prettier-ignore
const judge = { outcome: Uint8Array.of(1, 1, 0, 0), objective: 'churn', tiers } as const

test('each weight a fifth lower and higher: AUC, and who changes tier', () => {
  // Today all score 50: half of each metric.
  const [first, second] = finish(sensitivity([1000, 1000], scorer, judge))
  expect(first!.higher).toEqual({ auc: 1, difference: 0.5, changedTier: 0.5 })
  expect(first!.lower).toEqual({ auc: 0, difference: -0.5, changedTier: 0.5 })
  expect(second!.higher).toEqual({ auc: 0, difference: -0.5, changedTier: 0.5 })
  expect(second!.lower).toEqual({ auc: 1, difference: 0.5, changedTier: 0.5 })
})

test('the whole score without each metric', () => {
  const found = finish(withoutEach([3000, 1000], scorer, judge))
  expect(found.map(({ auc }) => auc)).toEqual([0, 1])
  expect(found.map(({ difference }) => difference)).toEqual([-1, 0])
})

test('without the only metric nobody is scored, and all change tier', () => {
  expect(finish(withoutEach([3000, 0], scorer, judge))[0]).toEqual({ auc: undefined, difference: undefined, changedTier: 1 }) // prettier-ignore
})

test('without an outcome tiers still tell', () => {
  const [first] = finish(sensitivity([1000, 1000], scorer, { ...judge, outcome: Uint8Array.of(2, 2, 2, 2) }))
  expect(first!.higher).toEqual({ auc: undefined, difference: undefined, changedTier: 0.5 })
})

test('of nobody, or of no metric, there is nothing', () => {
  const nobody: Scorer = () => new Uint16Array(0)
  expect(
    finish(sensitivity([1], nobody, { ...judge, outcome: new Uint8Array(0) }))[0]!.lower.changedTier,
  ).toBeUndefined()
  expect(finish(sensitivity([], scorer, judge))).toEqual([])
  expect(scorer([0, 0])[0]).toBe(NOT_SCORED)
})
