import type { Economics } from './net-value'

/** Figures that have no closed-form interval, or none where customers repeat. */
export const RESAMPLED = [
  'averagePrecision',
  'ks',
  'topDecileLift',
  'recall',
  'precision',
  'brier',
  'netValue',
  'bestCut',
] as const
export type Resampled = (typeof RESAMPLED)[number]

/** How a model's customers are judged in every draw. */
export interface Judged {
  /** Riskiest bins that are flagged. */
  readonly cut: number
  /** Chance of the event per bin; absent without a calibration. */
  readonly chance?: ArrayLike<number>
  readonly economics?: Economics
}

/** One model's drawn customers, counted in the bins that any of them is in; riskiest first. */
export interface DrawnCounts {
  /** The bins that are held, rising. */
  readonly bins: Uint32Array
  /** Non-events and events by turns: 2·i and 2·i + 1 for bins[i]. */
  readonly counts: Float64Array
  /** Revenue of the events per held bin, in hundredths. */
  readonly eventRevenue: Float64Array
}

/**
 * The figures of one draw in one pass over the held bins, in the order of RESAMPLED; NaN where the draw has no such
 * figure. Net value is per 1,000 customers at the cut; the best cut is the fewest riskiest bins of the greatest value.
 */
export function resampledFigures(drawn: DrawnCounts, judged: Judged): Float64Array {
  const out = new Float64Array(RESAMPLED.length).fill(NaN)
  const { n1, n0 } = outcomes(drawn.counts)
  ranking(drawn, n1, n0, out)
  atTheCut(drawn, judged.cut, n1, out)
  if (judged.chance && n1 + n0 > 0) out[5] = meanLoss(drawn, judged.chance) / (n1 + n0)
  if (judged.economics && n1 + n0 > 0) netValues(drawn, judged.cut, judged.economics, n1 + n0, out)
  return out
}

function outcomes(counts: Float64Array): { n1: number; n0: number } {
  let [n1, n0] = [0, 0]
  for (let i = 0; i < counts.length; i += 2) {
    n0 += counts[i]!
    n1 += counts[i + 1]!
  }
  return { n1, n0 }
}

/** Average precision, KS and the lift of the riskiest tenth. */
function ranking({ bins, counts }: DrawnCounts, n1: number, n0: number, out: Float64Array): void {
  const tenth = (n1 + n0) / 10
  let [caught, flagged, precision, ks, inTenth] = [0, 0, 0, 0, 0]
  for (let i = 0; i < bins.length; i++) {
    const events = counts[2 * i + 1]!
    const customers = counts[2 * i]! + events
    if (customers === 0) continue
    if (flagged < tenth) inTenth += events * Math.min(1, (tenth - flagged) / customers)
    caught += events
    flagged += customers
    precision += events * (caught / flagged)
    const apart = caught * n0 - (flagged - caught) * n1
    if (apart > ks) ks = apart
  }
  out[0] = n1 > 0 ? precision / n1 : NaN
  out[1] = n1 > 0 && n0 > 0 ? ks / (n1 * n0) : NaN
  out[2] = n1 > 0 ? inTenth / (n1 / 10) : NaN
}

function atTheCut({ bins, counts }: DrawnCounts, cut: number, n1: number, out: Float64Array): void {
  let [caught, flagged] = [0, 0]
  for (let i = 0; i < bins.length && bins[i]! < cut; i++) {
    caught += counts[2 * i + 1]!
    flagged += counts[2 * i]! + counts[2 * i + 1]!
  }
  out[3] = n1 > 0 ? caught / n1 : NaN
  out[4] = flagged > 0 ? caught / flagged : NaN
}

function meanLoss({ bins, counts }: DrawnCounts, chance: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < bins.length; i++) {
    const p = chance[bins[i]!]!
    sum += counts[2 * i]! * p * p + counts[2 * i + 1]! * (1 - p) * (1 - p)
  }
  return sum
}

function netValues(drawn: DrawnCounts, cut: number, economics: Economics, customers: number, out: Float64Array): void {
  const { cost, saveRate, value } = economics
  const { bins, counts, eventRevenue } = drawn
  const byAmount = value.kind === 'amount'
  const each = saveRate * (byAmount ? value.amount : value.months / 100)
  let [worth, flagged, atCut, best, bestCut] = [0, 0, 0, 0, 0]
  for (let i = 0; i < bins.length; i++) {
    const events = counts[2 * i + 1]!
    worth += byAmount ? events : eventRevenue[i]!
    flagged += counts[2 * i]! + events
    const net = each * worth - cost * flagged
    if (bins[i]! < cut) atCut = net
    if (net > best) {
      best = net
      bestCut = bins[i]! + 1
    }
  }
  out[6] = (1000 * atCut) / customers
  out[7] = bestCut
}
