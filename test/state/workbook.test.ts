import { beforeEach, describe, expect, test } from 'vitest'
import { setWeight } from '../../src/core/model/edit'
import { Workbook, type Edit } from '../../src/state/workbook.svelte'
import { MemoryModels } from '../../src/storage/memory-models'
import { metric, modelOf } from '../support/model'

let edits: Edit[]
let models: MemoryModels
let workbook: Workbook

beforeEach(() => {
  edits = []
  models = new MemoryModels()
  const kept = { id: 'w', rev: 0, name: '', facts: '', savedAt: 0, body: '', past: [], future: [] }
  workbook = new Workbook(
    kept,
    modelOf([metric('a'), metric('b')]),
    models,
    (edit) => edits.push(edit),
    () => 'facts',
  )
})

const weight = (): number => workbook.model.metrics[0]!.weight
const drag = (to: number): boolean => workbook.edit((model) => setWeight(model, 'a', to), { key: 'drag a' })

describe('a drag', () => {
  test('is followed step by step and is one step of undo', () => {
    for (const to of [6, 7, 8]) drag(to)
    expect(edits.map(({ settled }) => settled)).toEqual([false, false, false])
    workbook.settle()
    expect(edits.at(-1)).toMatchObject({ settled: true })
    expect(workbook.undoWords).toBe('weight of A 5 → 8')
    workbook.undo()
    expect(weight()).toBe(5)
    expect(workbook.redoWords).toBe('weight of A 5 → 8')
    workbook.redo()
    expect(weight()).toBe(8)
  })

  test('given up is as if it had not been', () => {
    drag(9)
    workbook.giveUp()
    expect(weight()).toBe(5)
    expect(workbook.undoWords).toBeUndefined()
    expect(edits.at(-1)).toMatchObject({ settled: true })
  })

  test('each of its changes is made on the model that it began with', () => {
    const half = (times: number): boolean =>
      workbook.edit((model) => setWeight(model, 'a', model.metrics[0]!.weight / times), { key: 'typing' })
    half(5)
    half(2)
    expect(weight()).toBe(2.5)
    expect(workbook.settled.metrics[0]!.weight).toBe(5)
  })
})

test('revisions count up, and what changes nothing is no edit', () => {
  expect(drag(5)).toBe(false)
  drag(6)
  drag(7)
  expect(edits.map(({ revision }) => revision)).toEqual([1, 2])
})

test('what is saved is the model file with its steps', async () => {
  drag(6)
  workbook.settle()
  await workbook.flush()
  const kept = (await models.open('w'))!
  expect(kept).toMatchObject({ rev: 1, name: 'Test', facts: 'facts' })
  expect(kept.body).toContain('"weight": 6')
  expect(kept.past).toHaveLength(1)
  expect(workbook.saveState.kind).toBe('saved')
})
