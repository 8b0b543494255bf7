import { expect, test } from 'vitest'
import { OneAtATime } from '../../workers/one-at-a-time'

test('each work begins when the one before has ended, well or not, and has its own answer', async () => {
  const works = new OneAtATime()
  const log: string[] = []
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      log.push(`${name} begins`)
      await new Promise((next) => setTimeout(next, name === 'first' ? 10 : 0))
      log.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const answers = [works.do(work('first')), works.do(work('second', true)), works.do(work('third'))]
  expect(
    (await Promise.allSettled(answers)).map((each) => (each.status === 'fulfilled' ? each.value : 'failed')),
  ).toEqual(['first', 'failed', 'third'])
  expect(log).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]))
})
