import { expect, test } from 'vitest'
import { afterDrawing, inTurn } from '../../../src/ui/parts/turns'

const isDrawing = () => document.documentElement.dataset['drawing'] !== undefined

/** Resolves when nothing waits to be drawn. */
async function drawn(): Promise<void> {
  await expect.poll(isDrawing).toBe(false)
}

test('what waits is drawn in its order, each after a frame of its own, and what is added meanwhile comes last', async () => {
  const order: string[] = []
  let frames = 0
  const count = (): void => {
    frames++
    if (isDrawing()) requestAnimationFrame(count)
  }
  const at: number[] = []
  const draw = (name: string) => () => {
    order.push(name)
    at.push(frames)
  }
  inTurn(() => {
    draw('first')()
    inTurn(draw('third'))
  })
  requestAnimationFrame(count)
  inTurn(draw('second'))
  expect(order).toEqual([])
  expect(isDrawing()).toBe(true)
  await drawn()
  expect(order).toEqual(['first', 'second', 'third'])
  expect(new Set(at).size).toBe(3)
})

test('what was given up, or whose owner has ended, is not drawn', async () => {
  const order: string[] = []
  const owner = new AbortController()
  const giveUp = inTurn(() => order.push('given up'))
  inTurn(() => order.push('owned'), owner.signal)
  inTurn(() => order.push('wanted'))
  giveUp()
  owner.abort()
  await drawn()
  expect(order).toEqual(['wanted'])
})

test('one that fails does not hold up the next', async () => {
  const failure = new Promise((resolve) =>
    addEventListener(
      'error',
      (event) => {
        event.preventDefault()
        event.stopImmediatePropagation()
        resolve(event.message)
      },
      { once: true, capture: true },
    ),
  )
  const order: string[] = []
  inTurn(() => {
    throw new Error('no canvas')
  })
  inTurn(() => order.push('next'))
  await drawn()
  expect(await failure).toContain('no canvas')
  expect(order).toEqual(['next'])
})

test('what nobody sees waits until what one is to see is drawn, also what is added meanwhile', async () => {
  const order: string[] = []
  const done = new Promise<void>((resolve) =>
    afterDrawing(() => {
      order.push('unseen')
      resolve()
    }),
  )
  const drawOn = (left: number): void => {
    order.push('seen')
    if (left > 0) inTurn(() => drawOn(left - 1))
  }
  inTurn(() => drawOn(30))
  await done
  expect(order).toEqual([...Array.from({ length: 31 }, () => 'seen'), 'unseen'])
})
