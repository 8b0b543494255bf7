import { expose, releaseProxy, wrap } from 'comlink'
import { expect, test } from 'vitest'
import type { Evaluation } from '../../src/core/backtest/evaluation'
import { emptyHistogram } from '../../src/core/backtest/score-histogram'
import { handOver } from '../../workers/hand-over'

function evaluation(): Evaluation {
  const histogram = emptyHistogram()
  histogram.counts[7] = 3
  histogram.revenue[7] = 1250
  histogram.notScored[1] = 2
  histogram.notScoredRevenue[1] = 99
  return {
    ...{ revision: 4, metrics: new Map(), milliseconds: 1 },
    history: { customers: 5, histogram, ids: 'unique' },
    current: { customers: 5, histogram, ids: 'unique' },
  }
}

function buffersOf({ history, current }: Evaluation): ArrayBufferLike[] {
  return [history, current!].flatMap((set) => Object.values(set.histogram).map(({ buffer }: Uint32Array) => buffer))
}

test('what is handed over says the same and shares no counts with what the engine keeps', () => {
  const own = evaluation()
  const given = handOver(own)
  expect(given).toEqual(own)
  // Both sets of the engine's hold the same counts here.
  expect(new Set([...buffersOf(given), ...buffersOf(own)]).size).toBe(12)
})

test('the counts go over to the page, and those of the engine stay', async () => {
  const own = evaluation()
  const given = handOver(own)
  const { port1, port2 } = new MessageChannel()
  expose({ evaluate: () => given }, port1)
  const page = wrap<{ evaluate: () => Evaluation }>(port2)
  const answer = await page.evaluate()
  expect(answer).toEqual(own)
  expect(buffersOf(given).map(({ byteLength }) => byteLength)).toEqual(buffersOf(given).map(() => 0))
  page[releaseProxy]()
  port1.close()
  port2.close()
})
