import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watched } from '../../src/state/watchdog'
import type { EngineApi } from '../../workers/engine-api'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** An engine whose answers come when the test gives them. */
function waiting() {
  const answers: ((value: unknown) => void)[] = []
  const call = (): Promise<unknown> => new Promise((answer) => answers.push(answer))
  return { calls: { collect: call, remove: call, read: call } as unknown as EngineApi, answers }
}

test('a call without an answer is slow after its time, and no longer once it is answered', async () => {
  const { calls, answers } = waiting()
  const slow: boolean[] = []
  const engine = watched(calls, Promise.resolve(), (is) => slow.push(is), 1000)
  void engine.collect()
  void engine.remove('w')
  await vi.advanceTimersByTimeAsync(999)
  expect(slow).toEqual([])
  await vi.advanceTimersByTimeAsync(2)
  expect(slow).toEqual([true, true])
  answers[0]!([])
  await vi.advanceTimersByTimeAsync(0)
  expect(slow).toEqual([true, true])
  answers[1]!(undefined)
  await vi.advanceTimersByTimeAsync(0)
  expect(slow).toEqual([true, true, false])
})

test('what waits for the engine to start is not slow: it may wait for the service worker', async () => {
  const { calls } = waiting()
  const slow: boolean[] = []
  let up: () => void = () => undefined
  const engine = watched(calls, new Promise<void>((ready) => (up = ready)), (is) => slow.push(is), 1000)
  void engine.collect()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(slow).toEqual([])
  up()
  await vi.advanceTimersByTimeAsync(1001)
  expect(slow).toEqual([true])
})

test('reading a file is not watched: it tells of its progress itself', async () => {
  const { calls } = waiting()
  const slow: boolean[] = []
  const engine = watched(calls, Promise.resolve(), (is) => slow.push(is), 1000)
  void engine.read({ workbook: 'w', name: 'f' }, new Blob(), () => undefined)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(slow).toEqual([])
})
