import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { flaggingCurve } from '../../../src/core/backtest/flagging-curve'
import { totals } from '../../../src/core/backtest/outcome-histogram'
import { histogram, histograms } from '../../support/histogram'

describe('the flagging curve', () => {
  test('goes bin by bin from nobody to everybody, passing over empty bins', () => {
    expect(flaggingCurve(histogram([2, 0, 1, 1], [0, 0, 1, 3]))).toEqual([
      { bins: 0, caught: 0, falseAlarms: 0, flagged: 0 },
      { bins: 1, caught: 0.5, falseAlarms: 0, flagged: 0.25 },
      { bins: 3, caught: 0.75, falseAlarms: 0.25, flagged: 0.5 },
      { bins: 4, caught: 1, falseAlarms: 1, flagged: 1 },
    ])
  })

  test.each([
    ['nobody', [0, 0], [0, 0]],
    ['no event', [0, 0], [1, 2]],
    ['no non-event', [1, 2], [0, 0]],
  ])('of %s does not exist', (_, events, nonEvents) => {
    expect(flaggingCurve(histogram(events, nonEvents))).toBeUndefined()
  })

  test('a constant score gives its two ends alone', () => {
    expect(flaggingCurve(histogram([0, 4], [0, 6]))?.map(({ flagged }) => flagged)).toEqual([0, 1])
  })

  test('keeps at most so many points, and the ends', () => {
    const many = histogram(Array.from({ length: 5000 }, (_, i) => i % 3), Array.from({ length: 5000 }, (_, i) => i % 2)) // prettier-ignore
    const points = flaggingCurve(many, 400)!
    expect(points.length).toBeGreaterThan(300)
    expect(points.length).toBeLessThanOrEqual(400)
    expect(points.at(-1)).toMatchObject({ caught: 1, falseAlarms: 1, flagged: 1 })
  })

  test('rises, and the area under its ROC is the AUC', () => {
    fc.assert(
      fc.property(histograms, (counts) => {
        const points = flaggingCurve(counts, 10_000)
        const all = totals(counts)
        if (!points) return all.events === 0 || all.nonEvents === 0
        const area = points.slice(1).reduce((sum, point, i) => {
          const before = points[i]!
          return sum + ((point.falseAlarms - before.falseAlarms) * (point.caught + before.caught)) / 2
        }, 0)
        const rises = points.slice(1).every((point, i) => point.flagged > points[i]!.flagged)
        return rises && Math.abs(area - auc(counts).auc!) < 1e-9
      }),
    )
  })
})
