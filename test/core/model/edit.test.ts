import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  balanceTo100,
  flipped,
  renameCategory,
  scaleWeights,
  setImportance,
  setOn,
  setWeight,
} from '../../../src/core/model/edit'
import { shareOut } from '../../../src/core/model/share-out'
import { metric, modelOf } from '../../support/model'

const everything = (): boolean => true

describe('weights', () => {
  test('leave no rounding dust', () => {
    expect(setWeight(modelOf([metric('a')]), 'a', 0.1 + 0.2).metrics[0]!.weight).toBe(0.3)
  })

  test('balanced to 100 are whole, keep their proportions and add up exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 10_000 }), { minLength: 1, maxLength: 30 }), (hundredths) => {
        const model = modelOf(hundredths.map((weight, i) => metric(`m${i}`, { weight: weight / 100 })))
        const balanced = balanceTo100(model, everything)
        const sum = balanced.metrics.reduce((total, { weight }) => total + Math.round(weight * 100), 0)
        expect(sum).toBe(10_000)
        for (const { weight } of balanced.metrics) expect(weight).toBeGreaterThan(0)
      }),
    )
  })

  test('of the mock: 104 becomes 100', () => {
    const weights = [14, 10, 7, 6, 8, 2, 5, 5, 5, 5, 5, 5, 4, 9, 8]
    const model = modelOf(weights.map((weight, i) => metric(`m${i}`, { weight })))
    expect(
      balanceTo100(model, everything)
        .metrics.map(({ weight }) => weight)
        .every(Number.isInteger),
    ).toBe(true)
  })

  test('of a category are scaled to a subtotal', () => {
    const model = modelOf([
      metric('a', { weight: 10 }),
      metric('b', { weight: 30 }),
      metric('c', { category: 'Other', weight: 7 }),
    ])
    const scaled = scaleWeights(model, ({ category }) => category === 'Usage', 20)
    expect(scaled.metrics.map(({ weight }) => weight)).toEqual([5, 15, 7])
  })

  test('are shared out by largest remainder', () => {
    expect(shareOut([1, 1, 1], 100)).toEqual([34, 33, 33])
    expect(shareOut([0, 0], 100)).toBeUndefined()
  })

  test('follow the importance', () => {
    const model = modelOf([metric('a')])
    expect(setImportance(model, 'a', 'critical').metrics[0]).toMatchObject({ importance: 'critical', weight: 10 })
  })
})

test('switching a suspected leak on says that a person has checked it', () => {
  const model = modelOf([metric('a', { on: false, suspect: { reason: 'r', checked: false } })])
  expect(setOn(model, 'a', true).metrics[0]!.suspect).toEqual({ reason: 'r', checked: true })
})

test('a scale turned upside down twice is itself', () => {
  const scale = metric('a').scale
  expect(flipped(flipped(scale))).toEqual(scale)
})

test('the name of another category joins the two, neighbours of each other', () => {
  const model = modelOf([metric('a'), metric('b', { category: 'Support' }), metric('c')])
  const joined = renameCategory(model, 'Support', 'Usage')
  expect(joined.metrics.map(({ id, category }) => `${id} ${category}`)).toEqual(['a Usage', 'b Usage', 'c Usage'])
})

test('an edit that changes nothing gives the same model', () => {
  const model = modelOf([metric('a')])
  expect(setWeight(model, 'a', 5)).toBe(model)
  expect(setOn(model, 'a', true)).toBe(model)
})
