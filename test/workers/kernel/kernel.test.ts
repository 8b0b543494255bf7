import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOVE_BINS, MOVE_TIERS } from '../../../src/core/backtest/moves'
import { CLASS_COUNT } from '../../../src/core/backtest/score-histogram'
import { NOT_SCORED } from '../../../src/core/scoring/reference'
import { loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../../workers/reference-scorer'
import type { Scorer } from '../../../workers/scorer'
import { cases, prepare, type Case } from '../../support/plan-cases'

const kernel = loadKernel()!

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
  const sums = scorer.sumPlacements(edited, out, placements)
  return {
    ...{ scores, counts, notScored, revenue, notScoredRevenue, customers, edited: scorer.values(edited).slice() },
    ...{ countsAfter: after.counts, revenueAfter: after.revenue, moves },
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
