import { brierFromSums, brierLosses, clusteredBrier } from '../src/core/backtest/brier-products'
import type { BaselineEvaluation } from '../src/core/backtest/evaluation'
import type { Difference } from '../src/core/backtest/mean-difference'
import { changedTier, MOVE_BINS, tierPerBin } from '../src/core/backtest/moves'
import type { OutcomeHistogram } from '../src/core/backtest/outcome-histogram'
import { clusteredPairedDelong, pairedDelong, type PairedDifference } from '../src/core/backtest/paired-delong'
import { doubledPlacements } from '../src/core/backtest/placements'
import {
  BINS,
  CLASS_COUNT,
  PART_CLASSES,
  riskBins,
  type Part,
  type ScoreHistogram,
} from '../src/core/backtest/score-histogram'
import type { HealthModel } from '../src/core/model/health-model'
import type { Customers } from './customers'
import type { Against, Handle, Scorer } from './scorer'

/** A pinned model's scores, and how others compare with it on the customers of the training part that both score. */
export class Baseline {
  readonly #scorer: Scorer
  readonly #scores: Handle
  readonly #customers: Compared
  /** Everybody by the baseline's scores. */
  readonly histogram: ScoreHistogram
  readonly model: HealthModel
  readonly #tierOf: Uint8Array
  /** The baseline's counts and placements where all whom it scores are compared, as they nearly always are. */
  readonly #whole = new Map<string, Placed>()

  /** @param scores the baseline's scores, which it keeps until it is released */
  constructor(scorer: Scorer, scores: Handle, model: HealthModel, customers: Compared) {
    this.#scorer = scorer
    this.#customers = customers
    this.#scores = scores
    this.model = model
    this.histogram = scorer.count(scores)
    this.#tierOf = tierPerBin(model.tiers)
  }

  /** Its scores; a view that is valid until the next column is made. */
  get scores(): Uint16Array {
    return this.#scorer.values(this.#scores)
  }

  release(): void {
    this.#scorer.release(this.#scores)
  }

  /** Counts scores, and against the baseline's in the same pass. */
  count(scores: Handle): Against {
    return this.#scorer.countAgainst(scores, this.#scores, this.#tierOf)
  }

  /** How scores compare with the baseline's on the training part, and how many customers change tier. */
  compare(scores: Handle, against: Against, { objective, tiers }: HealthModel): BaselineEvaluation {
    const { difference } = this.paired(scores, against, 'training', objective)
    return { ...difference, changedTier: changedTier(against.moves, tiers, this.scores.length) }
  }

  /** The customers of a part that both score, by either score, and how the AUCs differ. */
  paired(scores: Handle, against: Against, part: Part, objective: HealthModel['objective']): Paired {
    const a = partWithout(against.histogram, against.onlyScores, part, objective)
    const { histogram: b, table } = this.#placed(against.onlyBaseline, part, objective)
    const clustered = this.#clustered(scores, { a, b }, part, objective)
    if (clustered) return { a, b, difference: clustered }
    const sums = this.#scorer.sumPlacements(scores, this.#scores, table)
    return { a, b, difference: pairedDelong({ a, b, placements: ofPart(sums, part, objective) }) }
  }

  /** The customers of a part that both score, by either score. */
  both(against: Against, part: Part, objective: HealthModel['objective']): Pick<Paired, 'a' | 'b'> {
    const a = partWithout(against.histogram, against.onlyScores, part, objective)
    return { a, b: this.#placed(against.onlyBaseline, part, objective).histogram }
  }

  /** Clustered by customer; undefined where no customer repeats. */
  #clustered(
    scores: Handle,
    histograms: Pick<Paired, 'a' | 'b'>,
    part: Part,
    objective: HealthModel['objective'],
  ): PairedDifference | undefined {
    const customers = this.#customers.repeated(part)
    const outcome = customers && this.#customers.outcome(part)
    if (!outcome) return undefined
    const rows = { ...this.#bins(scores, objective), outcome, customers }
    return clusteredPairedDelong(histograms, rows)
  }

  /** Per row, by the scores and by the baseline's. */
  #bins(scores: Handle, objective: HealthModel['objective']) {
    return { a: riskBins(this.#scorer.values(scores), objective), b: riskBins(this.scores, objective) }
  }

  /** How the Brier scores differ, of customers that `paired` has told of. @param chances of the event per bin, riskiest first */
  brier(
    scores: Handle,
    { a, b }: Paired,
    chances: { readonly a: Float64Array; readonly b: Float64Array },
    part: Part,
    objective: HealthModel['objective'],
  ): Difference {
    const [lossA, lossB] = [brierLosses(chances.a), brierLosses(chances.b)]
    const repeated = this.#customers.repeated(part)
    const outcome = repeated && this.#customers.outcome(part)
    if (outcome) return clusteredBrier({ ...this.#bins(scores, objective), outcome, lossA, lossB, customers: repeated })
    const sums = this.#scorer.sumPlacements(scores, this.#scores, tableOf(lossB, part, objective))
    return brierFromSums({ a, b, lossA, lossB, summedB: ofPart(sums, part, objective) })
  }

  #placed(only: Uint32Array, part: Part, objective: HealthModel['objective']): Placed {
    const key = `${part} ${objective}`
    const all = only.every((count) => count === 0)
    const known = all ? this.#whole.get(key) : undefined
    if (known) return known
    const histogram = partWithout(this.histogram, only, part, objective)
    const { events, nonEvents } = doubledPlacements(histogram)
    const placed = { histogram, table: tableOf({ events, nonEvents }, part, objective) }
    if (all) this.#whole.set(key, placed)
    return placed
  }
}

/** The customers that are compared: what happened to them, and whose row each is where customers repeat. */
export type Compared = Pick<Customers, 'outcome' | 'repeated'>

/** The baseline's customers of a part, and each one's placement among the others by its score. */
interface Placed {
  readonly histogram: OutcomeHistogram
  readonly table: Uint32Array
}

/** Two scores of the customers of a part that have both. */
export interface Paired {
  /** By the scores and by the baseline's, riskiest first. */
  readonly a: OutcomeHistogram
  readonly b: OutcomeHistogram
  readonly difference: PairedDifference
}

/** The counts of a part less those of customers that the other model does not score, riskiest first. */
function partWithout(
  { counts }: ScoreHistogram,
  only: Uint32Array,
  part: Part,
  objective: HealthModel['objective'],
): OutcomeHistogram {
  const rest = (classes: readonly number[]): Uint32Array => {
    const left = new Uint32Array(BINS)
    for (const index of classes) {
      const [own, gone] = [counts.subarray(index * BINS), only.subarray(index * MOVE_BINS)]
      for (let bin = 0; bin < left.length; bin++) left[bin]! += own[bin]! - gone[bin]!
    }
    return objective === 'churn' ? left : left.reverse()
  }
  const { events, nonEvents } = PART_CLASSES[part]
  return { events: rest(events), nonEvents: rest(nonEvents) }
}

/** A number per bin, riskiest first, for the classes of a part, as the scorer reads it: whole numbers under 2³². */
function tableOf(of: PerOutcome, part: Part, objective: HealthModel['objective']): Uint32Array {
  const table = new Uint32Array(CLASS_COUNT * MOVE_BINS)
  for (const side of ['events', 'nonEvents'] as const) {
    const rising = objective === 'churn' ? of[side] : of[side].toReversed()
    for (const index of PART_CLASSES[part][side]) table.set(rising, index * MOVE_BINS)
  }
  return table
}

interface PerOutcome {
  readonly events: Float64Array | Uint32Array
  readonly nonEvents: Float64Array | Uint32Array
}

/** What the scorer summed per bin, for a part, riskiest first. */
function ofPart(sums: Float64Array, part: Part, objective: HealthModel['objective']): PerOutcome {
  const of = (classes: readonly number[]): Float64Array => {
    const all = new Float64Array(BINS)
    for (const index of classes) {
      const own = sums.subarray(index * MOVE_BINS)
      for (let bin = 0; bin < all.length; bin++) all[bin]! += own[bin]!
    }
    return objective === 'churn' ? all : all.reverse()
  }
  const { events, nonEvents } = PART_CLASSES[part]
  return { events: of(events), nonEvents: of(nonEvents) }
}
