import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Autosaver, type SaveState } from '../../src/storage/autosaver'
import type { Saved } from '../../src/storage/model-store'

const SAVED: Saved = { kind: 'saved', rev: 1, savedAt: 5 }
let answers: Saved[]
let saves: number
let states: SaveState[]
let saver: Autosaver

beforeEach(() => {
  vi.useFakeTimers()
  answers = []
  saves = 0
  states = []
  saver = new Autosaver(
    () => {
      saves++
      return Promise.resolve(answers.shift() ?? SAVED)
    },
    (state) => states.push(state),
  )
})
afterEach(() => void vi.useRealTimers())

describe('saving', () => {
  test('a hundred changes in a third of a second are one save', async () => {
    for (let i = 0; i < 100; i++) saver.changed()
    expect(saves).toBe(0)
    await vi.advanceTimersByTimeAsync(400)
    expect(saves).toBe(1)
    expect(states.at(-1)).toEqual(SAVED)
  })

  test('is said only after the browser has written it', async () => {
    saver.changed()
    expect(states).toEqual([{ kind: 'saving' }])
    await saver.flush()
    expect(states).toEqual([{ kind: 'saving' }, SAVED])
  })

  test('a flush with nothing to save neither saves nor stops later saves', async () => {
    await saver.flush()
    expect(saves).toBe(0)
    saver.changed()
    await saver.flush()
    expect(saves).toBe(1)
  })

  test('a change during a save is saved after it', async () => {
    saver.changed()
    const first = saver.flush()
    saver.changed()
    await first
    expect(saves).toBe(2)
  })

  test('a full disk is said and tried again, and the changes are not lost (case 5)', async () => {
    answers = [{ kind: 'full' }]
    saver.changed()
    await saver.flush()
    expect(states.at(-1)).toEqual({ kind: 'full' })
    await vi.advanceTimersByTimeAsync(10_500)
    expect(saves).toBe(2)
    expect(states.at(-1)).toEqual(SAVED)
  })

  test('stops after another tab has saved, since going on would overwrite it (case 10)', async () => {
    answers = [{ kind: 'conflict' }]
    saver.changed()
    await saver.flush()
    expect(states.at(-1)).toEqual({ kind: 'conflict' })
    saver.changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(saves).toBe(1)
  })

  test('stops when it is told to', async () => {
    saver.changed()
    saver.stop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(saves).toBe(0)
  })
})
