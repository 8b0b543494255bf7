import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, describeChange, patchBetween, revertPatch } from '../../../src/core/model/change'
import {
  addMetric,
  deleteMetrics,
  moveMetric,
  setCategory,
  setOn,
  setTierFrom,
  setWeight,
} from '../../../src/core/model/edit'
import type { HealthModel } from '../../../src/core/model/health-model'
import { MOST_STEPS, record, redo, settle, startHistory, undo, type History } from '../../../src/core/model/history'
import { metric, modelOf } from '../../support/model'

const start = modelOf([metric('a'), metric('b', { category: 'Support' }), metric('c')])

const edit = fc.oneof(
  fc.record({
    kind: fc.constant('weight' as const),
    id: fc.constantFrom('a', 'b', 'c', 'm4'),
    by: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({ kind: fc.constant('on' as const), id: fc.constantFrom('a', 'b', 'c'), by: fc.boolean() }),
  fc.record({ kind: fc.constant('delete' as const), id: fc.constantFrom('a', 'b', 'c', 'm4') }),
  fc.record({
    kind: fc.constant('move' as const),
    id: fc.constantFrom('a', 'b', 'c'),
    to: fc.constantFrom('a', 'b', 'c'),
  }),
  fc.record({
    kind: fc.constant('category' as const),
    id: fc.constantFrom('a', 'b', 'c'),
    to: fc.constantFrom('Usage', 'New'),
  }),
  fc.record({ kind: fc.constant('tier' as const), from: fc.integer({ min: 1, max: 70 }) }),
  fc.record({ kind: fc.constant('add' as const) }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.string() }),
)
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

function apply(model: HealthModel, change: Edit): HealthModel {
  switch (change.kind) {
    case 'weight':
      return setWeight(model, change.id, change.by)
    case 'on':
      return setOn(model, change.id, change.by)
    case 'delete':
      return deleteMetrics(model, new Set([change.id]))
    case 'move':
      return moveMetric(model, change.id, change.to)
    case 'category':
      return setCategory(model, change.id, change.to)
    case 'tier':
      return setTierFrom(model, 1, change.from)
    case 'add':
      return addMetric(model, metric('x')).model
    case 'rename':
      return { ...model, name: change.name }
  }
}

describe('a patch', () => {
  test('leads from one model to the other and back', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        const after = edits.reduce(apply, start)
        const patch = structuredClone(patchBetween(start, after))
        expect(applyPatch(start, patch)).toEqual(after)
        expect(revertPatch(after, patch)).toEqual(start)
      }),
    )
  })
})

describe('undo and redo', () => {
  test('are the two directions of one list of models', () => {
    const action = fc.oneof(
      { weight: 3, arbitrary: edit },
      { weight: 1, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    )
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        let history: History = startHistory(start)
        let list: HealthModel[] = [start]
        let at = 0
        for (const each of actions) {
          if (each === 'undo') {
            history = undo(history)
            at = Math.max(0, at - 1)
          } else if (each === 'redo') {
            history = redo(history)
            at = Math.min(list.length - 1, at + 1)
          } else {
            const next = apply(history.present, each)
            const changes = next !== history.present
            history = record(history, next, 'edit')
            if (changes) {
              list = [...list.slice(0, at + 1), next]
              at++
            }
          }
          expect(history.present).toEqual(list[at])
        }
      }),
    )
  })

  test('a drag is one step, and none when it comes back to where it began', () => {
    let history = startHistory(start)
    for (const weight of [6, 7, 8, 9])
      history = record(history, setWeight(history.present, 'a', weight), 'weight', 'drag a')
    expect(history.past).toHaveLength(1)
    expect(undo(settle(history)).present).toEqual(start)
    const back = record(history, start, 'weight', 'drag a')
    expect(back.past).toHaveLength(0)
  })

  test('two drags with a release between them are two steps', () => {
    let history = startHistory(start)
    history = settle(record(history, setWeight(history.present, 'a', 6), 'weight', 'drag a'))
    history = record(history, setWeight(history.present, 'a', 7), 'weight', 'drag a')
    expect(history.past).toHaveLength(2)
  })

  test(`keep ${MOST_STEPS} steps`, () => {
    let history = startHistory(start)
    for (let step = 1; step <= MOST_STEPS + 30; step++) {
      history = record(history, setWeight(history.present, 'a', step / 10), 'weight')
    }
    expect(history.past).toHaveLength(MOST_STEPS)
    for (let step = 0; step < MOST_STEPS + 30; step++) history = undo(history)
    expect(history.present.metrics[0]!.weight).toBe(3)
  })

  test('a new edit forgets what was undone', () => {
    let history = record(startHistory(start), setWeight(start, 'a', 9), 'weight')
    history = record(undo(history), setWeight(start, 'a', 8), 'weight')
    expect(history.future).toEqual([])
    expect(redo(history).present).toBe(history.present)
  })
})

describe('a change in words', () => {
  test.each<[string, HealthModel]>([
    ['weight of A 5 → 14', setWeight(start, 'a', 14)],
    ['A off', setOn(start, 'a', false)],
    ['limit of Watch 41 → 45', setTierFrom(start, 1, 45)],
    ['delete B', deleteMetrics(start, new Set(['b']))],
    ['name of the model', { ...start, name: 'Other' }],
    ['2 weights', setWeight(setWeight(start, 'a', 1), 'b', 2)],
  ])('%s', (words, after) => expect(describeChange(start, after)).toBe(words))
})
