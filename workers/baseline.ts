import type { BaselineEvaluation } from '../src/core/backtest/evaluation'
import { changedTier, MOVE_BINS, MOVE_TIERS, tierPerBin } from '../src/core/backtest/moves'
import type { OutcomeHistogram } from '../src/core/backtest/outcome-histogram'
import { doubledPlacements, pairedCounts, pairedDelong, type PairedCounts } from '../src/core/backtest/paired-delong'
import { BINS, CLASS_COUNT, CLASSES, partHistogram, type ScoreHistogram } from '../src/core/backtest/score-histogram'
import type { HealthModel } from '../src/core/model/health-model'
import { NOT_SCORED } from '../src/core/scoring/reference'
import type { Customers } from './customers'
import type { Handle, Moves, Scorer } from './scorer'

/** A pinned model's scores, and how others compare with it on the training part. */
export class Baseline {
  readonly #scorer: Scorer
  readonly #scores: Uint16Array
  readonly #histogram: OutcomeHistogram

  /** @param scores the baseline's scores; they are copied */
  constructor(scorer: Scorer, scores: Handle, { objective, tiers }: HealthModel) {
    this.#scorer = scorer
    this.#scores = scorer.values(scores).slice()
    this.#histogram = partHistogram(scorer.count(scores), 'training', objective)
    scorer.pin(scores, tierPerBin(tiers), placementTable(this.#histogram, objective))
  }

  compare(scores: Handle, histogram: ScoreHistogram, model: HealthModel, customers: Customers): BaselineEvaluation {
    const { placements, moves } = this.#scorer.countBaseline(scores)
    const { objective } = model
    const counts = sameAreScored(moves)
      ? {
          a: partHistogram(histogram, 'training', objective),
          b: this.#histogram,
          placements: ofTraining(placements, objective),
        }
      : this.#byRows(this.#scorer.values(scores), model, customers)
    return { ...pairedDelong(counts), changedTier: changedTier(moves, model.tiers) }
  }

  /** Where one model scores a customer that the other does not, only those that both score are compared. */
  #byRows(scores: Uint16Array, { objective }: HealthModel, customers: Customers): PairedCounts {
    const outcome = customers.outcome('training') ?? new Uint8Array(scores.length).fill(2)
    const risk = (score: number): number =>
      score === NOT_SCORED ? NOT_SCORED : objective === 'churn' ? score : BINS - 1 - score
    return pairedCounts(scores.map(risk), this.#scores.map(risk), outcome, BINS)
  }
}

/** The placements of the training part per class and bin of the score, for the kernel to look up. */
function placementTable(histogram: OutcomeHistogram, objective: HealthModel['objective']): Uint32Array {
  const { events, nonEvents } = doubledPlacements(histogram)
  const table = new Uint32Array(CLASS_COUNT * MOVE_BINS)
  const put = (index: number, placed: Float64Array): void =>
    table.set(objective === 'churn' ? placed : placed.toReversed(), index * MOVE_BINS)
  put(CLASSES.trainingEvent, events)
  put(CLASSES.trainingStayed, nonEvents)
  return table
}

function ofTraining(sums: Float64Array, objective: HealthModel['objective']): PairedCounts['placements'] {
  const of = (index: number): Float64Array => {
    const ofClass = sums.subarray(index * MOVE_BINS, index * MOVE_BINS + BINS)
    return objective === 'churn' ? ofClass : ofClass.toReversed()
  }
  return { events: of(CLASSES.trainingEvent), nonEvents: of(CLASSES.trainingStayed) }
}

/** Whether the same customers are scored as were: nobody moved into or out of the last tier and bin. */
function sameAreScored(moves: Moves): boolean {
  const none = MOVE_TIERS - 1
  for (let tier = 0; tier < none; tier++) if (moves[tier * MOVE_BINS + BINS]! > 0) return false
  return moves.subarray(none * MOVE_BINS, none * MOVE_BINS + BINS).every((count) => count === 0)
}
