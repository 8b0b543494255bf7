import { expect, test } from 'vitest'
import { holds, overridden, type Override } from '../../../src/core/customers/override'
import { NOT_SCORED } from '../../../src/core/scoring/reference'

const by = (kind: Override['kind'], points: number): Override => ({
  ...{ customer: 'C1', kind, points, reason: 'knows better', made: '2026-01-01' },
})

test.each([
  ['set', 30, 8000, 3000],
  ['set', 30, NOT_SCORED, 3000],
  ['cap', 40.5, 8000, 4050],
  ['cap', 40.5, 1000, 1000],
  ['cap', 40.5, NOT_SCORED, NOT_SCORED],
  ['floor', 60, 1000, 6000],
  ['floor', 60, 7000, 7000],
  ['floor', 60, NOT_SCORED, NOT_SCORED],
] as const)('%s %d makes %d to %d', (kind, points, score, expected) => {
  expect(overridden(score, by(kind, points))).toBe(expected)
})

test('an override holds through its last day, and for ever without one', () => {
  const until = { ...by('cap', 40), until: '2026-03-31' }
  expect(['2026-03-30', '2026-03-31', '2026-04-01'].map((day) => holds(until, day))).toEqual([true, true, false])
  expect(holds(by('cap', 40), '2999-01-01')).toBe(true)
})
