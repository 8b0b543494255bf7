import { drawPlainly } from '../src/core/backtest/drawing'
import { MOVE_BINS, MOVE_TIERS } from '../src/core/backtest/moves'
import { BINS, CLASS_COUNT, type ScoreHistogram } from '../src/core/backtest/score-histogram'
import { countScores } from '../src/core/scoring/count'
import type { PointsSum } from '../src/core/scoring/explain'
import { reasonsOf, type Direction, type Moving, type Reasons } from '../src/core/scoring/reasons'
import {
  NOT_SCORED,
  scoreCustomers,
  scoreOf,
  sumPoints,
  weightWithPoints,
  type Plan,
  type Run,
} from '../src/core/scoring/reference'
import { MISSING_POINTS } from '../src/core/scoring/scale'
import { ReferenceReweigher } from './reference-reweigher'
import type { OtherWeight, Reweigher, Reweighing } from './reweigher'
import { MOST_KEPT_ROWS, type Against, type Handle, type Moves, type Scorer } from './scorer'

/** The same as the kernel in plain TypeScript: the specification, and what serves where SIMD is absent. */
export class ReferenceScorer implements Scorer {
  readonly drawFrom = drawPlainly
  readonly #rows: number
  readonly #columns: Uint16Array[] = []
  readonly #free: Handle[] = []
  #classes: Uint8Array
  #amounts: Float64Array | undefined
  #tiers = new Uint8Array()
  #kept:
    | { readonly plan: Plan<Handle>; readonly run: Run; readonly num: Float64Array; readonly den: Float64Array }
    | undefined

  constructor(rows: number) {
    this.#rows = rows
    this.#classes = new Uint8Array(rows)
  }

  column(): Handle {
    return this.#free.pop() ?? this.#columns.push(new Uint16Array(this.#rows)) - 1
  }

  release(column: Handle): void {
    this.#free.push(column)
  }

  values(column: Handle): Uint16Array {
    return this.#columns[column]!
  }

  judge(classes: Uint8Array, amounts: Float64Array | undefined): void {
    this.#classes = classes
    this.#amounts = amounts
  }

  score(plan: Plan<Handle>, out: Handle): void {
    this.values(out).set(scoreCustomers(this.#valuesOf(plan), this.#rows))
  }

  scoreAndKeep(plan: Plan<Handle>, out: Handle): boolean {
    this.score(plan, out)
    const [run, ...others] = plan.runs
    this.#kept = undefined
    if (!run || others.length > 0 || this.#rows > MOST_KEPT_ROWS) return false
    const { points } = this.#valuesOf(plan)
    this.#kept = { plan, run, ...sumPoints(points, run.weights, run.start, run.start + run.customers) }
    return true
  }

  rescore({ metric, weight, minDen }: OtherWeight, out: Handle): void {
    const { plan, run, num, den } = this.#kept!
    const { points, clamp } = this.#valuesOf(plan)
    const [own, scores, change] = [points[metric]!, this.values(out), weight - run.weights[metric]!]
    for (let i = 0; i < num.length; i++) {
      const row = run.start + i
      const more = own[row] === MISSING_POINTS ? 0 : change
      scores[row] = scoreOf(num[i]! + more * own[row]!, den[i]! + more, minDen, clamp, row)
    }
  }

  #valuesOf({ points, runs, clamp }: Plan<Handle>): Plan {
    return {
      points: points.map((column) => this.values(column)),
      runs,
      ...(clamp && { clamp: { low: this.values(clamp.low), high: this.values(clamp.high) } }),
    }
  }

  countCustomers(column: Handle): Uint32Array {
    const counts = new Uint32Array(CLASS_COUNT * BINS)
    for (const [row, value] of this.values(column).entries()) {
      if (value !== NOT_SCORED) counts[this.#classes[row]! * BINS + value]!++
    }
    return counts
  }

  sumPoints(column: Handle): PointsSum {
    let [sum, customers] = [0, 0]
    for (const points of this.values(column)) {
      if (points === MISSING_POINTS) continue
      sum += points
      customers++
    }
    return { sum, customers }
  }

  reasons(moving: Moving<Handle>, direction: Direction): Reasons {
    const points = moving.points.map((column) => this.values(column))
    return reasonsOf({ ...moving, points }, direction, this.#rows)
  }

  weightWithPoints(plan: Plan<Handle>): Uint32Array {
    return weightWithPoints(this.#valuesOf(plan), this.#rows)
  }

  count(scores: Handle): ScoreHistogram {
    return countScores(this.values(scores), this.#classes, this.#amounts)
  }

  keepTiers(scores: Handle, tierOf: Uint8Array): void {
    this.#tiers = this.#tiersOf(scores, tierOf)
  }

  countChanged(scores: Handle, tierOf: Uint8Array): number {
    const tiers = this.#tiersOf(scores, tierOf)
    return this.#tiers.reduce((changed, tier, row) => changed + Number(tier !== tiers[row]), 0)
  }

  countAgainst(scores: Handle, baseline: Handle, tierOf: Uint8Array): Against {
    const onlyScores = new Uint32Array(CLASS_COUNT * MOVE_BINS)
    const onlyBaseline = new Uint32Array(CLASS_COUNT * MOVE_BINS)
    const before = this.values(baseline)
    for (const [row, score] of this.values(scores).entries()) {
      if ((score === NOT_SCORED) === (before[row] === NOT_SCORED)) continue
      const group = this.#classes[row]! * MOVE_BINS
      if (score === NOT_SCORED) onlyBaseline[group + before[row]!]!++
      else onlyScores[group + score]!++
    }
    const moves = this.#movesFrom(this.#tiersOf(baseline, tierOf), scores)
    return { histogram: this.count(scores), moves, onlyScores, onlyBaseline }
  }

  reweigher(of: Reweighing): Reweigher {
    return new ReferenceReweigher((plan) => this.#valuesOf(plan), of)
  }

  sumPlacements(scores: Handle, baseline: Handle, placements: Uint32Array): Float64Array {
    const sums = new Float64Array(CLASS_COUNT * MOVE_BINS)
    const before = this.values(baseline)
    for (const [row, score] of this.values(scores).entries()) {
      const group = this.#classes[row]! * MOVE_BINS
      sums[group + binOf(score)]! += placements[group + binOf(before[row]!)]!
    }
    return sums
  }

  #tiersOf(scores: Handle, tierOf: Uint8Array): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.values(scores), (score) => tierOf[binOf(score)]!)
  }

  #movesFrom(tiers: Uint8Array, scores: Handle): Moves {
    const moves = new Uint32Array(MOVE_TIERS * MOVE_BINS)
    for (const [row, score] of this.values(scores).entries()) moves[tiers[row]! * MOVE_BINS + binOf(score)]!++
    return moves
  }
}

/** Whoever is not scored has the bin after the last score. */
function binOf(score: number): number {
  return Math.min(score, BINS)
}
