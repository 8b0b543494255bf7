import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePrecision } from '../../../src/core/backtest/average-precision'
import { clusteredAuc, withVariance } from '../../../src/core/backtest/clustered-auc'
import { auc } from '../../../src/core/backtest/auc'
import { atCut } from '../../../src/core/backtest/cut'
import { gains } from '../../../src/core/backtest/gains'
import { kolmogorovSmirnov } from '../../../src/core/backtest/kolmogorov-smirnov'
import { histogramOf } from '../../../src/core/backtest/outcome-histogram'
import { verdict } from '../../../src/core/backtest/verdict'
import { wilson } from '../../../src/core/backtest/wilson'
import { customerRows } from '../../support/customer-rows'

const BOTH = { events: 1, nonEvents: 1 }

const histogram = (events: number[], nonEvents: number[]) => ({
  events: Float64Array.from(events),
  nonEvents: Float64Array.from(nonEvents),
})

describe('wilson', () => {
  test.each([
    [81, 263, 0.255288519878274, 0.3662095769828],
    [0, 20, 0, 0.161125158052819],
    [10, 10, 0.722467200137111, 1],
  ])('%i of %i', (successes, trials, low, high) => {
    const interval = wilson(successes, trials)!
    expect(interval.low).toBeCloseTo(low, 12)
    expect(interval.high).toBeCloseTo(high, 12)
  })

  test('nothing of nothing has none', () => expect(wilson(0, 0)).toBeUndefined())
})

describe('average precision', () => {
  test('of the reference cases', () => {
    expect(averagePrecision(histogramOf([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]))).toBeCloseTo(0.833333333333, 12)
    expect(averagePrecision(histogramOf([0.5, 0.5, 0.5, 0.2, 0.1], [0, 1, 1, 0, 1]))).toBeCloseTo(0.644444444444, 12)
  })

  test('is 1, and never more, when everybody has the event', () => {
    const events = Array.from({ length: 97 }, (_, bin) => 1 + (bin % 3))
    expect(averagePrecision(histogram(events, events.map(() => 0)))).toBe(1) // prettier-ignore
  })

  test('is the event rate when everybody has one score', () => {
    expect(averagePrecision(histogram([3], [7]))).toBeCloseTo(0.3, 12)
  })
})

describe('the Kolmogorov–Smirnov statistic', () => {
  test('names the first cut that reaches it', () => {
    expect(kolmogorovSmirnov(histogram([2, 0, 0], [0, 0, 2]))).toEqual({ ks: 1, after: 0 })
  })

  test('is 0 without a cut when the score is upside down', () => {
    expect(kolmogorovSmirnov(histogram([0, 2], [2, 0]))).toEqual({ ks: 0, after: -1 })
  })
})

describe('gains', () => {
  test('split a tie over a boundary pro rata and lose nobody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (bins) => {
          const found = gains(histogram(bins.map(([e]) => e), bins.map(([, o]) => o))) // prettier-ignore
          const events = bins.reduce((sum, [e]) => sum + e, 0)
          if (events === 0) expect(found).toBeUndefined()
          else {
            expect(found!.events.reduce((sum, each) => sum + each, 0)).toBeCloseTo(events, 9)
            expect(found!.capture.at(-1)).toBeCloseTo(1, 12)
            expect(found!.cumulativeLift.at(-1)).toBeCloseTo(1, 12)
          }
        },
      ),
    )
  })

  test('are all 1 when everybody ties', () => {
    for (const lift of gains(histogram([7], [23]))!.lift) expect(lift).toBeCloseTo(1, 12)
  })
})

describe('at a cut', () => {
  test('everybody is caught, missed, a false alarm or left in peace', () => {
    const figures = atCut(histogram([5, 3, 2], [1, 4, 15]), 2)
    expect(figures).toMatchObject({ flagged: 13, caught: 8, missed: 2, falseAlarms: 5, leftInPeace: 15 })
    expect(figures.recall).toBeCloseTo(0.8, 12)
    expect(figures.precision).toBeCloseTo(8 / 13, 12)
    expect(figures.specificity).toBeCloseTo(0.75, 12)
    expect(figures.f1).toBeCloseTo(16 / 23, 12)
    expect(figures.lift).toBeCloseTo(8 / 13 / (10 / 30), 12)
  })

  test('precision is blank, not 0, when nobody is flagged', () => {
    const figures = atCut(histogram([5], [5]), 0)
    expect(figures.precision).toBeUndefined()
    expect(figures.lift).toBeUndefined()
    expect(figures.recall).toBe(0)
  })
})

describe('verdict', () => {
  const judged = (events: number[], nonEvents: number[]) => {
    const counts = histogram(events, nonEvents)
    return verdict({ histogram: counts, auc: auc(counts).auc, known: BOTH })
  }

  test('a constant score has no signal', () => {
    expect(judged([50], [50]).kind).toBe('no signal')
  })

  test('ten of each that separate are a signal, nine are too few', () => {
    expect(judged([10, 0], [0, 10]).kind).toBe('signal')
    expect(judged([9, 0], [0, 30]).kind).toBe('too few')
    expect(judged([30, 0], [0, 9]).kind).toBe('too few')
  })

  test('an upside-down score has no signal and looks inverted', () => {
    expect(judged([0, 40], [40, 0])).toMatchObject({ kind: 'no signal', warnings: ['inverted'] })
  })

  test('repeated customers who separate completely are a signal, though no variance is left between them', () => {
    const counts = histogram([40, 0], [0, 40])
    expect(
      verdict({ histogram: counts, auc: 1, clustered: { variance: 0, events: 10, nonEvents: 10 }, known: BOTH }).kind,
    ).toBe('signal')
    const constant = histogram([40], [40])
    expect(
      verdict({ histogram: constant, auc: 0.5, clustered: { variance: 0, events: 10, nonEvents: 10 }, known: BOTH })
        .kind,
    ).toBe('no signal')
  })

  test('one outcome in the whole data cannot be tested', () => {
    const counts = histogram([0], [40])
    const of = (events: number, nonEvents: number) =>
      verdict({ histogram: counts, auc: undefined, known: { events, nonEvents } })
    expect(of(0, 90)).toMatchObject({ kind: 'one outcome' })
    expect(of(0, 90).sentence).toMatch(/^All known outcomes are the same/)
    expect(of(0, 0)).toMatchObject({ kind: 'one outcome' })
    expect(of(0, 0).sentence).toMatch(/^No outcome is known/)
  })

  test('nobody scored is too few, not one outcome', () => {
    const found = verdict({ histogram: histogram([0], [0]), auc: undefined, known: { events: 30, nonEvents: 90 } })
    expect(found.kind).toBe('too few')
    expect(found.sentence).toMatch(/^None of the unseen customers with a known outcome is scored/)
    const one = verdict({ histogram: histogram([0], [40]), auc: undefined, known: { events: 30, nonEvents: 90 } })
    expect(one.sentence).toBe('None of the unseen customers churned: too few to tell. At least 10 are needed.')
  })

  test('customers count once however many rows they have', () => {
    // 108 rows with the event, of nine customers; they separate far beyond what chance gives independent rows.
    const counts = histogram([100, 8], [8, 500])
    const of = (events: number) =>
      verdict({
        histogram: counts,
        auc: auc(counts).auc,
        clustered: { variance: 1e-4, events, nonEvents: 60 },
        known: BOTH,
      })
    expect(of(9)).toMatchObject({ kind: 'too few', few: { events: 9, nonEvents: 60 } })
    expect(of(9).sentence).toMatch(/^Only 9 of the unseen customers churned/)
    expect(of(10).kind).toBe('signal')
    const one = { variance: undefined, events: 1, nonEvents: 60 }
    expect(verdict({ histogram: counts, auc: 0.95, clustered: one, known: BOTH }).kind).toBe('too few')
  })

  test('claims a signal from pure chance about once in forty', () => {
    let claims = 0
    let state = 12345
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
    const runs = 2000
    for (let run = 0; run < runs; run++) {
      const risk = Array.from({ length: 60 }, random)
      const outcome = risk.map((_, i) => Number(i < 15))
      const counts = histogramOf(risk, outcome)
      if (verdict({ histogram: counts, auc: auc(counts).auc, known: BOTH }).kind === 'signal') claims++
    }
    expect(claims / runs).toBeGreaterThan(0.01)
    expect(claims / runs).toBeLessThan(0.04)
  })
})

describe('the interval of repeated customers', () => {
  const bins = [0, 1, 2, 0, 1, 2, 1, 0]
  const outcome = [1, 1, 0, 1, 0, 0, 0, 0]

  test('is nearly the plain one when nobody repeats', () => {
    const rows = { bins, outcome, customers: customerRows(outcome, [...bins.keys()]) }
    const counts = histogram([2, 1, 0], [1, 2, 2])
    const clustered = clusteredAuc(counts, rows)
    const plain = auc(counts)
    expect(clustered.auc).toBe(plain.auc)
    expect(clustered.variance).toBeCloseTo(plain.variance!, 12)
  })

  test('is none without a variance, though the AUC stays', () => {
    const plain = auc(histogram([2, 1, 0], [1, 2, 2]))
    expect(withVariance(plain, undefined)).toMatchObject({ auc: plain.auc, low: undefined, high: undefined })
    expect(withVariance(plain, plain.variance)).toEqual(plain)
    expect(withVariance(auc(histogram([2], [0])), 0.1)).toMatchObject({ auc: undefined, low: undefined })
  })

  test('is wider when every row is there twice', () => {
    const twice = { bins: [...bins, ...bins], outcome: [...outcome, ...outcome] }
    const rows = { ...twice, customers: customerRows(twice.outcome, [...bins.keys(), ...bins.keys()]) }
    const counts = histogram([4, 2, 0], [2, 4, 4])
    expect(clusteredAuc(counts, rows).variance).toBeGreaterThan(1.5 * auc(counts).variance!)
  })
})
