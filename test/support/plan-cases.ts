import fc from 'fast-check'
import { CLASS_COUNT } from '../../src/core/backtest/score-histogram'
import { RandomStream } from '../../src/core/random'
import type { Plan, Run } from '../../src/core/scoring/reference'
import { MISSING_POINTS } from '../../src/core/scoring/scale'
import type { Handle, Scorer } from '../../workers/scorer'

/** A model and its customers, made up from a seed. */
export interface Case {
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

/** Cases with up to so many customers and metrics. */
export const cases = (customers: number, metrics: number): fc.Arbitrary<Case> =>
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
export function prepare(given: Case, scorer: Scorer): { plan: Plan<Handle>; out: Handle; random: () => number } {
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
