import { expect, test } from 'vitest'
import { bootstrap } from '../../../../src/core/backtest/bootstrap'
import { atCut } from '../../../../src/core/backtest/cut'
import { backtest } from '../../../../src/core/backtest/backtest'
import { countOutcomesPerScore, emptyHistogram, BINS } from '../../../../src/core/backtest/score-histogram'
import { outcomeWords } from '../../../../src/core/backtest/outcome-words'
import { measures, type Measured } from '../../../../src/ui/sheets/backtest/measures'
import { modelOf } from '../../../support/model'
import { finish } from '../../../support/finish'

const scores = Uint16Array.from({ length: 400 }, (_, i) => (i * 2_654_435) % BINS)
const outcome = Uint8Array.from(scores, (score, i) => Number((i * 7919) % 10_000 > score))
const histogram = countOutcomesPerScore(scores, outcome, 'churn')
const chance = Float64Array.from({ length: BINS }, (_, bin) => 1 - bin / BINS)
const resampled = finish(
  bootstrap(
    { a: scores, bins: BINS, outcome, hashes: Uint32Array.from(scores.keys()) },
    { a: { cut: 5000, chance }, seed: 1, draws: 200 },
  ),
)

function lines(repeated: boolean, drawn = true) {
  const model = modelOf([])
  const of: Measured = {
    figures: backtest({ customers: 0, histogram: emptyHistogram(), ids: 'unique' }, 'holdout', model),
    at: atCut(histogram, 5000),
    ...{ cut: '50', cutScore: 50, brier: { brier: 0.2, low: 0.19, high: 0.21 }, flatBrier: 0.25 },
    ...{ perThousand: undefined, valueInterval: undefined, ksCut: undefined, comparison: undefined },
    ...{ repeated, resampled: drawn ? resampled : undefined },
  }
  const found = measures(of, outcomeWords('churn'))
  const line = (name: string) => {
    const { low, high, drawn: isDrawn } = found.find((each) => each.name === name)!
    return { low, high, isDrawn }
  }
  return { recall: line('cut:50:recall'), precision: line('cut:50:precision'), brier: line('brier') }
}

test('intervals of shares and of the Brier score have their formulas, drawn customers or not', () => {
  const { recallInterval, precisionInterval } = atCut(histogram, 5000)
  for (const drawn of [false, true]) {
    const { recall, precision, brier } = lines(false, drawn)
    expect(recall).toEqual({ ...recallInterval, isDrawn: undefined })
    expect(precision).toEqual({ ...precisionInterval, isDrawn: undefined })
    expect(brier).toEqual({ low: 0.19, high: 0.21, isDrawn: undefined })
  }
})

test('where customers repeat they are those of drawn customers, and none before', () => {
  const found = lines(true)
  for (const name of ['recall', 'precision', 'brier'] as const) {
    const { low, high } = resampled.a[name]
    expect(low).toBeLessThan(high!)
    expect(found[name]).toEqual({ low, high, isDrawn: true })
    expect(lines(true, false)[name]).toEqual({ low: undefined, high: undefined, isDrawn: true })
  }
})
