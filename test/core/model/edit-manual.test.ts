import { describe, expect, test } from 'vitest'
import type { ManualColumn } from '../../../src/core/manual/manual-column'
import { patchBetween } from '../../../src/core/model/change'
import { addManualColumn, deleteManualColumn, setManualColumn } from '../../../src/core/model/edit-manual'
import { manualIds, withManual, withManualMetrics } from '../../../src/core/model/keep-manual'
import { metric, modelOf, rule } from '../../support/model'

const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number' }
const mood: ManualColumn = { id: 'm', name: 'Mood', kind: 'choice', choices: ['Bad', 'Good'] }
const model = modelOf([metric('a', { column: 'Pulse' }), metric('b')], {
  manual: [pulse],
  rules: [rule('r', '[Pulse] < 2', 'cap', 40)],
})

describe('a manual column', () => {
  test('is followed by what reads it when it is renamed', () => {
    const renamed = setManualColumn(model, { ...pulse, name: 'Feeling', freshDays: 30 })
    expect(renamed.manual).toEqual([{ ...pulse, name: 'Feeling', freshDays: 30 }])
    expect(renamed.metrics.map(({ column }) => column)).toEqual(['Feeling', 'b'])
    expect(renamed.rules[0]!.when).toBe('[Feeling] < 2')
    expect(renamed.metrics[1]).toBe(model.metrics[1])
    expect(setManualColumn(model, { ...pulse })).toBe(model)
    expect(setManualColumn(model, mood)).toBe(model)
  })

  test('is added and deleted; what reads it stays', () => {
    expect(addManualColumn(model, mood).manual).toEqual([pulse, mood])
    const without = deleteManualColumn(model, 'p')
    expect(without.manual).toEqual([])
    expect(without.metrics).toBe(model.metrics)
    expect(deleteManualColumn(model, 'x')).toBe(model)
  })

  test('stays when another model takes its model’s place: the same one keeps its id', () => {
    const other = modelOf([metric('c')], {
      manual: [
        { ...mood, id: 'theirs' },
        { ...pulse, id: 'q', freshDays: 9 },
      ],
    })
    expect(withManual(other, { ...model, manual: [pulse] }).manual).toEqual([
      { ...mood, id: 'theirs' },
      { ...pulse, freshDays: 9 },
    ])
    expect(withManual(modelOf([]), model).manual).toEqual([pulse])
  })

  test('stays with the metrics that read it when a model is drafted anew', () => {
    const drafted = withManualMetrics(modelOf([metric('c')]), model)
    expect(drafted.manual).toEqual([pulse])
    expect(drafted.metrics.map(({ column }) => column)).toEqual(['c', 'Pulse'])
  })

  test('that undo can bring back still has its id', () => {
    const step = { patch: patchBetween(addManualColumn(model, mood), model), words: 'delete Mood' }
    expect([...manualIds(model, [step])].sort()).toEqual(['m', 'p'])
    expect([...manualIds(model, [])]).toEqual(['p'])
  })
})
