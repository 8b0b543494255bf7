import { Z95, type Auc } from './auc'
import { twoSidedP } from './normal'

/** What one day was judged as. */
export interface DayAuc {
  /** In days since 1970-01-01. */
  readonly day: number
  readonly auc: Auc
}

/** How the AUC moves from day to day. */
export interface AucOverTime {
  /** Days that could be judged, the earliest and the latest of them. */
  readonly days: number
  readonly from: number
  readonly to: number
  /** The lowest and the highest AUC of a day. */
  readonly least: number
  readonly most: number
  /** Change of the AUC in 30 days, with its 95% interval and its two-sided p: what luck alone would give as often. */
  readonly slope: { readonly difference: number; readonly low: number; readonly high: number; readonly p: number }
}

const MONTH = 30

/**
 * The line through the AUCs of several days, each weighed by 1/variance (weighted least squares with known variances):
 * slope Σw(t−t̄)(A−Ā)/Σw(t−t̄)², variance 1/Σw(t−t̄)². Days are taken to be independent; where the same customers are
 * judged on each, that makes it slower to call a change, never quicker. Undefined with fewer than three days that have a
 * variance: a line goes through any two.
 */
export function aucOverTime(dates: readonly DayAuc[]): AucOverTime | undefined {
  const judged = dates.flatMap(({ day, auc: { auc, variance } }) =>
    auc === undefined || variance === undefined || variance <= 0 ? [] : [{ day, auc, weight: 1 / variance }],
  )
  if (judged.length < 3) return undefined
  const weighed = (value: (each: (typeof judged)[number]) => number): number =>
    judged.reduce((sum, each) => sum + each.weight * value(each), 0)
  const all = weighed(() => 1)
  const [day, mean] = [weighed((each) => each.day) / all, weighed((each) => each.auc) / all]
  const spread = weighed((each) => (each.day - day) ** 2)
  if (spread === 0) return undefined
  const slope = weighed((each) => (each.day - day) * (each.auc - mean)) / spread
  const error = 1 / Math.sqrt(spread)
  const aucs = judged.map(({ auc }) => auc)
  const days = judged.map((each) => each.day)
  return {
    days: judged.length,
    from: Math.min(...days),
    to: Math.max(...days),
    least: Math.min(...aucs),
    most: Math.max(...aucs),
    slope: {
      difference: MONTH * slope,
      low: MONTH * (slope - Z95 * error),
      high: MONTH * (slope + Z95 * error),
      p: twoSidedP(slope / error),
    },
  }
}
