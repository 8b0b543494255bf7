import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { clusteredVariance, ranking } from '../../../src/core/backtest/clustered-variance'
import type { OutcomeHistogram } from '../../../src/core/backtest/outcome-histogram'
import { customerRows } from '../../support/customer-rows'

const BINS = 4

function counted(bins: readonly number[], outcome: readonly number[], both = bins): OutcomeHistogram {
  const counts = { events: new Float64Array(BINS), nonEvents: new Float64Array(BINS) }
  for (const [row, bin] of bins.entries()) {
    if (outcome[row]! <= 1 && bin < BINS && both[row]! < BINS)
      counts[outcome[row] === 1 ? 'events' : 'nonEvents'][bin]!++
  }
  return counts
}

function rankingOf(bins: readonly number[], outcome: readonly number[], both = bins) {
  const histogram = counted(bins, outcome, both)
  return ranking(bins, histogram, auc(histogram).auc!)
}

/** By the definition, pair by pair: what each row wins of its pairs less the mean, summed per customer. */
function byPairs(bins: readonly number[], outcome: readonly number[], customer: readonly number[]): number | undefined {
  const rows = [...bins.keys()].filter((row) => outcome[row]! <= 1 && bins[row]! < BINS)
  const [events, others] = [1, 0].map((side) => rows.filter((row) => outcome[row] === side))
  const won = (e: number, o: number): number => (bins[e]! < bins[o]! ? 1 : bins[e] === bins[o] ? 0.5 : 0)
  const share = (row: number): number =>
    outcome[row] === 1
      ? others!.reduce((sum, o) => sum + won(row, o), 0) / others!.length
      : events!.reduce((sum, e) => sum + won(e, row), 0) / events!.length
  const mean = events!.reduce((sum, row) => sum + share(row), 0) / events!.length
  const ofCustomer = (side: readonly number[], own: number): number =>
    side.filter((row) => customer[row] === own).reduce((sum, row) => sum + share(row) - mean, 0)
  const customersOf = (side: readonly number[]): number[] => [...new Set(side.map((row) => customer[row]!))]
  const [i1, i0, all] = [customersOf(events!), customersOf(others!), customersOf(rows)]
  if (i1.length < 2 || i0.length < 2) return undefined
  const sum = (own: readonly number[], of: (each: number) => number): number =>
    (own.length / (own.length - 1)) * own.reduce((total, each) => total + of(each), 0)
  const [n1, n0] = [events!.length, others!.length]
  return (
    sum(i1, (each) => ofCustomer(events!, each) ** 2) / n1 ** 2 +
    sum(i0, (each) => ofCustomer(others!, each) ** 2) / n0 ** 2 +
    (2 * sum(all, (each) => ofCustomer(events!, each) * ofCustomer(others!, each))) / (n1 * n0)
  )
}

const rows = fc.array(fc.record({ bin: fc.nat(BINS), happened: fc.nat(2), customer: fc.nat(7) }), {
  minLength: 6,
  maxLength: 40,
})
const withShuffled = (all: { bin: number; happened: number; customer: number }[]) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))

function varianceOf(all: readonly { bin: number; happened: number; customer: number }[]): number | undefined {
  const [bins, outcome] = [all.map(({ bin }) => bin), all.map(({ happened }) => happened)]
  const customers = customerRows(outcome, all.map(({ customer }) => customer)) // prettier-ignore
  return clusteredVariance({ outcome, customers }, rankingOf(bins, outcome)).variance
}

test('is what the definition gives, pair by pair, and the same to the last bit in any order of the rows', () => {
  fc.assert(
    fc.property(rows.chain(withShuffled), ([all, shuffled]) => {
      const [bins, outcome] = [all.map(({ bin }) => bin), all.map(({ happened }) => happened)]
      fc.pre(auc(counted(bins, outcome)).auc !== undefined)
      const expected = byPairs(bins, outcome, all.map(({ customer }) => customer)) // prettier-ignore
      const found = varianceOf(all)
      if (expected === undefined) expect(found).toBeUndefined()
      else expect(found).toBeCloseTo(Math.max(0, expected), 12)
      expect(varianceOf(shuffled)).toBe(found)
    }),
  )
})

test('sums what a customer wins, on either side and across both', () => {
  // Events of customers 0, 0, 1 win 1, ½ and 0 of the two pairs with non-events of 1 and 2; the AUC is a half.
  const [bins, outcome] = [[0, 1, 2, 1, 1, 0], [1, 1, 1, 0, 0, 2]] // prettier-ignore
  const customers = customerRows(outcome, [0, 0, 1, 1, 2, 3])
  // a₁ = ½ and −½; a₀ = 0 and 0.
  const { variance, ...of } = clusteredVariance({ outcome, customers }, rankingOf(bins, outcome))
  expect(of).toEqual({ events: 2, nonEvents: 2 })
  expect(variance).toBeCloseTo((2 / 9) * (1 / 4 + 1 / 4), 15)
})

test('of two rankings it is that of the difference, of rows that both rank', () => {
  const [a, b, outcome] = [[0, 1, 2, 3, BINS], [1, 0, 2, 3, 0], [1, 1, 0, 0, 1]] // prettier-ignore
  const customers = customerRows(outcome, [0, 1, 2, 3, 4])
  const of = (less: readonly number[]) =>
    clusteredVariance({ outcome, customers }, rankingOf(a, outcome, less), rankingOf(less, outcome, a)).variance
  // The events change places, and win every pair by either.
  expect(of(b)).toBe(0)
  // The events win ½ and 1 of their pairs less by the other, the non-events ¾ each: only the events deviate, by ¼.
  expect(of([2, 3, 2, 2, 1])).toBeCloseTo((2 * (2 / 16)) / 4, 15)
})

test('there is none with one customer on a side', () => {
  const outcome = [1, 1, 0, 0]
  const customers = customerRows(outcome, [0, 0, 1, 2])
  const found = clusteredVariance({ outcome, customers }, rankingOf([0, 3, 1, 2], outcome))
  expect(found).toEqual({ variance: undefined, events: 1, nonEvents: 2 })
})
