import { BINS } from '../src/core/backtest/score-histogram'
import { NOT_SCORED, scoreOf, sumPoints, type Plan, type Run } from '../src/core/scoring/reference'
import { MISSING_POINTS } from '../src/core/scoring/scale'
import { CHUNK, type OtherScores, type OtherWeight, type Reweigher, type Reweighing } from './reweigher'
import type { Handle } from './scorer'

/** The rows of one run that were taken, with what the plan makes of them. */
interface Piece {
  readonly run: Run
  readonly start: number
  readonly num: Float64Array
  readonly den: Float64Array
  readonly tiers: Uint8Array
}

/** Reweighs in plain TypeScript. */
export class ReferenceReweigher implements Reweigher {
  readonly #valuesOf: (plan: Plan<Handle>) => Plan
  readonly #outcome: Uint8Array
  /** Tier per score; not being scored is one. */
  readonly #tierOf: Uint8Array
  #plan: Plan = { points: [], runs: [] }
  /** Of all that was taken, and of what was taken last. */
  #pieces: Piece[] = []
  #last: Piece[] = []

  /** @param valuesOf a plan with its columns themselves */
  constructor(valuesOf: (plan: Plan<Handle>) => Plan, { outcome, cuts }: Reweighing) {
    this.#valuesOf = valuesOf
    this.#outcome = outcome
    this.#tierOf = new Uint8Array(NOT_SCORED + 1)
    for (const cut of [...cuts, BINS]) for (let at = cut; at <= NOT_SCORED; at++) this.#tierOf[at]!++
  }

  take(plan: Plan<Handle>, first: number): void {
    const last = Math.min(first + CHUNK, this.#outcome.length)
    this.#plan = this.#valuesOf(plan)
    this.#last = plan.runs.flatMap((run) => {
      const [start, end] = [Math.max(run.start, first), Math.min(run.start + run.customers, last)]
      return start < end ? [this.#sum(run, start, end)] : []
    })
    this.#pieces.push(...this.#last)
  }

  #sum(run: Run, start: number, end: number): Piece {
    const { points, clamp } = this.#plan
    const { num, den } = sumPoints(points, run.weights, start, end)
    const [tierOf, score] = [this.#tierOf, scoreOf]
    const tiers = Uint8Array.from(num, (sum, i) => tierOf[score(sum, den[i]!, run.minDen, clamp, start + i)]!)
    return { run, start, num, den, tiers }
  }

  leaving(other: OtherWeight): number {
    const tierOf = this.#tierOf
    let left = 0
    for (const piece of this.#last) {
      for (const [i, score] of scores(this.#plan, piece, other).entries())
        left += Number(tierOf[score] !== piece.tiers[i])
    }
    return left
  }

  count(plan: Plan<Handle>, other: OtherWeight): OtherScores {
    const [values, outcome, unscored] = [this.#valuesOf(plan), this.#outcome, NOT_SCORED]
    const counted = { events: new Uint32Array(BINS), nonEvents: new Uint32Array(BINS) }
    for (const piece of this.#pieces) {
      for (const [i, score] of scores(values, piece, other).entries()) {
        if (score === unscored) continue
        if (outcome[piece.start + i] === 1) counted.events[score]!++
        else if (outcome[piece.start + i] === 0) counted.nonEvents[score]!++
      }
    }
    return counted
  }
}

/** What the rows of a piece score with another weight. */
function scores({ points, clamp }: Plan, { run, start, num, den }: Piece, other: OtherWeight): Uint16Array {
  const { metric, weight, minDen } = other
  const [column, none, score, found] = [points[metric]!, MISSING_POINTS, scoreOf, new Uint16Array(num.length)]
  const change = weight - run.weights[metric]!
  for (let i = 0; i < found.length; i++) {
    const row = start + i
    const own = column[row]!
    found[i] =
      own === none
        ? score(num[i]!, den[i]!, minDen, clamp, row)
        : score(num[i]! + change * own, den[i]! + change, minDen, clamp, row)
  }
  return found
}
