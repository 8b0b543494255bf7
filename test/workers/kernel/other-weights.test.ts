import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BINS } from '../../../src/core/backtest/score-histogram'
import { NOT_SCORED, scoreCustomers, type Plan } from '../../../src/core/scoring/reference'
import { loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../../workers/reference-scorer'
import { CHUNK, type OtherScores, type OtherWeight } from '../../../workers/reweigher'
import type { Handle, Scorer } from '../../../workers/scorer'
import { cases, prepare, type Case } from '../../support/plan-cases'

const kernel = loadKernel()!
const executors = {
  kernel: (customers: number): Scorer => new KernelScorer(kernel, customers),
  reference: (customers: number): Scorer => new ReferenceScorer(customers),
}

/** Weights that are tried of some metrics of a case, and who is judged. */
function asked({ metrics, customers, heaviest }: Case, random: () => number) {
  const whole = (most: number): number => Math.floor(random() * (most + 1))
  const tried = metrics === 0 ? 0 : 1 + whole(5)
  const others = Array.from({ length: tried }, (): OtherWeight => ({
    metric: whole(metrics - 1),
    weight: [0, whole(heaviest), 12_000][whole(2)]!,
    minDen: 1 + whole(Math.floor(heaviest * metrics * 0.6)),
  }))
  const cuts = Array.from({ length: whole(6) }, () => 1 + whole(9_999)).sort((a, b) => a - b)
  return { others, cuts, outcome: Uint8Array.from({ length: customers }, () => whole(2)) }
}

type Asked = ReturnType<typeof asked>

/** What is counted when the plan with the other weight is scored from the start. */
function scoredAnew(
  plan: Plan,
  today: Uint16Array,
  other: OtherWeight,
  { outcome, cuts }: Asked,
): OtherScores & { readonly changedTier: number } {
  const { metric, weight, minDen } = other
  const runs = plan.runs.map((run) => ({ ...run, weights: run.weights.with(metric, weight), minDen }))
  const scores = scoreCustomers({ ...plan, runs }, outcome.length)
  const [events, nonEvents] = [new Uint32Array(BINS), new Uint32Array(BINS)]
  for (const [row, score] of scores.entries()) {
    if (score === NOT_SCORED || outcome[row] === 2) continue
    const side = outcome[row] === 1 ? events : nonEvents
    side[score]!++
  }
  const tierOf = (score: number): number => (score === NOT_SCORED ? -1 : cuts.filter((cut) => score >= cut).length)
  const changedTier = scores.reduce((sum, score, row) => sum + Number(tierOf(score) !== tierOf(today[row]!)), 0)
  return { events, nonEvents, changedTier }
}

function plainPlan(scorer: Scorer, { points, runs, clamp }: Plan<Handle>): Plan {
  const copy = (column: Handle): Uint16Array => scorer.values(column).slice()
  return { points: points.map(copy), runs, ...(clamp && { clamp: { low: copy(clamp.low), high: copy(clamp.high) } }) }
}

function agree(given: Case, scorer: Scorer): void {
  const { plan, random } = prepare(given, scorer)
  const { others, cuts, outcome } = asked(given, random)
  const mostWeight = Math.max(0, ...others.map(({ weight }) => weight))
  const reweigher = scorer.reweigher({ outcome, cuts, mostWeight })
  const left = others.map(() => 0)
  for (let start = 0; start < given.customers; start += CHUNK) {
    reweigher.take(plan, start)
    for (const [i, other] of others.entries()) left[i]! += reweigher.leaving(other)
  }
  const plain = plainPlan(scorer, plan)
  const today = scoreCustomers(plain, given.customers)
  for (const [i, other] of others.entries()) {
    const { events, nonEvents } = reweigher.count(plan, other)
    const expected = scoredAnew(plain, today, other, { others, cuts, outcome })
    expect(left[i]).toBe(expected.changedTier)
    expect(Buffer.compare(bytes(events), bytes(expected.events))).toBe(0)
    expect(Buffer.compare(bytes(nonEvents), bytes(expected.nonEvents))).toBe(0)
  }
}

function bytes({ buffer, byteOffset, byteLength }: Uint32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

describe.each(Object.entries(executors))(
  'the %s counts another weight as scoring anew does, bit for bit',
  (_, create) => {
    const holds = (given: Case): void => agree(given, create(given.customers))

    test('over any model: missing values, zero weights, segments, rules, odd lengths', () => {
      fc.assert(fc.property(cases(2_000, 30), holds), { numRuns: 120 })
    })

    test('with up to 200 metrics, whose weights no 32 bits hold', () => {
      fc.assert(fc.property(cases(300, 200), holds), { numRuns: 30 })
      holds({ ...HEAVY, metrics: 200, customers: 1_003 })
    })

    test('at the most that 31 bits hold, and beyond', () => {
      for (const metrics of [8, 9, 10, 11, 36, 42]) holds({ ...HEAVY, metrics, customers: 203 })
      for (const metrics of [6, 7, 18]) {
        const scorer = create(9)
        const points = Array.from({ length: metrics }, () => scorer.column())
        for (const column of points) scorer.values(column).fill(10_000)
        const weights = new Uint16Array(metrics).fill(10_000)
        const plan = { points, runs: [{ start: 0, customers: 9, weights, minDen: 1 }] }
        const outcome = new Uint8Array(9).fill(1)
        const reweigher = scorer.reweigher({ outcome, cuts: [10_000], mostWeight: 32_767 })
        reweigher.take(plan, 0)
        const other = { metric: 0, weight: 32_767, minDen: 10_000 * (metrics - 1) + 32_767 }
        expect(reweigher.leaving(other)).toBe(0)
        expect(reweigher.leaving({ ...other, minDen: other.minDen + 1 })).toBe(9)
        expect(reweigher.count(plan, other).events[10_000]).toBe(9)
      }
    })

    test('just where a tier begins and ends, with and without rules that hold the score', () => {
      for (const held of [undefined, [0, 5_000], [5_000, 10_000], [4_999, 4_999]] as const) {
        const scorer = create(4)
        const points = [scorer.column(), scorer.column()]
        scorer.values(points[0]!).set([5_000, 4_999, 5_001, 65_535])
        scorer.values(points[1]!).set([10_000, 0, 5_001, 4_999])
        const [low, high] = [scorer.column(), scorer.column()]
        scorer.values(low).fill(held?.[0] ?? 0)
        scorer.values(high).fill(held?.[1] ?? 10_000)
        const run = { start: 0, customers: 4, weights: Uint16Array.of(100, 0), minDen: 1 }
        const plan = { points, runs: [run], ...(held && { clamp: { low, high } }) }
        const [others, cuts, outcome] = [[0, 1, 2, 50].map((weight) => ({ metric: 1, weight, minDen: 1 })), [5_000], Uint8Array.of(1, 0, 1, 0)] // prettier-ignore
        const reweigher = scorer.reweigher({ outcome, cuts, mostWeight: 50 })
        reweigher.take(plan, 0)
        const plain = plainPlan(scorer, plan)
        for (const other of others) {
          const expected = scoredAnew(plain, scoreCustomers(plain, 4), other, { others, cuts, outcome })
          expect(reweigher.leaving(other)).toBe(expected.changedTier)
        }
      }
    })

    test('over several chunks, and runs that begin and end within them', () => {
      holds({ ...HEAVY, customers: CHUNK })
      holds({ ...HEAVY, customers: 2 * CHUNK + 5, missing: 0.5, rules: true })
      holds({ ...HEAVY, customers: 2 * CHUNK + 1, segments: 5, missing: 0.1, heaviest: 100 })
    })
  },
)

test('a reweigher begins with nobody, whatever the last one counted, and judges others than it did', () => {
  const scorer = new KernelScorer(kernel, 9)
  const points = [scorer.column(), scorer.column()]
  for (const [i, column] of points.entries()) scorer.values(column).fill(1_000 + 8_000 * i)
  const plan = { points, runs: [{ start: 0, customers: 9, weights: Uint16Array.of(100, 100), minDen: 1 }] }
  const other = { metric: 1, weight: 0, minDen: 1 }
  const count = (outcome: Uint8Array): (number | undefined)[] => {
    const reweigher = scorer.reweigher({ outcome, cuts: [4_100], mostWeight: 100 })
    reweigher.take(plan, 0)
    const { events, nonEvents } = reweigher.count(plan, other)
    return [events[1_000], nonEvents[1_000], events[5_000], reweigher.leaving(other)]
  }
  const all = new Uint8Array(9).fill(1)
  expect(count(Uint8Array.of(0, 2, 2, 2, 2, 2, 2, 2, 1))).toEqual([1, 1, 0, 9])
  for (let time = 0; time < 2; time++) expect(count(all)).toEqual([9, 0, 0, 9])
  expect(count(Uint8Array.of(2, 1, 0, 0, 2, 2, 2, 2, 2))).toEqual([1, 2, 0, 9])
})

const HEAVY: Case = {
  seed: 11,
  customers: 0,
  metrics: 9,
  missing: 0,
  weightless: 0,
  heaviest: 10_000,
  segments: 1,
  rules: false,
  revenue: false,
}
