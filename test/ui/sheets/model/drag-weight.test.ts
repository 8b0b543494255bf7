import { afterEach, beforeEach, expect, test } from 'vitest'
import { followWeightDrag } from '../../../../src/ui/sheets/model/drag-weight'
import type { MetricRow } from '../../../../src/ui/sheets/model/rows'
import { metric } from '../../../support/model'

let owner: AbortController
let bar: HTMLElement
let dragged: number[]
let ends: boolean[]

beforeEach(() => {
  const row: MetricRow = {
    ...{ kind: 'metric', id: 'm', number: 1, metric: metric('m', { weight: 20 }), type: undefined, active: true },
    ...{ share: 1, bar: 1, facts: undefined, problems: [] },
  }
  const line = document.body.appendChild(document.createElement('div'))
  line.setAttribute('row-id', 'm')
  bar = line.appendChild(document.createElement('div'))
  bar.setAttribute('col-id', 'weight')
  ;[dragged, ends, owner] = [[], [], new AbortController()]
  const actions = {
    dragWeight: (_: MetricRow, weight: number) => void dragged.push(weight),
    endDrag: (_: MetricRow, kept: boolean) => void ends.push(kept),
  }
  followWeightDrag(line, (id) => (id === 'm' ? row : undefined), actions, owner.signal)
})
afterEach(() => {
  owner.abort()
  document.body.replaceChildren()
})

const shields = (): number => document.querySelectorAll('.drag-shield').length
const pointer = (type: string, clientX: number, buttons: number): void => {
  bar.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX, buttons, button: 0 }))
}
/** A drag under way: the weight has been more than the 20 that it began with. */
function drag(): void {
  pointer('pointerdown', 100, 1)
  pointer('pointermove', 102, 1)
  expect([dragged, shields()]).toEqual([[], 0])
  pointer('pointermove', 114, 1)
  expect(dragged[0]).toBeGreaterThan(20)
  expect(shields()).toBe(1)
}

test.each<[string, boolean, () => void]>([
  ['letting go keeps the weight', true, () => pointer('pointerup', 114, 0)],
  ['letting go where the page did not hear it keeps the weight', true, () => pointer('pointermove', 130, 0)],
  ['a drag that the system takes away gives the weight back', false, () => pointer('pointercancel', 114, 0)],
  ['Esc gives the weight back', false, () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))],
])('%s, and the shield is gone', (_, kept, end) => {
  drag()
  const before = dragged.length
  end()
  expect([ends, shields()]).toEqual([[kept], 0])
  pointer('pointermove', 140, 1)
  expect(dragged).toHaveLength(before)
})

test('a press without a move is no drag', () => {
  pointer('pointerdown', 100, 1)
  pointer('pointerup', 100, 0)
  expect([dragged, ends, shields()]).toEqual([[], [], 0])
})

test('a move is taken before its frame, once every few milliseconds, when the drag has begun', async () => {
  pointer('pointerdown', 100, 1)
  pointer('pointerrawupdate', 114, 1)
  expect(dragged).toEqual([])
  pointer('pointermove', 114, 1)
  const first = dragged.at(-1)!
  pointer('pointerrawupdate', 130, 1)
  pointer('pointerrawupdate', 160, 1)
  expect(dragged).toHaveLength(2)
  expect(dragged[1]).toBeGreaterThan(first)
  await new Promise((next) => setTimeout(next, 20))
  pointer('pointerrawupdate', 160, 1)
  expect(dragged[2]).toBeGreaterThan(dragged[1]!)
  pointer('pointerup', 160, 0)
  pointer('pointerrawupdate', 100, 0)
  expect(dragged).toHaveLength(3)
})
