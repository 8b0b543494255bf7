import {
  bestCuts,
  netValueAt,
  roundestCut,
  valueCurve,
  type Economics,
  type Valued,
} from '../../../core/backtest/net-value'
import { customersPerBin } from '../../../core/backtest/outcome-histogram'
import { BINS, riskiestBins, partHistogram, partRevenue, type Part } from '../../../core/backtest/score-histogram'
import type { ScoreHistogram } from '../../../core/backtest/score-histogram'
import type { HealthModel } from '../../../core/model/health-model'

type Objective = HealthModel['objective']

/** The customers of a part as their value is worked out. */
export function valuedPart(histogram: ScoreHistogram, part: Part, objective: Objective, hasRevenue: boolean): Valued {
  return {
    histogram: partHistogram(histogram, part, objective),
    ...(hasRevenue && { eventRevenue: partRevenue(histogram, part, objective).events }),
  }
}

/** The cut that the training customers choose, and in how many places the value is the same. */
export interface BestCut {
  readonly cut: number
  readonly ties: number
  /** Whether it flags every customer whatever the score, so that it is no cut to be set. */
  readonly everybody: boolean
}

/** Undefined when reaching nobody is best, or the value cannot be worked out. */
export function bestCut(training: Valued, economics: Economics, objective: Objective): BestCut | undefined {
  const best = bestCuts(training, economics)
  const [first] = best?.cuts ?? []
  if (!best || !first || best.value <= 0) return undefined
  const cut = roundestCut(first, objective)
  return { cut, ties: best.cuts.length, everybody: cut > 100 || (objective === 'expand' && cut <= 0) }
}

/** A cut and what acting at it is worth, for the customers of the part. */
export interface WorthPoint {
  readonly cut: number
  readonly value: number
}

const STEP = 0.25

/** What every quarter of a score would be worth as the cut, over the scores that customers have. */
export function worthCurve(valued: Valued, economics: Economics, objective: Objective): readonly WorthPoint[] {
  const values = valueCurve(valued, economics)
  const range = heldScores(valued, objective)
  if (!values || !range) return []
  const count = Math.round((range.to - range.from) / STEP) + 1
  return Array.from({ length: count }, (_, i) => {
    const cut = range.from + i * STEP
    return { cut, value: values[riskiestBins(cut, objective)]! }
  })
}

/** The tens between which the customers' scores lie. */
function heldScores({ histogram }: Valued, objective: Objective): { from: number; to: number } | undefined {
  const customers = customersPerBin(histogram)
  const first = customers.findIndex((count) => count > 0)
  if (first < 0) return undefined
  const last = customers.findLastIndex((count) => count > 0)
  const [low, high] = objective === 'churn' ? [first, last] : [BINS - 1 - last, BINS - 1 - first]
  return { from: 10 * Math.floor(low / 1000), to: Math.min(100, 10 * Math.ceil((high + 1) / 1000)) }
}

/** What one cut is worth for the customers of a part; undefined where that cannot be worked out. */
export function worthAt(valued: Valued, economics: Economics, cut: number, objective: Objective) {
  return netValueAt(valued, economics, riskiestBins(cut, objective))
}

/** The score at which so many riskiest bins are flagged. */
export function scoreOfBins(bins: number, objective: Objective): number {
  return (objective === 'churn' ? bins : BINS - bins) / 100
}
