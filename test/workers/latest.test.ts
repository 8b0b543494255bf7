import { expect, test } from 'vitest'
import { latest } from '../../workers/latest'

/** Work that settles when told to, and remembers what it was given. */
function manual() {
  const given: number[] = []
  const settle: ((failure?: Error) => void)[] = []
  const work = (input: number): Promise<void> => {
    given.push(input)
    return new Promise((resolve, reject) => settle.push((failure) => (failure ? reject(failure) : resolve())))
  }
  return { given, settle, work }
}
const turn = (): Promise<void> => new Promise((done) => setTimeout(done))

test('one call runs at a time and only the newest waits', async () => {
  const { given, settle, work } = manual()
  const run = latest(work)
  const calls = [run(1), run(2), run(3)]
  expect(given).toEqual([1])
  settle[0]!()
  await turn()
  expect(given).toEqual([1, 3])
  settle[1]!()
  await Promise.all(calls)
  expect(given).toEqual([1, 3])
})

test('a call that waits behind a failing one is still worked on', async () => {
  const { given, settle, work } = manual()
  const run = latest(work)
  const first = run(1)
  const second = run(2)
  settle[0]!(new Error('moot'))
  await turn()
  expect(given).toEqual([1, 2])
  settle[1]!()
  await expect(Promise.all([first, second])).resolves.toEqual([undefined, undefined])
})

test('a failure with nothing newer is told, and the next call runs', async () => {
  const { given, settle, work } = manual()
  const run = latest(work)
  const first = run(1)
  settle[0]!(new Error('told'))
  await expect(first).rejects.toThrow('told')
  const second = run(2)
  settle[1]!()
  await second
  expect(given).toEqual([1, 2])
})

test('a call made after the work is done starts anew', async () => {
  const { given, settle, work } = manual()
  const run = latest(work)
  const first = run(1)
  settle[0]!()
  await first
  const second = run(2)
  settle[1]!()
  await second
  expect(given).toEqual([1, 2])
})
