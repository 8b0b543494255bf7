import { expect, test } from 'vitest'
import { applyPatch, describeChange, patchBetween, revertPatch } from '../../../src/core/model/change'
import { addRule, deleteRule, moveRule, setRule } from '../../../src/core/model/edit-rules'
import { metric, modelOf, rule } from '../../support/model'

const [a, b] = [rule('r1', 'x<1', 'cap', 40), rule('r2', 'x>2', 'floor', 50)]
const start = modelOf([metric('x')], { rules: [a, b] })

test('a rule is added with a new id, changed, moved and deleted, each undone and said in words', () => {
  const { id: _, ...body } = rule('', 'x=3', 'set', 5, { name: 'New' })
  const steps = [
    [addRule(start, body).model, 'add rule New'],
    [setRule(start, 'r1', { on: false }), 'rule R1 off'],
    [setRule(start, 'r1', { then: { kind: 'cap', points: 35.5 } }), 'rule R1 cap 35.5'],
    [setRule(start, 'r2', { when: 'x>3' }), 'rule R2'],
    [moveRule(start, 'r2', -1), 'order of the rules'],
    [deleteRule(start, 'r1'), 'delete rule R1'],
  ] as const
  expect(steps[0][0].rules.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3'])
  for (const [after, words] of steps) {
    expect(describeChange(start, after)).toBe(words)
    const patch = patchBetween(start, after)
    expect(applyPatch(start, patch)).toEqual(after)
    expect(revertPatch(after, patch)).toEqual(start)
  }
})

test('an edit that changes nothing gives the same model', () => {
  expect(setRule(start, 'r1', { then: { kind: 'cap', points: 40 }, when: 'x<1' })).toBe(start)
  expect(moveRule(start, 'r1', -1)).toBe(start)
  expect(deleteRule(start, 'none')).toBe(start)
})
