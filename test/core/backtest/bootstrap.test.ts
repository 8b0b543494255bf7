import { describe, expect, test } from 'vitest'
import { bootstrap } from '../../../src/core/backtest/bootstrap'
import { judgedRows, type BootstrapRows } from '../../../src/core/backtest/drawn-customers'
import { jointCells } from '../../../src/core/backtest/joint-cells'
import { precisionDifference, recallDifference } from '../../../src/core/backtest/mean-difference'
import { wilson } from '../../../src/core/backtest/wilson'
import { RandomStream } from '../../../src/core/random'
import { finish } from '../../support/finish'

const BINS = 101
const economics = { cost: 120, saveRate: 0.22, value: { kind: 'amount', amount: 1900 } } as const
const judged = { cut: 40, chance: Float64Array.from({ length: BINS }, (_, bin) => 0.6 - bin / 200), economics }

/** Customers whose score tells something, and a second score that tells a little less. */
function customers(n: number, seed = 1) {
  const random = new RandomStream(seed, 7)
  const a = Uint8Array.from({ length: n }, () => random.whole(BINS))
  return {
    a,
    b: a.map((bin) => Math.min(BINS - 1, Math.max(0, bin + random.whole(41) - 20))),
    bins: BINS,
    outcome: Uint8Array.from(a, (bin) => Number(random.chance(0.6 - bin / 200))),
    hashes: Uint32Array.from(a, () => random.whole(2 ** 32)),
  }
}

const run = (rows: BootstrapRows, draws = 500, seed = 1) =>
  finish(bootstrap(rows, { a: judged, b: judged, seed, draws }))

/** The same rows in another order. */
function shuffled(rows: ReturnType<typeof customers>) {
  const random = new RandomStream(99, 1)
  const order = [...rows.a.keys()].map((row) => [random.next(), row] as const).sort((x, y) => x[0] - y[0])
  const pick = <List extends Uint8Array | Uint32Array>(list: List): List =>
    list.map((_, i) => list[order[i]![1]]!) as List
  return { ...rows, a: pick(rows.a), b: pick(rows.b), outcome: pick(rows.outcome), hashes: pick(rows.hashes) }
}

describe('drawing the customers anew', () => {
  test('gives the same intervals for the same seed, whatever the order of the rows', () => {
    const rows = customers(800)
    expect(run(shuffled(rows))).toEqual(run(rows))
    expect(run(rows, 500, 2).a.ks.low).not.toBe(run(rows).a.ks.low)
  })

  test('agrees with the closed forms where there are any', () => {
    const rows = customers(3000)
    const { a, difference } = run(rows, 2000)
    const events = rows.outcome.reduce<number>((sum, each) => sum + each, 0)
    const caught = rows.outcome.filter((happened, row) => happened === 1 && rows.a[row]! < 40).length
    expect(a.recall.value).toBeCloseTo(caught / events, 12)
    const interval = wilson(caught, events)!
    const ratio = (a.recall.high! - a.recall.low!) / (interval.high - interval.low)
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
    const cells = jointCells(rows, BINS)
    for (const [found, exact] of [
      [difference!.recall, recallDifference(cells, 40, 40)],
      [difference!.precision, precisionDifference(cells, 40, 40)],
    ] as const) {
      expect(found.value).toBeCloseTo(exact.difference!, 12)
      const width = exact.high! - exact.low!
      expect(Math.abs(found.low! - exact.low!)).toBeLessThan(0.15 * width)
      expect(Math.abs(found.high! - exact.high!)).toBeLessThan(0.15 * width)
      expect(Math.abs(found.p! - exact.p!)).toBeLessThan(0.1)
    }
  })

  test('holds every figure between the ends of its interval', () => {
    const { a, b, draws, customers: n, drawnFrom } = run(customers(1000))
    expect({ draws, n, drawnFrom }).toEqual({ draws: 500, n: 1000, drawnFrom: 1000 })
    for (const model of [a, b!]) {
      for (const { value, low, high } of Object.values(model)) {
        expect(low).toBeLessThanOrEqual(value!)
        expect(high).toBeGreaterThanOrEqual(value!)
      }
    }
  })

  test('a model and itself differ by nothing, with p 1', () => {
    const rows = customers(400)
    for (const found of Object.values(run({ ...rows, b: rows.a }).difference!)) {
      expect(found).toEqual({ value: 0, low: 0, high: 0, p: 1 })
    }
  })

  test('one model alone has no difference', () => {
    const { b: _, ...rows } = customers(100)
    const found = run(rows)
    expect(found.b).toBeUndefined()
    expect(found.difference).toBeUndefined()
    expect(found.a.averagePrecision.low).toBeGreaterThan(0)
  })

  test('above 20,000 customers draws from 20,000 and narrows by the root of their share', () => {
    const rows = customers(25_000)
    const found = run(rows, 100)
    expect(found).toMatchObject({ customers: 25_000, drawnFrom: 20_000 })
    const events = rows.outcome.reduce<number>((sum, each) => sum + each, 0)
    const caught = rows.outcome.filter((happened, row) => happened === 1 && rows.a[row]! < 40).length
    expect(found.a.recall.value).toBeCloseTo(caught / events, 12)
    const kept = Uint32Array.from(rows.hashes).sort()[19_999]!
    const own = run({ ...rows, outcome: rows.outcome.map((each, row) => (rows.hashes[row]! <= kept ? each : 2)) }, 100)
    const width = ({ low, high }: { low: number | undefined; high: number | undefined }) => high! - low!
    expect(width(found.a.recall) / width(own.a.recall)).toBeCloseTo(Math.sqrt(0.8), 9)
  })

  test('finds the same where the rows are counted already', () => {
    for (const n of [900, 21_000]) {
      const { b, ...one } = { ...customers(n), a: customers(n).a.map((bin, row) => (row % 50 === 0 ? 255 : bin)) }
      const counted = (rows: BootstrapRows, binOf: ArrayLike<number>) => {
        const [events, nonEvents] = [new Uint32Array(BINS), new Uint32Array(BINS)]
        for (const row of judgedRows(rows)) (rows.outcome[row] === 1 ? events : nonEvents)[binOf[row]!]!++
        return { events, nonEvents }
      }
      const both = { ...one, b }
      expect(run({ ...one, counted: { a: counted(one, one.a) } }, 40)).toEqual(run(one, 40))
      const ofBoth = { a: counted(both, one.a), b: counted(both, b) }
      expect(run({ ...both, counted: ofBoth }, 40)).toEqual(run(both, 40))
    }
  })

  test('draws a repeated customer with all its rows: a customer ten times over is no ten customers', () => {
    const once = customers(300)
    const copies = (list: Uint8Array | Uint32Array): number[] =>
      Array.from({ length: 10 * list.length }, (_, i) => list[i % list.length]!)
    const rows = {
      a: copies(once.a),
      b: copies(once.b),
      bins: BINS,
      outcome: copies(once.outcome),
      hashes: Uint32Array.from(copies(once.hashes)),
    }
    const customer = Array.from({ length: 3000 }, (_, i) => i % 300)
    const [single, naive, clustered] = [run(once), run(rows), run({ ...rows, customer })]
    expect(clustered.customers).toBe(300)
    const width = ({ a: { recall } }: typeof single) => recall.high! - recall.low!
    expect(width(clustered)).toBeCloseTo(width(single), 9)
    expect(width(naive)).toBeLessThan(0.5 * width(clustered))
  })

  test('can be stopped between steps, and says how far it is', () => {
    const steps = bootstrap(customers(50), { a: judged, seed: 1, draws: 200 })
    expect([steps.next().value, steps.next().value]).toEqual([0, 0.1])
    expect(steps.return({} as never).done).toBe(true)
  })
})

describe('where there is nothing to draw', () => {
  const rows = customers(60)
  const none = { low: undefined, high: undefined }

  test('nobody: no figure and no interval', () => {
    const found = run({ ...rows, outcome: rows.outcome.map(() => 2) })
    expect(found.drawnFrom).toBe(0)
    for (const figure of Object.values(found.a)) expect(figure).toEqual({ value: undefined, ...none })
  })

  test('one outcome: what divides by the other has no figure', () => {
    const stayed = run({ ...rows, outcome: rows.outcome.map(() => 0) }).a
    for (const name of ['averagePrecision', 'ks', 'topDecileLift', 'recall'] as const) {
      expect(stayed[name]).toEqual({ value: undefined, ...none })
    }
    expect(stayed.precision).toEqual({ value: 0, low: 0, high: 0 })
    const churned = run({ ...rows, outcome: rows.outcome.map(() => 1) }).a
    expect(churned.averagePrecision).toEqual({ value: 1, low: 1, high: 1 })
    expect(churned.ks.value).toBeUndefined()
  })

  test('one churned customer: a figure, but no interval, as every third draw would be without an event', () => {
    const { recall, averagePrecision } = run({ ...rows, outcome: rows.outcome.map((_, row) => Number(row === 0)) }).a
    expect(recall.value).toBeDefined()
    expect(recall).toMatchObject(none)
    expect(averagePrecision).toMatchObject(none)
  })

  test('a constant score and a cut that flags nobody', () => {
    const constant = { ...rows, a: rows.a.map(() => 50) }
    const { ks, precision, topDecileLift } = run(constant).a
    expect(ks).toEqual({ value: 0, low: 0, high: 0 })
    expect(precision).toEqual({ value: undefined, ...none })
    expect(topDecileLift.low).toBeCloseTo(1, 12)
  })

  test('a value by revenue without a revenue column', () => {
    const byRevenue = { cost: 1, saveRate: 0.5, value: { kind: 'revenue', months: 12 } } as const
    const asked = { a: { cut: 40, economics: byRevenue }, seed: 1, draws: 20 }
    const { b: _, ...one } = rows
    expect(finish(bootstrap(one, asked)).a.netValue.value).toBeUndefined()
    const paid = rows.outcome.map(() => 100)
    const flagged = rows.a.filter((bin) => bin < 40).length
    const caught = rows.outcome.filter((happened, row) => happened === 1 && rows.a[row]! < 40).length
    const { value } = finish(bootstrap({ ...one, revenue: paid }, asked)).a.netValue
    expect(value).toBeCloseTo((1000 * (6 * caught - flagged)) / 60, 9)
  })
})
