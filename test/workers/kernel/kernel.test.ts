import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOVE_BINS, MOVE_TIERS } from '../../../src/core/backtest/moves'
import { CLASS_COUNT } from '../../../src/core/backtest/score-histogram'
import { RandomStream } from '../../../src/core/random'
import { basePoints, type PointsSum } from '../../../src/core/scoring/explain'
import { NO_METRIC } from '../../../src/core/scoring/reasons'
import { NOT_SCORED, scoreCustomers } from '../../../src/core/scoring/reference'
import { MISSING_POINTS } from '../../../src/core/scoring/scale'
import { loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../../workers/reference-scorer'
import type { Scorer } from '../../../workers/scorer'
import { cases, prepare, type Case } from '../../support/plan-cases'

const kernel = loadKernel()!

function numbersOf(sums: readonly PointsSum[]): Float64Array {
  return Float64Array.from(sums.flatMap(({ sum, customers }) => [sum, customers]))
}

/** Everything that a scorer says about a model. */
function answers(given: Case, scorer: Scorer) {
  const { plan, out, random } = prepare(given, scorer)
  const tierOf = Uint8Array.from({ length: MOVE_BINS }, (_, bin) => Math.floor((bin * 3) / MOVE_BINS))
  tierOf.fill(MOVE_TIERS - 1, MOVE_BINS - 1)
  const otherTiers = tierOf.map((tier, bin) => (tier < MOVE_TIERS - 1 && bin >= 4_321 ? tier + 2 : tier))
  const placements = Uint32Array.from({ length: CLASS_COUNT * MOVE_BINS }, () => Math.floor(random() * 1e6))
  scorer.score(plan, out)
  const scores = scorer.values(out).slice()
  const { counts, notScored, revenue, notScoredRevenue } = scorer.count(out)
  const customers = scorer.countCustomers(out)
  const points = plan.points.map((column) => scorer.sumPoints(column))
  scorer.keepTiers(out, tierOf)
  const flat = plan.runs.map((run) => ({ ...run, weights: run.weights.map(() => 1), minDen: 1 }))
  const edited = scorer.column()
  scorer.score({ points: plan.points, runs: flat }, edited)
  const after = scorer.count(edited)
  const changed = [tierOf, otherTiers].map((tiers) => scorer.countChanged(edited, tiers))
  const against = scorer.countAgainst(edited, out, tierOf)
  const [baselineMoves, onlyScores] = [against.moves.slice(), against.onlyScores.slice()]
  const onlyBaseline = against.onlyBaseline.slice()
  const sums = scorer.sumPlacements(edited, out, placements).slice()
  const bases = points.map(basePoints)
  const weights = plan.runs[0]?.weights ?? new Uint16Array(given.metrics)
  const [down, up] = ([-1, 1] as const).map((way) => scorer.reasons({ points: plan.points, weights, bases }, way))
  const present = scorer.weightWithPoints(plan)
  // What took part in that is a column like any other again.
  const [next, afterwards] = [scorer.column(), scorer.column()]
  for (const column of [next, afterwards]) scorer.values(column).fill(1)
  const columnSums = [next, afterwards].map((column) => scorer.sumPoints(column))
  return {
    ...{ downSteps: down!.steps, downMetrics: down!.metrics, upSteps: up!.steps, upMetrics: up!.metrics },
    ...{ present, columnSums: numbersOf(columnSums) },
    ...{
      scores,
      counts,
      notScored,
      revenue,
      notScoredRevenue,
      customers,
      pointsSums: numbersOf(points),
      edited: scorer.values(edited).slice(),
    },
    ...{ countsAfter: after.counts, revenueAfter: after.revenue, changed: Uint32Array.from(changed) },
    ...{ baselineMoves, onlyScores, onlyBaseline, sums },
  }
}

/** Compared as bytes: thousands of arrays of 50,000 numbers are too many for `toEqual`. */
function agree(given: Case): void {
  const kernelSays = answers(given, new KernelScorer(kernel, given.customers))
  const referenceSays = answers(given, new ReferenceScorer(given.customers))
  for (const name of Object.keys(referenceSays) as (keyof typeof referenceSays)[]) {
    const [got, expected] = [kernelSays[name], referenceSays[name]]
    if (bytes(got).equals(bytes(expected))) continue
    const at = expected.findIndex((value, i) => value !== got[i])
    expect(`${name}[${at}] is ${got[at]}`).toBe(`${name}[${at}] is ${expected[at]}`)
  }
}

function bytes({ buffer, byteOffset, byteLength }: Uint16Array | Int16Array | Uint32Array | Float64Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

describe('the kernel gives what the reference gives, bit for bit', () => {
  test('over any model: missing values, zero weights, segments, rules, odd lengths', () => {
    fc.assert(fc.property(cases(3_000, 30), agree), { numRuns: 150 })
  })

  test('with up to 200 metrics, whose weights no 32 bits hold', () => {
    fc.assert(fc.property(cases(400, 200), agree), { numRuns: 40 })
    agree({ ...HEAVY, metrics: 200, customers: 1_003 })
  })

  test('with 100,000 customers', () => {
    agree({ ...HEAVY, metrics: 12, customers: 99_997, missing: 0.1, heaviest: 833 })
  })

  test('at every edge of a part of the weights', () => {
    // 16 bits hold 65,535, 31 bits 214,748 and 32 bits 429,496: two metrics less, as many, and two more.
    for (const metrics of [5, 6, 7, 8, 20, 21, 22, 23, 24, 41, 42, 43, 44, 45])
      agree({ ...HEAVY, metrics, customers: 37 })
  })
})

const HEAVY: Case = {
  seed: 7,
  customers: 0,
  metrics: 0,
  missing: 0,
  weightless: 0,
  heaviest: 10_000,
  segments: 1,
  rules: false,
  revenue: true,
}

test('the points of more rows than are added at once in 32 bits are summed exactly', () => {
  const rows = 300_003
  const scorer = new KernelScorer(kernel, rows)
  const column = scorer.column()
  scorer.values(column).fill(10_000)
  expect(scorer.sumPoints(column)).toEqual({ sum: 10_000 * rows, customers: rows })
  scorer.values(column).fill(MISSING_POINTS, 7, 200_001)
  expect(scorer.sumPoints(column)).toEqual({ sum: 10_000 * (rows - 199_994), customers: rows - 199_994 })
})

test('what moves customers most is exact up to the heaviest weights and the farthest points', () => {
  const given = { weights: Uint16Array.from([32_767, 32_766, 1]), bases: [0, 10_000, 5_001] }
  const rows = [[10_000, 10_000, 5_000], [0, 0, MISSING_POINTS], [MISSING_POINTS, MISSING_POINTS, 10_000], [MISSING_POINTS, 10_000, 5_001]] // prettier-ignore
  for (const scorer of [new KernelScorer(kernel, rows.length), new ReferenceScorer(rows.length)]) {
    const points = given.weights.reduce<number[]>((columns) => [...columns, scorer.column()], [])
    for (const [metric, column] of points.entries()) scorer.values(column).set(rows.map((row) => row[metric]!))
    const [up, down] = ([1, -1] as const).map((way) => scorer.reasons({ ...given, points }, way))
    expect([...up!.metrics]).toEqual([0, NO_METRIC, 2, NO_METRIC])
    expect([...up!.steps]).toEqual([5000, 0, 4999, 0])
    expect([...down!.metrics]).toEqual([2, 1, NO_METRIC, NO_METRIC])
    expect([...down!.steps]).toEqual([0, -5000, 0, 0])
    const plan = { points, runs: [{ start: 0, customers: rows.length, weights: given.weights, minDen: 1 }] }
    expect([...scorer.weightWithPoints(plan)]).toEqual([65_534, 65_533, 1, 32_767])
  }
})

test('a step of half a hundredth is rounded up, whichever way it goes', () => {
  for (const scorer of [new KernelScorer(kernel, 2), new ReferenceScorer(2)]) {
    const points = [scorer.column(), scorer.column()]
    for (const [metric, column] of points.entries()) scorer.values(column).set(metric === 0 ? [5_001, 4_999] : [7, 7])
    const moving = { points, weights: Uint16Array.from([1, 1]), bases: [5_000, 7] }
    expect([...scorer.reasons(moving, 1).steps]).toEqual([1, 0])
    expect([...scorer.reasons(moving, -1).steps]).toEqual([0, 0])
    expect([...scorer.reasons(moving, -1).metrics]).toEqual([NO_METRIC, 0])
  }
})

test('all the points and all the weight is a score of 100, over 200 metrics', () => {
  const scorer = new KernelScorer(kernel, 9)
  const points = Array.from({ length: 200 }, () => {
    const column = scorer.column()
    scorer.values(column).fill(10_000)
    return column
  })
  const out = scorer.column()
  const weights = new Uint16Array(200).fill(10_000)
  scorer.score({ points, runs: [{ start: 0, customers: 9, weights, minDen: 2_000_000 }] }, out)
  expect([...scorer.values(out)]).toEqual(Array.from({ length: 9 }, () => 10_000))
  scorer.score({ points, runs: [{ start: 0, customers: 9, weights, minDen: 2_000_001 }] }, out)
  expect([...scorer.values(out)]).toEqual(Array.from({ length: 9 }, () => NOT_SCORED))
})

describe('a score is the rounded quotient to the last bit', () => {
  /** Points per metric, all rows alike in their weights. */
  function scored(points: readonly Uint16Array[], weights: readonly number[]): [Uint16Array, Uint16Array] {
    const runs = [{ start: 0, customers: points[0]!.length, weights: Uint16Array.from(weights), minDen: 1 }]
    const scorer = new KernelScorer(kernel, points[0]!.length)
    const columns = points.map((values) => {
      const column = scorer.column()
      scorer.values(column).set(values)
      return column
    })
    const out = scorer.column()
    scorer.score({ points: columns, runs }, out)
    return [scorer.values(out), scoreCustomers({ points, runs }, points[0]!.length)]
  }

  const top = (metrics: number, last: number): number[] => [...Array.from({ length: metrics }, () => 10_000), last]

  test.each([
    ['just within 31 bits', top(21, 4_748)],
    ['just beyond', top(21, 4_749)],
    ['of a single hundredth', [1]],
    ['of two', [1, 1]],
  ])('at weights %s', (_, weights) => {
    const most = weights.map(() => new Uint16Array(9).fill(10_000))
    expect([...scored(most, weights)[0]]).toEqual(Array.from({ length: 9 }, () => 10_000))
    // One metric counts down from the top while the others stay, so that every remainder comes up near it.
    const near = weights.map((__, metric) =>
      Uint16Array.from({ length: 10_001 }, (___, row) => (metric === 0 ? 10_000 - row : 10_000 - (row % (metric + 1)))),
    )
    const [got, expected] = scored(near, weights)
    expect(got).toEqual(expected)
  })

  test('over any weights that sum to the most that 31 bits hold, or one more', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 22, maxLength: 60 })
    const given = fc.tuple(parts, fc.constantFrom(214_748, 214_749), fc.integer(), fc.constantFrom(0, 0.05, 0.9))
    fc.assert(
      fc.property(given, ([parts, total, seed, missing]) => {
        const weights = summingTo(parts, total)
        const random = new RandomStream(seed >>> 0, 0)
        const cell = (): number =>
          random.next() < missing ? MISSING_POINTS : 10_000 - Math.floor(random.next() ** 4 * 10_001)
        const points = weights.map(() => Uint16Array.from({ length: 203 }, cell))
        const [got, expected] = scored(points, weights)
        expect(got).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

/** Weights from 1 to 10,000 that sum to a total: those given as far as the total lets them be. */
function summingTo(parts: readonly number[], total: number): number[] {
  const weights: number[] = []
  let left = total
  for (const [i, part] of parts.entries()) {
    const rest = parts.length - i - 1
    weights.push(Math.max(Math.min(part, left - rest), left - 10_000 * rest))
    left -= weights[i]!
  }
  return weights
}

test('nobody is counted twice and nobody is lost', () => {
  fc.assert(
    fc.property(cases(500, 12), (given) => {
      const { counts, notScored, baselineMoves: moves } = answers(given, new KernelScorer(kernel, given.customers))
      const sum = (counts: Uint32Array): number => counts.reduce((all, count) => all + count, 0)
      expect(sum(counts) + sum(notScored)).toBe(given.customers)
      expect(moves.length).toBe(MOVE_TIERS * MOVE_BINS)
      expect(sum(moves)).toBe(given.customers)
    }),
    { numRuns: 30 },
  )
})

test('a column that was given back is used again, and its padding never counts', () => {
  const scorer = new KernelScorer(kernel, 3)
  const first = scorer.column()
  scorer.values(first).fill(1)
  scorer.release(first)
  expect(scorer.column()).toBe(first)
  expect([...scorer.values(first)]).toEqual([1, 1, 1])
})
