import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleAction } from '../../../src/core/model/health-model'
import { firstThatActed, limited, limitsOf, ruleSteps, together } from '../../../src/core/scoring/rules'

const cap = (points: number): RuleAction => ({ kind: 'cap', points })
const floor = (points: number): RuleAction => ({ kind: 'floor', points })
const set = (points: number): RuleAction => ({ kind: 'set', points })

describe('rules act together', () => {
  test('a cap beats a floor, and order does not matter', () => {
    expect(limited(3000, limitsOf([floor(50), cap(40)]))).toBe(4000)
    expect(limited(3000, limitsOf([cap(40), floor(50)]))).toBe(4000)
  })

  test('set is a cap and a floor', () => {
    expect(limited(9000, limitsOf([set(30.25)]))).toBe(3025)
    expect(limited(100, limitsOf([set(30.25)]))).toBe(3025)
    expect(limited(9000, limitsOf([set(30), cap(20)]))).toBe(2000)
  })

  test('without a rule nothing is limited', () => expect(limitsOf([])).toEqual({ low: 0, high: 10_000 }))
})

const stepsOf = (mean: number, rules: readonly RuleAction[]) => ruleSteps(mean, together(rules))

describe('the rules that acted', () => {
  test('are those without which the score differs, each with its step', () => {
    expect(stepsOf(6000, [cap(40), cap(50)])).toEqual([{ rule: 0, step: -2000 }])
    expect(stepsOf(3000, [floor(50), cap(40)])).toEqual([
      { rule: 0, step: 2000 },
      { rule: 1, step: -1000 },
    ])
    expect(stepsOf(4500, [floor(50), cap(40)])).toEqual([{ rule: 1, step: -500 }])
    expect(stepsOf(3000, [cap(40), floor(20)])).toEqual([])
  })

  test('where two bind alike the first stands for both', () => {
    expect(stepsOf(6000, [cap(90), cap(40), cap(40)])).toEqual([{ rule: 1, step: -2000 }])
  })
})

const action = fc.record({
  kind: fc.constantFrom('cap' as const, 'floor' as const, 'set' as const),
  points: fc.integer({ min: 0, max: 20 }).map((n) => n * 5),
})

test('steps add up to the score, and every rule whose absence makes a difference is among them', () => {
  const tied = { total: 0 }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.array(action, { maxLength: 6 }), (mean, rules) => {
      const score = limited(mean, limitsOf(rules))
      const steps = stepsOf(mean, rules)
      expect(firstThatActed(mean, together(rules))).toBe(steps[0]?.rule ?? -1)
      expect(steps.map(({ rule }) => rule)).toEqual([...new Set(steps.map(({ rule }) => rule))].sort((a, b) => a - b))
      expect(steps.reduce((sum, { step }) => sum + step, mean)).toBe(score)
      const listed = new Set(steps.map(({ rule }) => rule))
      for (const i of rules.keys()) {
        const without = limited(mean, limitsOf(rules.toSpliced(i, 1)))
        if (without !== score) expect(listed.has(i)).toBe(true)
        else if (listed.has(i)) tied.total++
      }
      if (new Set(rules.map(({ points }) => points)).size === rules.length && rules.length < 3) {
        for (const rule of listed) expect(limited(mean, limitsOf(rules.toSpliced(rule, 1)))).not.toBe(score)
      }
    }),
    { numRuns: 2000 },
  )
  expect(tied.total).toBeGreaterThan(0)
})
