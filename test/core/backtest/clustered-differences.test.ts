import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brierFromSums, brierLosses, clusteredBrier } from '../../../src/core/backtest/brier-products'
import { customerCells } from '../../../src/core/backtest/customer-cells'
import { FLAGGED_CUT, flaggedCells } from '../../../src/core/backtest/flagged-cells'
import {
  netValueDifference,
  precisionDifference,
  recallDifference,
  type Difference,
} from '../../../src/core/backtest/mean-difference'
import type { Economics } from '../../../src/core/backtest/net-value'
import { RandomStream } from '../../../src/core/random'
import { BINS } from '../../../src/core/backtest/score-histogram'
import { customerRows } from '../../support/customer-rows'

const Z95 = 1.959963984540054
const NOT_SCORED = 65535
const CUT = 50
const AMOUNT: Economics = { cost: 12, saveRate: 0.3, value: { kind: 'amount', amount: 100 } }
const REVENUE: Economics = { cost: 12, saveRate: 0.3, value: { kind: 'revenue', months: 12 } }

/** A row by two models, 0…100 or not scored. */
interface Row {
  readonly customer: number
  readonly a: number | undefined
  readonly b: number | undefined
  readonly outcome: number
  readonly revenue: number
}

const CHANCES = {
  a: Float64Array.from({ length: BINS }, (_, bin) => 0.9 - bin / 20_000),
  b: Float64Array.from({ length: BINS }, (_, bin) => 0.6 - bin / 40_000),
}

const NAMES = ['recall', 'precision', 'brier', 'amount', 'revenue'] as const

function compared(all: readonly Row[], isRepeated = true): Record<(typeof NAMES)[number], Difference> {
  const scores = (of: 'a' | 'b') => Uint16Array.from(all, (row) => (row[of] === undefined ? NOT_SCORED : 100 * row[of]))
  const [a, b, outcome] = [scores('a'), scores('b'), Uint8Array.from(all, (row) => row.outcome)]
  const revenue = Float64Array.from(all, (row) => row.revenue)
  const customers = customerRows(
    outcome,
    all.map(({ customer }) => customer),
  )
  const { cells, cellOf } = flaggedCells({
    ...{ a: { scores: a, cut: CUT }, b: { scores: b, cut: CUT }, judged: customers.rows, outcome, revenue },
    objective: 'churn',
  })
  const repeated = isRepeated ? customerCells(customers, cellOf, revenue) : undefined
  const losses = { lossA: brierLosses(CHANCES.a), lossB: brierLosses(CHANCES.b) }
  return {
    recall: recallDifference(cells, FLAGGED_CUT, FLAGGED_CUT, repeated),
    precision: precisionDifference(cells, FLAGGED_CUT, FLAGGED_CUT, repeated),
    brier: isRepeated ? clusteredBrier({ a, b, outcome, customers, ...losses }) : plainBrier(all, losses),
    amount: netValueDifference(cells, FLAGGED_CUT, FLAGGED_CUT, AMOUNT, repeated),
    revenue: netValueDifference(cells, FLAGGED_CUT, FLAGGED_CUT, REVENUE, repeated),
  }
}

function plainBrier(all: readonly Row[], losses: Pick<Parameters<typeof brierFromSums>[0], 'lossA' | 'lossB'>) {
  const empty = () => ({ events: new Float64Array(BINS), nonEvents: new Float64Array(BINS) })
  const [a, b, summedB] = [empty(), empty(), empty()]
  for (const { a: inA, b: inB, outcome } of all) {
    if (outcome > 1 || inA === undefined || inB === undefined) continue
    const side = outcome === 1 ? 'events' : 'nonEvents'
    a[side][100 * inA]!++
    b[side][100 * inB]!++
    summedB[side][100 * inA]! += losses.lossB[side][100 * inB]!
  }
  return brierFromSums({ a, b, summedB, ...losses })
}

/** Each figure's difference by its definition, of some of the rows. */
function pointsOf(all: readonly Row[]): Record<(typeof NAMES)[number], number> {
  const judged = all.filter(({ a, b, outcome }) => outcome <= 1 && a !== undefined && b !== undefined)
  const [events, n] = [judged.filter(({ outcome }) => outcome === 1), judged.length]
  const flagged = (of: 'a' | 'b') => judged.filter((row) => row[of]! < CUT)
  const caught = (of: 'a' | 'b') => flagged(of).filter(({ outcome }) => outcome === 1)
  const value = (of: 'a' | 'b', worth: (row: Row) => number): number =>
    (1000 / n) * (caught(of).reduce((sum, row) => sum + 0.3 * worth(row), 0) - 12 * flagged(of).length)
  const brier = (of: 'a' | 'b'): number =>
    judged.reduce((sum, row) => sum + (CHANCES[of][100 * row[of]!]! - row.outcome) ** 2, 0) / n
  return {
    recall: (caught('a').length - caught('b').length) / events.length,
    precision: caught('a').length / flagged('a').length - caught('b').length / flagged('b').length,
    brier: brier('a') - brier('b'),
    amount: value('a', () => 100) - value('b', () => 100),
    revenue: value('a', (row) => (12 * row.revenue) / 100) - value('b', (row) => (12 * row.revenue) / 100),
  }
}

const halfOf = ({ low, high }: Difference): number => (high! - low!) / 2
const varianceOf = (found: Difference): number => (halfOf(found) / Z95) ** 2

/** Customers with one to five rows that are alike: what is true of the first is mostly true of the others. */
function months(customers: number): Row[] {
  const random = new RandomStream(3, 0)
  return Array.from({ length: customers }, (_, customer) => {
    const [risk, share, paid] = [random.next(), random.next(), random.whole(900)]
    return Array.from({ length: 1 + random.whole(5) }, (): Row => {
      const [a, b] = [100 * (1 - risk), 100 * (1 - (0.6 * risk + 0.4 * share))].map((score) =>
        Math.round(Math.min(100, Math.max(0, score + 10 * (random.next() - 0.5)))),
      )
      const isScored = !random.chance(0.03)
      const outcome = random.chance(0.05) ? 2 : Number(random.chance(0.6 * risk))
      return { customer, a, b: isScored ? b : undefined, outcome, revenue: 100 * paid }
    })
  }).flat()
}

describe('differences where customers repeat', () => {
  test('have the variance that leaving out one customer at a time gives', () => {
    const all = months(600)
    const found = compared(all)
    const customers = 600
    const without = Array.from({ length: customers }, (_, i) => pointsOf(all.filter(({ customer }) => customer !== i)))
    for (const name of NAMES) {
      expect(found[name].difference).toBeCloseTo(pointsOf(all)[name], 6)
      const mean = without.reduce((sum, each) => sum + each[name], 0) / customers
      const squares = without.reduce((sum, each) => sum + (each[name] - mean) ** 2, 0)
      expect(varianceOf(found[name]) / (((customers - 1) / customers) * squares)).toBeCloseTo(1, 1.5)
    }
    // Rows of one customer are alike, so that the plain intervals claim too much.
    const plain = compared(all, false)
    for (const name of ['recall', 'precision', 'revenue'] as const)
      expect(halfOf(found[name])).toBeGreaterThan(1.1 * halfOf(plain[name]))
  })

  test('in recall: a table worked out by hand', () => {
    const row = (customer: number, a: number, b: number, outcome: number): Row => ({ customer, a, b, outcome, revenue: 0 }) // prettier-ignore
    // Of five events A flags four and B two; of customer 0 both, of 1 one of two, of 2 none by A alone.
    const all = [row(0, 0, 90, 1), row(0, 0, 90, 1), row(1, 0, 0, 1), row(1, 0, 0, 1), row(2, 90, 90, 1), row(3, 0, 90, 0)] // prettier-ignore
    const { recall } = compared(all)
    expect([recall.a, recall.b]).toEqual([0.8, 0.4])
    // Each customer's differences less 0.4 a row: 2 − 0.8, −0.8 and −0.4 of five events, of three customers that have any.
    expect(varianceOf(recall)).toBeCloseTo(((3 / 2) * (1.2 ** 2 + 0.8 ** 2 + 0.4 ** 2)) / 25, 12)
  })

  const row = fc.record({
    customer: fc.nat(9),
    a: fc.option(fc.nat(100), { nil: undefined, freq: 9 }),
    b: fc.option(fc.nat(100), { nil: undefined, freq: 9 }),
    outcome: fc.constantFrom(0, 1, 1, 2),
    revenue: fc.nat(100_000),
  })
  const rows = fc.array(row, { minLength: 2, maxLength: 40 })
  const withShuffled = (all: Row[]) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))

  test('are the plain ones where nobody repeats', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const alone = all.map((each, customer) => ({ ...each, customer }))
        const [clustered, plain] = [compared(alone), compared(alone, false)]
        for (const name of NAMES) {
          for (const key of ['a', 'b', 'difference', 'low', 'high', 'p'] as const) {
            const [own, expected] = [clustered[name][key], plain[name][key]]
            const size = Math.max(1, Math.abs(expected ?? 0))
            if (expected === undefined) expect(own).toBeUndefined()
            else expect(own! / size).toBeCloseTo(expected / size, 6)
          }
        }
      }),
    )
  })

  test('are the same to the last bit in any order of the rows', () => {
    fc.assert(
      fc.property(rows.chain(withShuffled), ([all, shuffled]) => {
        expect(compared(shuffled)).toEqual(compared(all))
      }),
    )
  })

  test('say no more when every row is there three times', () => {
    const once = months(80).map((each, customer) => ({ ...each, customer }))
    const [plain, thrice] = [compared(once), compared([...once, ...once, ...once])]
    for (const name of NAMES) {
      expect(thrice[name].difference).toBeCloseTo(plain[name].difference!, 9)
      expect(halfOf(thrice[name]) / halfOf(plain[name])).toBeCloseTo(1, 9)
    }
  })

  test('of a model and itself are 0 with p 1, and of one customer have no interval', () => {
    const all = months(40)
    const same = { difference: 0, low: 0, high: 0, p: 1 }
    const { brier: _, ...figures } = compared(all.map((each) => ({ ...each, b: each.a })))
    for (const found of Object.values(figures)) expect(found).toMatchObject(same)
    const bins = all.map(({ a }) => 100 * a!)
    const loss = brierLosses(CHANCES.a)
    const outcome = Uint8Array.from(all, (each) => each.outcome)
    const customers = customerRows(
      outcome,
      all.map(({ customer }) => customer),
    )
    expect(clusteredBrier({ a: bins, b: bins, outcome, lossA: loss, lossB: loss, customers })).toMatchObject(same)
    const one = all.map((each) => ({ ...each, customer: 0 }))
    for (const found of Object.values(compared(one))) {
      expect(found.difference).toBeDefined()
      expect([found.low, found.high, found.p]).toEqual([undefined, undefined, undefined])
    }
  })
})
