import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrecision } from '../../../src/core/backtest/average-precision'
import { brierScore } from '../../../src/core/backtest/calibration'
import { atCut } from '../../../src/core/backtest/cut'
import { gains } from '../../../src/core/backtest/gains'
import { kolmogorovSmirnov } from '../../../src/core/backtest/kolmogorov-smirnov'
import { bestCuts, netValueAt } from '../../../src/core/backtest/net-value'
import type { OutcomeHistogram } from '../../../src/core/backtest/outcome-histogram'
import { RESAMPLED, resampledFigures, type Judged } from '../../../src/core/backtest/resampled-figures'
import { histograms } from '../../support/histogram'

function figures({ events, nonEvents }: OutcomeHistogram, judged: Judged) {
  const counts = Float64Array.from({ length: 2 * events.length }, (_, i) => (i % 2 ? events : nonEvents)[i >> 1]!)
  const found = resampledFigures({ bins: Uint32Array.from(events.keys()), counts, eventRevenue: new Float64Array(events.length) }, judged) // prettier-ignore
  return Object.fromEntries(RESAMPLED.map((name, i) => [name, Number.isNaN(found[i]!) ? undefined : found[i]!]))
}

test('a draw has the figures that the functions of one part give', () => {
  const economics = { cost: 1, saveRate: 0.5, value: { kind: 'amount', amount: 7 } } as const
  fc.assert(
    fc.property(histograms, fc.nat(30), (counted, wanted) => {
      const cut = Math.min(wanted, counted.events.length)
      const chance = Float64Array.from(counted.events, (_, bin) => 1 / (bin + 2))
      const found = figures(counted, { cut, chance, economics })
      const { recall, precision } = atCut(counted, cut)
      const expected = {
        averagePrecision: averagePrecision(counted),
        ks: kolmogorovSmirnov(counted)?.ks,
        topDecileLift: gains(counted)?.lift[0],
        recall,
        precision,
        brier: brierScore(counted, chance)?.brier,
        netValue: netValueAt({ histogram: counted }, economics, cut)!.perThousand,
      }
      for (const [name, value] of Object.entries(expected)) {
        if (value === undefined) expect(found[name]).toBeUndefined()
        else expect(found[name]).toBeCloseTo(value, 9)
      }
      if (found['bestCut'] !== undefined) {
        expect(bestCuts({ histogram: counted }, economics)!.cuts[0]!.first).toBe(found['bestCut'])
      }
    }),
  )
})

test('without a calibration or economics there is no Brier score, value or best cut', () => {
  const counted = { events: Float64Array.of(1, 2), nonEvents: Float64Array.of(3, 1) }
  expect(figures(counted, { cut: 1 })).toMatchObject({ brier: undefined, netValue: undefined, bestCut: undefined })
})
