import { expect, test } from 'vitest'
import { actingCut, cutBlockedBy, withActingCut } from '../../../src/core/model/tier'
import { modelOf } from '../../support/model'

const model = modelOf([])

test('the cut moves the tier that customers are flagged up to, and no other', () => {
  const moved = withActingCut(model, 51.005)
  expect(actingCut(moved)).toBe(51.01)
  expect(moved.tiers.map(({ from }) => from)).toEqual([0, 51.01, 71])
})

test('a model that acts below another tier has that one moved', () => {
  const healthy = { ...model, actBelow: 'Healthy' }
  expect(withActingCut(healthy, 80).tiers.map(({ from }) => from)).toEqual([0, 41, 80])
})

test('a tier blocks a cut that would pass or meet it', () => {
  expect(cutBlockedBy(model, 70.99)).toBeUndefined()
  expect(cutBlockedBy(model, 71)?.name).toBe('Healthy')
  expect(cutBlockedBy(model, 0)?.name).toBe('At risk')
  expect(cutBlockedBy({ ...model, actBelow: 'Healthy' }, 41)?.name).toBe('Watch')
})

test('where a high score means expansion the highest tier is flagged, unless another is named', () => {
  const expanding = { ...model, objective: 'expand' as const }
  expect(actingCut(model)).toBe(41)
  expect(actingCut(expanding)).toBe(71)
  expect(actingCut({ ...expanding, actBelow: 'Watch' })).toBe(41)
  expect(withActingCut(expanding, 80).tiers.map(({ from }) => from)).toEqual([0, 41, 80])
  expect(actingCut({ ...expanding, tiers: expanding.tiers.slice(0, 1) })).toBe(0)
})
