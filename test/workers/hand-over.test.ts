import { expect, test } from 'vitest'
import type { Evaluation } from '../../src/core/backtest/evaluation'
import { emptyHistogram } from '../../src/core/backtest/score-histogram'
import { handOver } from '../../workers/hand-over'

test('what is handed over says the same and shares no counts with what the engine keeps', () => {
  const histogram = emptyHistogram()
  histogram.counts[7] = 3
  histogram.revenue[7] = 1250
  histogram.notScored[1] = 2
  histogram.notScoredRevenue[1] = 99
  const evaluation: Evaluation = {
    ...{ revision: 4, metrics: new Map(), milliseconds: 1 },
    history: { customers: 5, histogram, ids: 'unique' },
    current: { customers: 5, histogram, ids: 'unique' },
  }
  const given = handOver(evaluation)
  expect(given).toEqual(evaluation)
  const buffers = [given.history, given.current!].flatMap((set) => Object.values(set.histogram).map(({ buffer }: Uint32Array) => buffer)) // prettier-ignore
  expect(new Set([...buffers, ...Object.values(histogram).map(({ buffer }: Uint32Array) => buffer)]).size).toBe(12)
})
