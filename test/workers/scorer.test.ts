import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { scoreCustomers, type Plan } from '../../src/core/scoring/reference'
import { loadKernel } from '../../workers/kernel/kernel'
import { KernelScorer } from '../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../workers/reference-scorer'
import type { OtherWeight } from '../../workers/reweigher'
import { MOST_KEPT_ROWS, type Handle, type Scorer } from '../../workers/scorer'
import { cases, prepare, type Case } from '../support/plan-cases'

const kernel = loadKernel()!
const executors = {
  kernel: (customers: number): Scorer => new KernelScorer(kernel, customers),
  reference: (customers: number): Scorer => new ReferenceScorer(customers),
}

/** Some metrics of a case with other weights, one after the other. */
function otherWeights({ metrics, heaviest }: Case, random: () => number): OtherWeight[] {
  const whole = (most: number): number => Math.floor(random() * (most + 1))
  return Array.from({ length: metrics === 0 ? 0 : 1 + whole(5) }, () => ({
    metric: whole(metrics - 1),
    weight: [0, whole(heaviest), 10_000, 32_767][whole(3)]!,
    minDen: 1 + whole(Math.floor(heaviest * metrics * 0.6)),
  }))
}

/** By the reference, of the plan with that weight. */
function scoredAnew(scorer: Scorer, { points, runs, clamp }: Plan<Handle>, other?: OtherWeight): Uint16Array {
  const of = (column: Handle): Uint16Array => scorer.values(column)
  const plan = {
    points: points.map(of),
    runs: other
      ? runs.map((run) => ({ ...run, weights: run.weights.with(other.metric, other.weight), minDen: other.minDen }))
      : runs,
    ...(clamp && { clamp: { low: of(clamp.low), high: of(clamp.high) } }),
  }
  return scoreCustomers(plan, of(points[0] ?? scorer.column()).length)
}

function same(scores: Uint16Array, expected: Uint16Array): void {
  const at = scores.findIndex((score, row) => score !== expected[row])
  expect(at === -1 ? 'alike' : `${scores[at]!} of customer ${at} is ${expected[at]!}`).toBe('alike')
}

/** Keeps a case's sums and tries other weights. @returns whether they were kept */
function agree(given: Case, scorer: Scorer): boolean {
  const { plan, out, random } = prepare(given, scorer)
  const kept = scorer.scoreAndKeep(plan, out)
  same(scorer.values(out), scoredAnew(scorer, plan))
  const rest = scorer.column()
  for (const other of kept ? otherWeights(given, random) : []) {
    scorer.rescore(other, out)
    same(scorer.values(out), scoredAnew(scorer, plan, other))
    // A full pass of another plan, as of a pinned model, leaves alone what is kept.
    scorer.score({ ...plan, runs: plan.runs.map((run) => ({ ...run, weights: run.weights.map(() => 3) })) }, rest)
  }
  return kept
}

describe.each(Object.entries(executors))('the %s scores another weight by what it has kept', (_, create) => {
  test('as the reference scores it from the start: missing values, zero weights, rules, odd lengths', () => {
    fc.assert(
      fc.property(cases(2_000, 20), (given) => {
        const kept = agree({ ...given, segments: 1 }, create(given.customers))
        // 18 metrics of up to 10,000 and one of 32,767 are below what 31 bits hold.
        if (given.metrics <= 18 && given.customers > 0) expect(kept).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('up to the most that 31 bits hold when a weight becomes the greatest, where everybody has all the points', () => {
    for (const last of [1_981, 1_982]) {
      const scorer = create(9)
      const weights = Uint16Array.from([...Array.from({ length: 18 }, () => 10_000), last])
      const points = Array.from(weights, () => scorer.column())
      for (const column of points) scorer.values(column).fill(10_000)
      const plan = { points, runs: [{ start: 0, customers: 9, weights, minDen: 1 }] }
      const out = scorer.column()
      const kept = scorer.scoreAndKeep(plan, out)
      if (last === 1_981) expect(kept).toBe(true)
      const [metric, weight] = [18, 32_767]
      if (kept) scorer.rescore({ metric, weight, minDen: 180_000 + weight }, out)
      expect([...scorer.values(out)]).toEqual(Array.from({ length: 9 }, () => 10_000))
    }
  })

  test('of the plan that was kept last', () => {
    const scorer = create(3)
    const points = [scorer.column(), scorer.column()]
    scorer.values(points[0]!).set([1_000, 65_535, 9_000])
    scorer.values(points[1]!).set([5_000, 8_000, 65_535])
    const out = scorer.column()
    const plan = (a: number, b: number): Plan<Handle> => ({
      points,
      runs: [{ start: 0, customers: 3, weights: Uint16Array.of(a, b), minDen: 200 }],
    })
    expect(scorer.scoreAndKeep(plan(100, 100), out)).toBe(true)
    expect(scorer.scoreAndKeep(plan(300, 0), out)).toBe(true)
    scorer.rescore({ metric: 1, weight: 100, minDen: 100 }, out)
    expect([...scorer.values(out)]).toEqual([2_000, 8_000, 9_000])
  })

  test('and keeps nothing of several runs, nor of more rows than there is room for', () => {
    expect(agree({ ...PLAIN, customers: 200, segments: 3 }, create(200))).toBe(false)
    expect(agree({ ...PLAIN, customers: MOST_KEPT_ROWS }, create(MOST_KEPT_ROWS))).toBe(true)
    expect(agree({ ...PLAIN, customers: MOST_KEPT_ROWS + 1 }, create(MOST_KEPT_ROWS + 1))).toBe(false)
  })
})

test('the kernel keeps nothing where a weight could make num need more than 31 bits', () => {
  const scorer = new KernelScorer(kernel, 9)
  const points = Array.from({ length: 19 }, () => scorer.column())
  const out = scorer.column()
  const kept = (last: number): boolean => {
    const weights = Uint16Array.from([...Array.from({ length: 18 }, () => 10_000), last])
    return scorer.scoreAndKeep({ points, runs: [{ start: 0, customers: 9, weights, minDen: 1 }] }, out)
  }
  expect([kept(1_981), kept(1_982)]).toEqual([true, false])
})

test('the kernel keeps nothing, and scores, where the machine has no more memory', () => {
  const given = { ...PLAIN, customers: 100_000, metrics: 3 }
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
  const scorer = new KernelScorer(kernel, given.customers)
  const { plan, out } = prepare(given, scorer)
  // What takes little is there.
  scorer.score(plan, out)
  grow.mockImplementation(() => {
    throw new RangeError('no more memory')
  })
  const [kept, again] = [scorer.scoreAndKeep(plan, out), scorer.scoreAndKeep(plan, out)]
  grow.mockRestore()
  expect([kept, again]).toEqual([false, false])
  same(scorer.values(out), scoredAnew(scorer, plan))
  expect(scorer.scoreAndKeep(plan, out)).toBe(true)
  same(scorer.values(out), scoredAnew(scorer, plan))
})

const PLAIN: Case = {
  seed: 5,
  customers: 0,
  metrics: 1,
  missing: 0.1,
  weightless: 0,
  heaviest: 100,
  segments: 1,
  rules: false,
  revenue: false,
}
