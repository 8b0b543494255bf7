import { describe, expect, test } from 'vitest'
import { checkModel } from '../../../src/core/model/check'
import { describeChange } from '../../../src/core/model/change'
import {
  countLook,
  equalWeights,
  setCapacity,
  setEconomics,
  setSeed,
  setSplit,
  takeWeights,
} from '../../../src/core/model/edit-backtest'
import { setTierFrom, setWeight } from '../../../src/core/model/edit'
import { fingerprint } from '../../../src/core/model/fingerprint'
import { describeModel } from '../../../src/core/model/model-problem'
import { metric, modelOf, rule } from '../../support/model'

const model = modelOf([metric('a', { weight: 30 }), metric('b', { weight: 10 }), metric('off', { on: false })], {
  rules: [rule('r', 'a < 1', 'cap', 30)],
})
const economics = { cost: 120, saveRate: 0.22, value: { kind: 'amount', amount: 1900 } } as const

describe('looks at unseen customers', () => {
  test('count each model once, whatever it is called and wherever its tiers begin', () => {
    const once = countLook(model)
    expect(once.holdout.looks).toBe(1)
    expect(countLook(once)).toBe(once)
    const renamed = setTierFrom({ ...once, name: 'Another', notes: 'x' }, 1, 50)
    expect(countLook(renamed)).toBe(renamed)
    expect(countLook(setWeight(once, 'a', 31)).holdout.looks).toBe(2)
  })

  test('begin anew with a new seed, not with another split', () => {
    const once = countLook(model)
    expect(setSeed(once, 4).holdout).toEqual({ seed: 4, looks: 0 })
    const byTime = setSplit(once, 'time')
    expect(byTime.holdout).toEqual({ ...once.holdout, by: 'time' })
    expect(setSplit(byTime, 'id')).toEqual(once)
    expect(setSplit(once, 'id')).toBe(once)
  })
})

test('a fingerprint is of what scores', () => {
  const mark = fingerprint(model)
  expect(mark).toMatch(/^[0-9a-f]{8}$/)
  const same = [
    { ...model, metrics: model.metrics.toReversed() },
    { ...model, metrics: model.metrics.map((each) => ({ ...each, name: `${each.name}!`, red: 3 })) },
    setWeight(model, 'off', 99),
    setEconomics(model, economics),
  ]
  for (const each of same) expect(fingerprint(each)).toBe(mark)
  const others = [
    setWeight(model, 'b', 11),
    { ...model, rules: [] },
    { ...model, minCoverage: 60 },
    { ...model, metrics: model.metrics.map((each) => ({ ...each, missing: 50 })) },
  ]
  expect(new Set([mark, ...others.map(fingerprint)]).size).toBe(5)
})

describe('what reaching customers costs and brings', () => {
  test('is set, taken out, and said in the words of undo', () => {
    const set = setEconomics(setCapacity(model, 200), economics)
    expect(set).toMatchObject({ economics, capacity: 200 })
    expect(setEconomics(set, { ...economics })).toBe(set)
    expect(setCapacity(setEconomics(set, undefined), undefined)).toEqual(model)
    expect(describeChange(model, setEconomics(model, economics))).toBe('what reaching customers costs and brings')
    expect(describeChange(model, setSeed(model, 7))).toBe('seed of the hold-out 1 → 7')
    expect(describeChange(model, setSplit(model, 'time'))).toBe('hold-out by time')
  })

  test('is checked', () => {
    const plain = { ...model, rules: [] }
    const wrong = { cost: -1, saveRate: 22, value: { kind: 'revenue', months: NaN } } as const
    expect(checkModel(setCapacity(setEconomics(plain, wrong), 1.5)).map(describeModel)).toEqual([
      'The cost of reaching a customer is an amount of 0 or more.',
      'The save rate is a share from 0% to 100%.',
      'The value of a kept customer is an amount, or a number of months, of 0 or more.',
      'How many customers can be reached is a whole number of 0 or more.',
    ])
    expect(checkModel(setCapacity(setEconomics(plain, economics), 0))).toEqual([])
  })
})

describe('weights that are taken', () => {
  const suggested = new Map([['a', 40], ['b', 60]]) // prettier-ignore
  const weights = (of: typeof model) => of.metrics.map(({ weight }) => weight)

  test('all of them, or some, with the others on the same total of 100', () => {
    expect(weights(takeWeights(model, suggested))).toEqual([40, 60, 5])
    expect(weights(takeWeights(model, suggested, new Set(['a'])))).toEqual([40, 25, 5])
    expect(takeWeights(model, suggested, new Set())).toBe(model)
  })

  test('equal ones are of the metrics that are on', () => {
    expect(weights(equalWeights(model))).toEqual([1, 1, 5])
  })
})
