import { expect, test } from 'vitest'
import { EditLock } from '../../src/storage/edit-lock'

test('one tab edits; taking over lets the other save first, and then it looks on', async () => {
  const events: string[] = []
  const first = new EditLock('w1', () => {
    events.push('first saves')
    return Promise.resolve()
  })
  const second = new EditLock('w1', () => Promise.resolve())
  expect(await first.take()).toBe(true)
  expect(await second.take()).toBe(false)
  await second.takeOver()
  events.push('second edits')
  expect(events).toEqual(['first saves', 'second edits'])
  const third = new EditLock('w1', () => Promise.resolve())
  expect(await third.take()).toBe(false)
  await second.release()
  await first.release()
  await third.release()
})

test('a tab that does not answer loses the lock all the same', async () => {
  let lost = false
  // Holds the lock without listening, as a frozen tab does.
  const frozen = navigator.locks.request('workbook:w2', () => new Promise(() => undefined)).catch(() => (lost = true))
  const second = new EditLock('w2', () => Promise.resolve())
  await second.takeOver()
  await frozen
  expect(lost).toBe(true)
  await second.release()
})

test('a lock that is let go can be taken', async () => {
  const first = new EditLock('w3', () => Promise.resolve())
  const second = new EditLock('w3', () => Promise.resolve())
  await first.take()
  await first.release()
  await new Promise((next) => setTimeout(next, 20))
  expect(await second.take()).toBe(true)
  await second.release()
})
