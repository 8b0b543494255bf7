import { hundredths } from '../scoring/scale'
import type { HealthModel } from '../model/health-model'
import { BINS } from './score-histogram'
import type { JointCell } from './joint-cells'

/** One model's scores, and the score that customers on the risky side of are flagged. */
interface Flagging {
  /** In hundredths per row, NOT_SCORED where there is none. */
  readonly scores: Uint16Array
  /** 0…100. */
  readonly cut: number
}

interface FlaggedRows {
  readonly a: Flagging
  readonly b: Flagging
  /** The rows whose outcome is known, and the outcome of every row: 1 event, 0 non-event. */
  readonly judged: Uint32Array
  readonly outcome: Uint8Array
  /** In hundredths; absent without a revenue column. */
  readonly revenue?: Float64Array | undefined
  readonly objective: HealthModel['objective']
}

/** The cut of cells whose only bins are 0, flagged, and 1, not flagged. */
export const FLAGGED_CUT = 1

interface FlaggedCells {
  /** All eight, some of nobody. */
  readonly cells: readonly JointCell[]
  /** Per judged row its cell; NO_CELL where one of the models does not score it. */
  readonly cellOf: Uint8Array
}

const NO_CELL = 255

/**
 * The customers that both models score and whose outcome is known, by whether each model flags them and what happened:
 * eight cells, all that a comparison at fixed cuts needs. One pass over the judged rows.
 */
export function flaggedCells({ a, b, judged, outcome, revenue, objective }: FlaggedRows): FlaggedCells {
  const top = BINS - 1
  const [cutA, cutB] = [hundredths(a.cut), hundredths(b.cut)]
  const [scoresA, scoresB] = [a.scores, b.scores]
  const [customers, sums, squares] = [new Uint32Array(8), new Float64Array(8), new Float64Array(8)]
  const cellOf = new Uint8Array(judged.length).fill(NO_CELL)
  for (let i = 0; i < judged.length; i++) {
    const row = judged[i]!
    const inA = scoresA[row]!
    const inB = scoresB[row]!
    if (inA > top || inB > top) continue
    const cell = 4 * outcome[row]! + (inA >= cutA ? 2 : 0) + (inB >= cutB ? 1 : 0)
    cellOf[i] = cell
    customers[cell]!++
    if (!revenue) continue
    const amount = revenue[row]!
    sums[cell]! += amount
    squares[cell]! += amount * amount
  }
  // Those below the cut are flagged for churn, those from it up for expansion.
  const turn = objective === 'churn' ? 0 : 1
  const cells = Array.from(customers, (count, cell): JointCell => ({
    event: cell >> 2 === 1 ? 1 : 0,
    a: ((cell >> 1) & 1) ^ turn,
    b: (cell & 1) ^ turn,
    customers: count,
    revenue: sums[cell]!,
    revenueSquares: squares[cell]!,
  }))
  return { cells, cellOf }
}
