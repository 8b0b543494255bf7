import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CLASSES,
  countOutcomesPerScore,
  partHistogram,
  partRevenue,
  scoreRisks,
} from '../../../src/core/backtest/score-histogram'
import { countScores } from '../../../src/core/scoring/count'

const { trainingEvent, trainingStayed, holdoutEvent, holdoutStayed } = CLASSES

test('revenue is in the order of the counts, part by part', () => {
  const counted = countScores(
    Uint16Array.of(100, 100, 10_000, 0),
    Uint8Array.of(trainingEvent, holdoutEvent, trainingStayed, holdoutStayed),
    Float64Array.of(5, 70, 900, 1000),
  )
  expect(partRevenue(counted, 'training', 'churn').events[100]).toBe(5)
  expect(partRevenue(counted, 'holdout', 'churn').events[100]).toBe(70)
  expect(partRevenue(counted, 'all', 'churn').events[100]).toBe(75)
  expect(partRevenue(counted, 'all', 'expand').events[9900]).toBe(75)
  expect(partRevenue(counted, 'training', 'expand').nonEvents[0]).toBe(900)
})

test('risks fall from bin to bin', () => {
  for (const objective of ['churn', 'expand'] as const) {
    const risks = scoreRisks(objective)
    expect(risks.every((risk, bin) => bin === 0 || risk < risks[bin - 1]!)).toBe(true)
  }
})

test('counting scores and outcomes is what counting by class gives', () => {
  const row = fc.tuple(fc.oneof(fc.nat(10_000), fc.constant(65_535)), fc.constantFrom(0, 1, 2))
  fc.assert(
    fc.property(fc.array(row), fc.constantFrom('churn' as const, 'expand' as const), (rows, objective) => {
      const scores = Uint16Array.from(rows, ([score]) => score)
      const classes = Uint8Array.from(rows, ([, outcome]) => [trainingStayed, trainingEvent, CLASSES.unknown][outcome]!)
      const found = countOutcomesPerScore(scores, Uint8Array.from(rows, ([, outcome]) => outcome), objective) // prettier-ignore
      const expected = partHistogram(countScores(scores, classes), 'training', objective)
      expect(found.events.every((count, bin) => count === expected.events[bin])).toBe(true)
      expect(found.nonEvents.every((count, bin) => count === expected.nonEvents[bin])).toBe(true)
    }),
  )
})
