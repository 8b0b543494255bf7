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
  readonly #counted: { readonly events: Uint32Array; readonly nonEvents: Uint32Array; changedTier: number }[]
  #plan: Plan = { points: [], runs: [] }
  #pieces: Piece[] = []

  /** @param valuesOf a plan with its columns themselves */
  constructor(valuesOf: (plan: Plan<Handle>) => Plan, { outcome, cuts, slots }: Reweighing) {
    this.#valuesOf = valuesOf
    this.#outcome = outcome
    this.#tierOf = new Uint8Array(NOT_SCORED + 1)
    for (const cut of [...cuts, BINS]) for (let at = cut; at <= NOT_SCORED; at++) this.#tierOf[at]!++
    const counted = () => ({ events: new Uint32Array(BINS), nonEvents: new Uint32Array(BINS), changedTier: 0 })
    this.#counted = Array.from({ length: slots }, counted)
  }

  take(plan: Plan<Handle>, first: number): void {
    const last = Math.min(first + CHUNK, this.#outcome.length)
    this.#plan = this.#valuesOf(plan)
    this.#pieces = plan.runs.flatMap((run) => {
      const [start, end] = [Math.max(run.start, first), Math.min(run.start + run.customers, last)]
      return start < end ? [this.#sum(run, start, end)] : []
    })
  }

  #sum(run: Run, start: number, end: number): Piece {
    const { points, clamp } = this.#plan
    const { num, den } = sumPoints(points, run.weights, start, end)
    const [tierOf, score] = [this.#tierOf, scoreOf]
    const tiers = Uint8Array.from(num, (sum, i) => tierOf[score(sum, den[i]!, run.minDen, clamp, start + i)]!)
    return { run, start, num, den, tiers }
  }

  count(slot: number, { metric, weight, minDen }: OtherWeight): void {
    const { points, clamp } = this.#plan
    const [counted, column, outcome, tierOf] = [this.#counted[slot]!, points[metric]!, this.#outcome, this.#tierOf]
    const [none, unscored, score] = [MISSING_POINTS, NOT_SCORED, scoreOf]
    for (const { run, start, num, den, tiers } of this.#pieces) {
      const change = weight - run.weights[metric]!
      for (let i = 0; i < num.length; i++) {
        const row = start + i
        const own = column[row]!
        const other =
          own === none
            ? score(num[i]!, den[i]!, minDen, clamp, row)
            : score(num[i]! + change * own, den[i]! + change, minDen, clamp, row)
        if (tierOf[other] !== tiers[i]) counted.changedTier++
        if (other === unscored) continue
        if (outcome[row] === 1) counted.events[other]!++
        else if (outcome[row] === 0) counted.nonEvents[other]!++
      }
    }
  }

  counted(slot: number): OtherScores {
    return this.#counted[slot]!
  }
}
