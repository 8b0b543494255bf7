import { customerCells, type CustomerCells } from '../../src/core/backtest/customer-cells'
import { FLAGGED_CUT, flaggedCells } from '../../src/core/backtest/flagged-cells'
import type { JointCell } from '../../src/core/backtest/joint-cells'
import { netValueDifference, precisionDifference, recallDifference } from '../../src/core/backtest/mean-difference'
import { bestCuts, roundestCut, type Economics } from '../../src/core/backtest/net-value'
import { partHistogram, partRevenue, type Part, type ScoreHistogram } from '../../src/core/backtest/score-histogram'
import type { Interval } from '../../src/core/backtest/wilson'
import type { HealthModel } from '../../src/core/model/health-model'
import type { Comparison } from './backtest-api'
import type { JudgedData } from './judged-data'

/** Two models' scores, in hundredths per row, of the customers of a part. */
interface TwoScores {
  readonly a: Uint16Array
  readonly b: Uint16Array
  readonly data: JudgedData
  readonly part: Part
  readonly objective: HealthModel['objective']
  /** What acting costs and brings; undefined where no value can be worked out. */
  readonly economics: Economics | undefined
}

/** The score that each model acts below, or from which up it does. */
interface Cuts {
  readonly cutA: number
  readonly cutB: number
}

/** How two models differ where each acts at its own cut. */
export function cutDifferences(scores: TwoScores, cuts: Cuts): Pick<Comparison, 'recall' | 'precision' | 'netValue'> {
  const { cells, repeated } = flagged(scores, cuts)
  const { economics } = scores
  return {
    recall: recallDifference(cells, FLAGGED_CUT, FLAGGED_CUT, repeated),
    precision: precisionDifference(cells, FLAGGED_CUT, FLAGGED_CUT, repeated),
    ...(economics && { netValue: netValueDifference(cells, FLAGGED_CUT, FLAGGED_CUT, economics, repeated) }),
  }
}

/**
 * The interval of a model's net value per 1,000 customers at its cut: that of a mean per customer, so that of the
 * difference from a model that flags nobody and is worth nothing. Undefined where it has none.
 */
export function netValueInterval(
  scores: Omit<TwoScores, 'b'> & { readonly economics: Economics },
  cut: number,
): Interval | undefined {
  const nobody = scores.objective === 'churn' ? 0 : BEYOND
  const { cells, repeated } = flagged({ ...scores, b: scores.a }, { cutA: cut, cutB: nobody })
  const { low, high } = netValueDifference(cells, FLAGGED_CUT, FLAGGED_CUT, scores.economics, repeated)
  return low === undefined || high === undefined ? undefined : { low, high }
}

/** A cut that no score reaches. */
const BEYOND = 101

/** The value of each model at the cut that was best for it on the training part; undefined without economics. */
export function bestValueDifference(
  scores: TwoScores,
  histograms: { readonly a: ScoreHistogram; readonly b: ScoreHistogram },
): Comparison['bestValue'] {
  const { economics, objective } = scores
  if (!economics) return undefined
  const bestOf = (histogram: ScoreHistogram): number | undefined => {
    const eventRevenue = partRevenue(histogram, 'training', objective).events
    const best = bestCuts({ histogram: partHistogram(histogram, 'training', objective), eventRevenue }, economics)
    const [cut] = best?.cuts ?? []
    return cut && roundestCut(cut, objective)
  }
  const [cutA, cutB] = [bestOf(histograms.a), bestOf(histograms.b)]
  if (cutA === undefined || cutB === undefined) return undefined
  const { cells, repeated } = flagged(scores, { cutA, cutB })
  return { ...netValueDifference(cells, FLAGGED_CUT, FLAGGED_CUT, economics, repeated), cutA, cutB }
}

/** The customers by whether each model flags them, and where customers repeat how many rows each has of these. */
function flagged(
  { a, b, data, part, objective, economics }: TwoScores,
  { cutA, cutB }: Cuts,
): { readonly cells: readonly JointCell[]; readonly repeated?: CustomerCells } {
  const revenue = economics?.value.kind === 'revenue' ? data.revenue : undefined
  const customers = data.customers.repeated(part)
  const { judged, outcome } = data.outcomes(part)
  const { cells, cellOf } = flaggedCells({
    ...{ a: { scores: a, cut: cutA }, b: { scores: b, cut: cutB } },
    ...{ judged: customers?.rows ?? judged, outcome, revenue, objective },
  })
  return { cells, ...(customers && { repeated: customerCells(customers, cellOf, revenue) }) }
}
