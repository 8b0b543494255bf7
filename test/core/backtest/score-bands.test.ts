import { expect, test } from 'vitest'
import { expectedPerBand, notFalling, scoreBands } from '../../../src/core/backtest/score-bands'
import { countScores } from '../../../src/core/scoring/count'
import { CLASSES } from '../../../src/core/backtest/score-histogram'

test('ten bands, each with its customers, rate and revenue; 100 is in the last', () => {
  const { trainingEvent, trainingStayed, holdoutEvent, unknown } = CLASSES
  const scores = Uint16Array.of(0, 999, 1000, 9999, 10_000, 500, 500, 65_535)
  const classes = Uint8Array.of(trainingEvent, trainingStayed, trainingStayed, trainingEvent, trainingStayed, holdoutEvent, unknown, trainingEvent) // prettier-ignore
  const revenue = Float64Array.of(100, 200, 300, 400, 500, 600, 700, 800)
  const bands = scoreBands(countScores(scores, classes, revenue), 'training')
  expect(bands).toHaveLength(10)
  expect(bands[0]).toMatchObject({ from: 0, to: 10, customers: 2, events: 1, rate: 0.5, revenue: 300, eventRevenue: 100 }) // prettier-ignore
  expect(bands[1]).toMatchObject({ customers: 1, events: 0, rate: 0, low: 0, revenue: 300, eventRevenue: 0 })
  expect(bands[2]).toMatchObject({ customers: 0, rate: undefined, low: undefined, high: undefined, faint: true })
  expect(bands[9]).toMatchObject({ from: 90, to: 100, customers: 2, events: 1, revenue: 900, eventRevenue: 400 })
  expect(scoreBands(countScores(scores, classes, revenue), 'all')[0]).toMatchObject({ customers: 3, events: 2, revenue: 900 }) // prettier-ignore
})

test('under 30 customers or 5 events is faint', () => {
  const band = (events: number, stayed: number) => {
    const classes = Uint8Array.from({ length: events + stayed }, (_, i) =>
      i < events ? CLASSES.trainingEvent : CLASSES.trainingStayed,
    )
    return scoreBands(countScores(new Uint16Array(events + stayed), classes), 'training')[0]!.faint
  }
  expect([band(5, 25), band(4, 100), band(5, 24)]).toEqual([false, true, true])
})

test('names the neighbours whose rate does not fall', () => {
  const group = (name: string, rate: number | undefined) => ({ name, rate })
  const named = (...rates: (number | undefined)[]) =>
    notFalling(rates.map((rate, i) => group('abcdef'[i]!, rate))).map(({ riskier, safer }) => riskier.name + safer.name)
  expect(named(0.5, 0.3, 0.1)).toEqual([])
  expect(named(0.5, 0.6, 0.6, 0.1)).toEqual(['ab', 'bc'])
  expect(named(0.5, undefined, 0.7)).toEqual(['ac'])
  expect(named(0.2, 0, 0)).toEqual([])
  expect(named(undefined, undefined)).toEqual([])
})

test('expects of a band the mean chance of its customers; a score means the opposite for expansion', () => {
  const scores = Uint16Array.of(0, 900, 2000)
  const classes = Uint8Array.of(CLASSES.trainingEvent, CLASSES.trainingStayed, CLASSES.trainingStayed)
  const chance = (z: number) => 1 / (1 + Math.exp(-z))
  const calibration = { intercept: 1, slope: 0.1 }
  const expected = expectedPerBand(countScores(scores, classes), 'training', calibration, 'churn')
  expect(expected[0]).toBeCloseTo((chance(1) + chance(1 - 0.9)) / 2, 12)
  expect(expected[1]).toBeUndefined()
  expect(expected[2]).toBeCloseTo(chance(1 - 2), 12)
  expect(expectedPerBand(countScores(scores, classes), 'training', calibration, 'expand')[2]).toBeCloseTo(chance(3), 12)
})
