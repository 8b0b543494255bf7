import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOVE_BINS, MOVE_TIERS } from '../../../src/core/backtest/moves'
import { CLASS_COUNT } from '../../../src/core/backtest/score-histogram'
import { RandomStream } from '../../../src/core/random'
import { MISSING_POINTS } from '../../../src/core/scoring/scale'
import { NOT_SCORED, type Plan, type Run } from '../../../src/core/scoring/reference'
import { loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../../workers/reference-scorer'
import { GROUPS, type Handle, type Scorer } from '../../../workers/scorer'

const kernel = loadKernel()!

interface Case {
  readonly seed: number
  readonly customers: number
  readonly metrics: number
  /** Share of cells without points. */
  readonly missing: number
  /** Share of weights that are 0; the others are up to `heaviest`. */
  readonly weightless: number
  readonly heaviest: number
  readonly segments: number
  readonly rules: boolean
  readonly revenue: boolean
}

const cases = (customers: number, metrics: number): fc.Arbitrary<Case> =>
  fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    customers: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: customers })),
    metrics: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: metrics })),
    missing: fc.constantFrom(0, 0.1, 0.5, 0.95, 1),
    weightless: fc.constantFrom(0, 0.2, 1),
    heaviest: fc.constantFrom(1, 100, 833, 10_000),
    segments: fc.integer({ min: 1, max: 5 }),
    rules: fc.boolean(),
    revenue: fc.boolean(),
  })

/** The same customers and the same model given to a scorer. */
function prepare(given: Case, scorer: Scorer): { plan: Plan<Handle>; out: Handle; random: () => number } {
  // A seed, so that a hundred thousand customers are one number to shrink.
  const stream = new RandomStream(given.seed, 0)
  const random = (): number => stream.next()
  const whole = (most: number): number => Math.floor(random() * (most + 1))
  const points = Array.from({ length: given.metrics }, () => {
    const column = scorer.column()
    const values = scorer.values(column)
    for (let row = 0; row < values.length; row++)
      values[row] = random() < given.missing ? MISSING_POINTS : whole(10_000)
    return column
  })
  const clampColumn = (usual: number): Handle => {
    const column = scorer.column()
    const values = scorer.values(column)
    for (let row = 0; row < values.length; row++) values[row] = random() < 0.5 ? usual : whole(10_000)
    return column
  }
  const clamp = given.rules ? { low: clampColumn(0), high: clampColumn(10_000) } : undefined
  const runs = runsOf(given, random)
  const classes = Uint8Array.from({ length: given.customers }, () => whole(CLASS_COUNT - 1))
  const amounts = Float64Array.from({ length: given.customers }, () => whole(10_000_000))
  scorer.judge(classes, given.revenue ? amounts : undefined)
  return { plan: { points, runs, ...(clamp && { clamp }) }, out: scorer.column(), random }
}

/** Runs start at multiples of eight, as the rows of segments are padded to. */
function runsOf({ customers, segments, metrics, weightless, heaviest }: Case, random: () => number): Run[] {
  const size = Math.max(8, Math.ceil(customers / segments / 8) * 8)
  return Array.from({ length: Math.ceil(customers / size) }, (_, i) => ({
    start: i * size,
    customers: Math.min(size, customers - i * size),
    weights: Uint16Array.from({ length: metrics }, () =>
      random() < weightless ? 0 : 1 + Math.floor(random() * heaviest),
    ),
    minDen: 1 + Math.floor(random() * heaviest * metrics * 0.6),
  }))
}

/** Everything that a scorer says about a model. */
function answers(given: Case, scorer: Scorer) {
  const { plan, out, random } = prepare(given, scorer)
  const tierOf = Uint8Array.from({ length: MOVE_BINS }, (_, bin) => Math.floor((bin * 3) / MOVE_BINS))
  tierOf.fill(MOVE_TIERS - 1, MOVE_BINS - 1)
  const placements = Uint32Array.from({ length: CLASS_COUNT * MOVE_BINS }, () => Math.floor(random() * 1e6))
  scorer.score(plan, out)
  const scores = scorer.values(out).slice()
  const { counts, notScored, revenue, notScoredRevenue } = scorer.count(out)
  const customers = scorer.countCustomers(out)
  scorer.keepTiers(out, tierOf)
  const flat = plan.runs.map((run) => ({ ...run, weights: run.weights.map(() => 1), minDen: 1 }))
  const edited = scorer.column()
  scorer.score({ points: plan.points, runs: flat }, edited)
  const { histogram: after, moves } = scorer.countMoves(edited)
  const against = scorer.countAgainst(edited, out, tierOf)
  const [baselineMoves, onlyScores] = [against.moves.slice(), against.onlyScores.slice()]
  const onlyBaseline = against.onlyBaseline.slice()
  scorer.group(
    Uint8Array.from(scores, (score) => score % GROUPS),
    GROUPS,
  )
  const grouped = scorer.countGroups(edited).slice()
  const sums = scorer.sumPlacements(edited, out, placements)
  return {
    ...{ scores, counts, notScored, revenue, notScoredRevenue, customers, edited: scorer.values(edited).slice() },
    ...{ countsAfter: after.counts, revenueAfter: after.revenue, moves },
    ...{ baselineMoves, onlyScores, onlyBaseline, grouped, sums },
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

function bytes({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array | Float64Array): Buffer {
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

test('nobody is counted twice and nobody is lost', () => {
  fc.assert(
    fc.property(cases(500, 12), (given) => {
      const { counts, notScored, moves } = answers(given, new KernelScorer(kernel, given.customers))
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
