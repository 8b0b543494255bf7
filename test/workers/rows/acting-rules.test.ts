import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOT_SCORED } from '../../../src/core/scoring/reference'
import { ruleSteps, together } from '../../../src/core/scoring/rules'
import { ActingRules, NO_RULE } from '../../../workers/rows/acting-rules'
import { rule } from '../../support/model'

const rules = fc.array(
  fc.record({ kind: fc.constantFrom('cap', 'floor', 'set'), points: fc.integer({ min: 0, max: 100 }) }),
  { minLength: 1, maxLength: 5 },
)
const customers = fc.array(fc.record({ mean: fc.constantFrom(0, 2000, 5000, 9000, NOT_SCORED), applies: fc.nat(31) }), {
  maxLength: 60,
})

test('of everybody they are what they are of each customer by the rules that apply to them', () => {
  fc.assert(
    fc.property(rules, customers, (actions, rows) => {
      const all = actions.map(({ kind, points }, i) => rule(`r${i}`, 'a > 1', kind, points))
      const applied = all.map((_, i) => Uint8Array.from(rows, ({ applies }) => (applies >> i) & 1))
      const acting = new ActingRules(
        all,
        applied,
        Uint16Array.from(rows, ({ mean }) => mean),
      )
      const expected = rows.map(({ mean, applies }) => {
        const places = all.map((_, i) => i).filter((i) => (applies >> i) & 1)
        if (mean === NOT_SCORED) return []
        const steps = ruleSteps(mean, together(places.map((place) => all[place]!.then)))
        return steps.map(({ rule: place, step }) => ({ rule: places[place]!, step }))
      })
      expect([...acting.first()]).toEqual(expected.map(([first]) => first?.rule ?? NO_RULE))
      expect(rows.map((_, row) => acting.steps(row))).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})
