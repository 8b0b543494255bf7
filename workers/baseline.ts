import type { BaselineEvaluation } from '../src/core/backtest/evaluation'
import { changedTier, MOVE_BINS, tierPerBin } from '../src/core/backtest/moves'
import type { OutcomeHistogram } from '../src/core/backtest/outcome-histogram'
import { doubledPlacements, pairedDelong } from '../src/core/backtest/paired-delong'
import { BINS, CLASS_COUNT, CLASSES, type ScoreHistogram } from '../src/core/backtest/score-histogram'
import type { HealthModel } from '../src/core/model/health-model'
import type { Against, Handle, Scorer } from './scorer'

/** A pinned model's scores, and how others compare with it on the customers of the training part that both score. */
export class Baseline {
  readonly #scorer: Scorer
  readonly #scores: Handle
  readonly #histogram: ScoreHistogram
  readonly #tierOf: Uint8Array
  /** The baseline's counts and placements where all whom it scores are compared, as they nearly always are. */
  #whole: Placed | undefined

  /** @param scores the baseline's scores, which it keeps until it is released */
  constructor(scorer: Scorer, scores: Handle, { tiers }: HealthModel) {
    this.#scorer = scorer
    this.#scores = scores
    this.#histogram = scorer.count(scores)
    this.#tierOf = tierPerBin(tiers)
  }

  release(): void {
    this.#scorer.release(this.#scores)
  }

  /** Counts scores, and against the baseline's in the same pass. */
  count(scores: Handle): Against {
    return this.#scorer.countAgainst(scores, this.#scores, this.#tierOf)
  }

  compare(scores: Handle, against: Against, { objective, tiers }: HealthModel): BaselineEvaluation {
    const a = trainingWithout(against.histogram, against.onlyScores, objective)
    const { histogram: b, table } = this.#placed(against.onlyBaseline, objective)
    const sums = this.#scorer.sumPlacements(scores, this.#scores, table)
    const difference = pairedDelong({ a, b, placements: ofTraining(sums, objective) })
    return { ...difference, changedTier: changedTier(against.moves, tiers) }
  }

  #placed(only: Uint32Array, objective: HealthModel['objective']): Placed {
    const all = only.every((count) => count === 0)
    if (all && this.#whole?.objective === objective) return this.#whole
    const histogram = trainingWithout(this.#histogram, only, objective)
    const placed = { objective, histogram, table: placementTable(histogram, objective) }
    if (all) this.#whole = placed
    return placed
  }
}

/** The baseline's customers of the training part, and each one's placement among the others by its score. */
interface Placed {
  readonly objective: HealthModel['objective']
  readonly histogram: OutcomeHistogram
  readonly table: Uint32Array
}

/** The counts of the training part less those of customers that the other model does not score, riskiest first. */
function trainingWithout(
  { counts }: ScoreHistogram,
  only: Uint32Array,
  objective: HealthModel['objective'],
): OutcomeHistogram {
  const rest = (index: number): Uint32Array => {
    const left = counts.slice(index * BINS, (index + 1) * BINS)
    const gone = only.subarray(index * MOVE_BINS)
    for (let bin = 0; bin < left.length; bin++) left[bin]! -= gone[bin]!
    return objective === 'churn' ? left : left.reverse()
  }
  return { events: rest(CLASSES.trainingEvent), nonEvents: rest(CLASSES.trainingStayed) }
}

/** The placements of the training part per class and bin of the score. */
function placementTable(histogram: OutcomeHistogram, objective: HealthModel['objective']): Uint32Array {
  const { events, nonEvents } = doubledPlacements(histogram)
  const table = new Uint32Array(CLASS_COUNT * MOVE_BINS)
  const put = (index: number, placed: Float64Array): void =>
    table.set(objective === 'churn' ? placed : placed.toReversed(), index * MOVE_BINS)
  put(CLASSES.trainingEvent, events)
  put(CLASSES.trainingStayed, nonEvents)
  return table
}

function ofTraining(sums: Float64Array, objective: HealthModel['objective']) {
  const of = (index: number): Float64Array => {
    const ofClass = sums.subarray(index * MOVE_BINS, index * MOVE_BINS + BINS)
    return objective === 'churn' ? ofClass : ofClass.toReversed()
  }
  return { events: of(CLASSES.trainingEvent), nonEvents: of(CLASSES.trainingStayed) }
}
