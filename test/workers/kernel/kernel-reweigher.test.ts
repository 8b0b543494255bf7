import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BINS } from '../../../src/core/backtest/score-histogram'
import { NOT_SCORED, scoreCustomers, type Plan } from '../../../src/core/scoring/reference'
import { loadKernel } from '../../../workers/kernel/kernel'
import { KernelScorer } from '../../../workers/kernel/kernel-scorer'
import { ReferenceScorer } from '../../../workers/reference-scorer'
import { CHUNK, SLOTS, type OtherScores, type OtherWeight } from '../../../workers/reweigher'
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
function scoredAnew(plan: Plan, today: Uint16Array, other: OtherWeight, { outcome, cuts }: Asked): OtherScores {
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
  const reweigher = scorer.reweigher({ outcome, cuts, slots: others.length })
  for (let start = 0; start < given.customers; start += CHUNK) {
    reweigher.take(plan, start)
    for (const [slot, other] of others.entries()) reweigher.count(slot, other)
  }
  const plain = plainPlan(scorer, plan)
  const today = scoreCustomers(plain, given.customers)
  for (const [slot, other] of others.entries()) {
    const { events, nonEvents, changedTier } = reweigher.counted(slot)
    const expected = scoredAnew(plain, today, other, { others, cuts, outcome })
    expect(changedTier).toBe(expected.changedTier)
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
      for (const metrics of [36, 37, 38, 42, 43, 44]) holds({ ...HEAVY, metrics, customers: 203 })
      for (const metrics of [18, 19]) {
        const scorer = create(9)
        const points = Array.from({ length: metrics }, () => scorer.column())
        for (const column of points) scorer.values(column).fill(10_000)
        const weights = new Uint16Array(metrics).fill(10_000)
        const plan = { points, runs: [{ start: 0, customers: 9, weights, minDen: 1 }] }
        const reweigher = scorer.reweigher({ outcome: new Uint8Array(9).fill(1), cuts: [], slots: 1 })
        reweigher.take(plan, 0)
        reweigher.count(0, { metric: 0, weight: 32_767, minDen: 10_000 * (metrics - 1) + 32_767 })
        expect(reweigher.counted(0).events[10_000]).toBe(9)
      }
    })

    test('over several chunks, and runs that begin and end within them', () => {
      holds({ ...HEAVY, customers: CHUNK })
      holds({ ...HEAVY, customers: 2 * CHUNK + 5, missing: 0.5, rules: true })
      holds({ ...HEAVY, customers: 2 * CHUNK + 1, segments: 5, missing: 0.1, heaviest: 100 })
    })
  },
)

test('a reweigher begins with nobody, whatever the last one counted', () => {
  const scorer = new KernelScorer(kernel, 9)
  const points = [scorer.column(), scorer.column()]
  for (const [i, column] of points.entries()) scorer.values(column).fill(1_000 + 8_000 * i)
  const plan = { points, runs: [{ start: 0, customers: 9, weights: Uint16Array.of(100, 100), minDen: 1 }] }
  const count = (): OtherScores => {
    const reweigher = scorer.reweigher({ outcome: new Uint8Array(9).fill(1), cuts: [4_100], slots: SLOTS })
    reweigher.take(plan, 0)
    reweigher.count(SLOTS - 1, { metric: 1, weight: 0, minDen: 1 })
    return reweigher.counted(SLOTS - 1)
  }
  count()
  const { events, changedTier } = count()
  expect([events[1_000], events[5_000], changedTier]).toEqual([9, 0, 9])
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
