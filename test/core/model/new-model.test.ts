import { expect, test } from 'vitest'
import { EMPTY_MODEL, EXPANSION, tiersMadeFor } from '../../../src/core/model/new-model'

test('the names of drafted tiers say what they were drafted for, names of a person’s own nothing', () => {
  expect(tiersMadeFor(EMPTY_MODEL)).toBe('churn')
  expect(tiersMadeFor(EXPANSION)).toBe('expand')
  const [first, ...rest] = EMPTY_MODEL.tiers
  expect(tiersMadeFor({ tiers: [{ ...first!, name: 'Rot' }, ...rest] })).toBeUndefined()
  expect(tiersMadeFor({ tiers: rest })).toBeUndefined()
  expect(tiersMadeFor({ tiers: EMPTY_MODEL.tiers.map((tier, i) => ({ ...tier, from: 30 * i })) })).toBe('churn')
})
