import { afterEach, beforeEach, expect, test } from 'vitest'
import { ShownModel, type Revised } from '../../../../src/ui/sheets/model/shown-model'
import { metric, modelOf } from '../../../support/model'

/** The model whose only weight is the count of edits that it came with. */
function revised(revision: number): Revised {
  return { model: modelOf([metric('m', { weight: revision })]), revision }
}

let shown: number[]
let on: ShownModel

beforeEach(() => {
  shown = []
  on = new ShownModel(revised(1), ({ metrics }) => shown.push(metrics[0]!.weight))
})

afterEach(() => on.stop())

const later = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds))

test('what needs no answer is shown at once, and once', async () => {
  const edit = revised(2)
  on.follow(edit, edit)
  on.follow(edit, edit)
  await later(80)
  expect(shown).toEqual([2])
})

test('an edit waits for its answer', () => {
  on.follow(revised(2), revised(1))
  expect(shown).toEqual([])
  on.follow(revised(2), revised(2))
  expect(shown).toEqual([2])
})

test('in a drag each answer is shown, while newer edits wait for theirs', () => {
  on.follow(revised(3), revised(1))
  on.follow(revised(4), revised(2))
  on.follow(revised(5), revised(4))
  expect(shown).toEqual([2, 4])
})

test('it waits no longer than that is worth, then shows the newest edit', async () => {
  on.follow(revised(2), undefined)
  on.follow(revised(3), undefined)
  await expect.poll(() => shown).toEqual([3])
})

test('an answer to something older than what is on screen does not bring it back', async () => {
  on.follow(revised(5), revised(1))
  await expect.poll(() => shown).toEqual([5])
  on.follow(revised(5), revised(3))
  on.follow(revised(6), revised(4))
  expect(shown).toEqual([5])
  on.follow(revised(6), revised(6))
  expect(shown).toEqual([5, 6])
})

test('once stopped it shows nothing more', async () => {
  on.follow(revised(2), revised(1))
  on.stop()
  await later(80)
  expect(shown).toEqual([])
})
