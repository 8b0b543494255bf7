import { expect, test } from 'vitest'
import type { ManualColumn } from '../../../src/core/manual/manual-column'
import { manualMetric } from '../../../src/core/manual/manual-metric'
import { metric } from '../../support/model'

const drafted = metric('pulse', { on: false, red: 1, green: 2 })
const values = (...numbers: readonly number[]) =>
  new Map(numbers.map((value, i) => [`C${i}`, { customer: `C${i}`, column: 'p', value, day: '2026-08-14' }]))

test('choices rise evenly from the first to the last', () => {
  const mood: ManualColumn = { id: 'm', name: 'Mood', kind: 'choice', choices: ['Bad', 'So-so', 'Fine', 'Good'] }
  expect(manualMetric(drafted, mood, new Map())).toMatchObject({
    on: true,
    scale: { kind: 'values', values: [{ value: 'Bad', points: 0 }, { value: 'So-so', points: 33.33 }, { value: 'Fine', points: 66.67 }, { value: 'Good', points: 100 }], otherwise: 'missing' }, // prettier-ignore
  })
})

test('numbers rise from their least to their most, or over what was filled in', () => {
  const bounded: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 1, most: 5 }
  const knots = (low: number, high: number) => ({ kind: 'curve', knots: [{ x: low, points: 0 }, { x: high, points: 100 }] }) // prettier-ignore
  expect(manualMetric(drafted, bounded, new Map()).scale).toEqual(knots(1, 5))
  const free: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number' }
  expect(manualMetric(drafted, free, values(0, 100, 0, 100)).scale).toEqual(knots(0, 100))
  expect(manualMetric(drafted, free, values(3, 3)).scale).toBe(drafted.scale)
})

test('what the draft suspects stays off', () => {
  const suspect = { reason: 'It may know.', checked: false }
  expect(manualMetric({ ...drafted, suspect }, { id: 'p', name: 'P', kind: 'number' }, new Map()).on).toBe(false)
})
