import { transfer } from 'comlink'
import type { Evaluation, SetEvaluation } from '../src/core/backtest/evaluation'

/**
 * An evaluation whose counts go over to the page as they are: 600 kB a frame, which would otherwise be written and read
 * once more on either side. They are a copy, since the engine answers the next question from its own.
 */
export function handOver({ history, current, ...rest }: Evaluation): Evaluation {
  const [judging, today] = [ownCounts(history), current && ownCounts(current)]
  const buffers = [judging, today].flatMap((set) =>
    set ? Object.values(set.histogram).map((counts: Uint32Array | Float64Array) => counts.buffer) : [],
  )
  return transfer({ ...rest, history: judging, ...(today && { current: today }) }, buffers)
}

function ownCounts(set: SetEvaluation): SetEvaluation {
  const { counts, revenue, notScored, notScoredRevenue } = set.histogram
  return {
    ...set,
    histogram: {
      counts: counts.slice(),
      revenue: revenue.slice(),
      notScored: notScored.slice(),
      notScoredRevenue: notScoredRevenue.slice(),
    },
  }
}
