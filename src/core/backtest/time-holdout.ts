import type { OutcomeByDate } from '../model/health-model'
import { quantiles, weigh } from '../scoring/quantile'

/** What a row is for when the split is by time. */
export const TIME_PARTS = { training: 0, holdout: 1, neither: 2 } as const

/** A split by time: learned from the earlier snapshots, judged on the later ones. */
export interface TimeHoldout {
  /** Per row, of TIME_PARTS. */
  readonly parts: Uint8Array
  /** The first day of the hold-out, in days since 1970-01-01. */
  readonly from: number
  /** Earlier rows that no part has, since what happened to them was known only after the hold-out began. */
  readonly overlapping: number
}

const SHARE = 0.7

/**
 * The hold-out by time (backtest.md, Hold-out): the snapshots after the 70th-percentile snapshot date (R type 7, over
 * rows). An earlier row trains only if its whole window, as-of + gap + horizon, had passed when the first hold-out
 * snapshot was taken. Rows without a date are in neither part. Undefined where no snapshot is later than that
 * percentile, as with a single date.
 * @param asOf per row, in days; NaN missing
 * @param window gap and horizon in days where the outcome is by date; none where it is by value
 */
export function timeHoldout(
  asOf: Float64Array,
  window: Pick<OutcomeByDate, 'gap' | 'horizon'> = { gap: 0, horizon: 0 },
): TimeHoldout | undefined {
  const [mark] = quantiles(weigh(asOf), [SHARE])
  const from = asOf.reduce((first, day) => (day > mark! && day < first ? day : first), Infinity)
  if (from === Infinity) return undefined
  const span = window.gap + window.horizon
  let overlapping = 0
  const parts = Uint8Array.from(asOf, (day) => {
    if (day >= from) return TIME_PARTS.holdout
    if (day + span <= from) return TIME_PARTS.training
    if (!Number.isNaN(day)) overlapping++
    return TIME_PARTS.neither
  })
  return { parts, from, overlapping }
}
