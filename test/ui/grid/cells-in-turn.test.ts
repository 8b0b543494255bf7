import { afterEach, beforeEach, expect, test } from 'vitest'
import { CellsInTurn } from '../../../src/ui/grid/cells-in-turn'

let owner: AbortController
let cells: CellsInTurn
let drawn: string[]

beforeEach(() => {
  owner = new AbortController()
  cells = new CellsInTurn(owner.signal)
  drawn = []
})
afterEach(() => owner.abort())

const cell = (name: string, seen = true) => ({ isInView: () => seen, draw: () => drawn.push(name) })

/** Many more than are drawn in one frame; resolves to how many are drawn at once. */
function drawMany(): number {
  for (let i = 0; i < 1000; i++) cells.draw(cell(`${i}`))
  return drawn.length
}

test('a few cells are drawn at once, and a screen full of them over several frames, in their order', async () => {
  const atOnce = drawMany()
  expect(atOnce).toBeGreaterThan(20)
  expect(atOnce).toBeLessThan(200)
  const frames = new Set<number>()
  while (drawn.length < 1000) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    frames.add(drawn.length)
  }
  expect(frames.size).toBeGreaterThanOrEqual(1000 / atOnce - 2)
  expect(drawn).toEqual(Array.from({ length: 1000 }, (_, i) => `${i}`))
})

test('after a frame the next few are drawn at once again', async () => {
  drawMany()
  await expect.poll(() => drawn.length).toBe(1000)
  await expect.poll(() => document.documentElement.dataset['drawing']).toBeUndefined()
  cells.draw(cell('later'))
  expect(drawn.at(-1)).toBe('later')
})

test('of those that wait, the ones in view come first', async () => {
  const atOnce = drawMany()
  cells.draw(cell('in view'))
  const waiting = 1000 - atOnce
  for (let i = 0; i < 500; i++) cells.draw(cell('beside', false))
  cells.draw(cell('in view, too'))
  await expect.poll(() => drawn.length).toBe(1502)
  expect(drawn.slice(atOnce + waiting, atOnce + waiting + 2)).toEqual(['in view', 'in view, too'])
})

test('what was given up is not drawn, nor anything of a grid that has ended', async () => {
  drawMany()
  cells.draw(cell('given up'))()
  await expect.poll(() => drawn.length).toBe(1000)
  expect(drawn).not.toContain('given up')
  await expect.poll(() => document.documentElement.dataset['drawing']).toBeUndefined()
  const before = drawMany()
  owner.abort()
  await expect.poll(() => document.documentElement.dataset['drawing']).toBeUndefined()
  expect(drawn).toHaveLength(before)
})
