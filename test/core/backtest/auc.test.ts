import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { histogramOf } from '../../../src/core/backtest/outcome-histogram'

describe('auc', () => {
  test('is .75 with variance .125 for four customers', () => {
    const { auc: value, variance } = auc(histogramOf([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]))
    expect(value).toBe(0.75)
    expect(variance).toBeCloseTo(0.125, 12)
  })

  test('counts ties as half', () => {
    expect(auc(histogramOf([0.5, 0.5, 0.5, 0.2, 0.1], [0, 1, 1, 0, 1])).auc).toBe(0.5)
  })

  test('gives the table of Hanley and McNeil 1982, with the standard error of DeLong', () => {
    const ratings = { events: [33, 11, 2, 2, 3], nonEvents: [2, 11, 6, 6, 33] }
    const histogram = { events: Float64Array.from(ratings.events), nonEvents: Float64Array.from(ratings.nonEvents) }
    const { auc: value, variance, low, high } = auc(histogram)
    expect(value).toBeCloseTo(0.893171061528059, 12)
    expect(Math.sqrt(variance!)).toBeCloseTo(0.0307244083793811, 12)
    expect(low).toBeCloseTo(0.832952327658172, 12)
    expect(high).toBeCloseTo(0.953389795397947, 12)
  })

  test('separates completely without an interval that would be a lie', () => {
    const found = auc(histogramOf([1, 2, 3, 4], [0, 0, 1, 1]))
    expect(found).toEqual({ auc: 1, variance: 0, low: undefined, high: undefined, complete: true })
  })

  test('does not exist without an event, and has no interval with one', () => {
    expect(auc(histogramOf([1, 2], [0, 0])).auc).toBeUndefined()
    const one = auc(histogramOf([1, 2, 3], [0, 0, 1]))
    expect(one.auc).toBe(1)
    expect(one.low).toBeUndefined()
  })

  test('stays exact where 32 bits would overflow', () => {
    const n = 500_000
    const { auc: value } = auc({ events: Float64Array.of(n, 0), nonEvents: Float64Array.of(0, n) })
    expect(value).toBe(1)
  })

  test('equals counting every pair', () => {
    const customers = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(customers, (rows) => {
        const events = rows.filter(([, happened]) => happened === 1)
        const others = rows.filter(([, happened]) => happened === 0)
        let won = 0
        for (const [a] of events) for (const [b] of others) won += a > b ? 1 : a === b ? 0.5 : 0
        const expected = events.length * others.length === 0 ? undefined : won / (events.length * others.length)
        const { auc: value } = auc(histogramOf(rows.map(([risk]) => risk), rows.map(([, happened]) => happened))) // prettier-ignore
        if (expected === undefined) expect(value).toBeUndefined()
        else expect(value).toBeCloseTo(expected, 12)
      }),
    )
  })

  test('mirrors when the risk is turned round', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer({ min: 0, max: 1 })), { minLength: 2 }), (rows) => {
        const outcome = rows.map(([, happened]) => happened)
        const straight = auc(histogramOf(rows.map(([risk]) => risk), outcome)) // prettier-ignore
        const turned = auc(histogramOf(rows.map(([risk]) => -risk), outcome)) // prettier-ignore
        if (straight.auc === undefined) expect(turned.auc).toBeUndefined()
        else expect(turned.auc).toBeCloseTo(1 - straight.auc, 12)
      }),
    )
  })
})
