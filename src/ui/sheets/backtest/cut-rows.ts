import { atCut, type CutFigures } from '../../../core/backtest/cut'
import type { Valued } from '../../../core/backtest/net-value'
import { riskiestBins } from '../../../core/backtest/score-histogram'
import type { HealthModel } from '../../../core/model/health-model'

/** A cut of the table, with what acting on it would have met. */
export interface CutRow {
  readonly cut: number
  readonly figures: CutFigures
  /** In whole units of money; undefined without cost and value. */
  readonly value: number | undefined
  readonly own: boolean
  readonly best: boolean
}

export interface CutChoice {
  readonly own: number
  readonly best: number | undefined
}

type Objective = HealthModel['objective']

/** Every whole score, with yours and the best among them. */
export function everyCut({ own, best }: CutChoice): number[] {
  const whole = Array.from({ length: 101 }, (_, cut) => cut)
  return rising([...whole, own, ...(best === undefined ? [] : [best])])
}

const MOST = 9

/**
 * The cuts that are worth a look: fives that flag more than hardly anybody and fewer than nearly everybody, yours and
 * the best. Of many fives, those nearest to the two.
 */
export function telling({ own, best }: CutChoice, shareAt: (cut: number) => number): number[] {
  const fives = Array.from({ length: 19 }, (_, i) => 5 * (i + 1)).filter((cut) => {
    const share = shareAt(cut)
    return share > 0.01 && share < 0.95 && cut !== own && cut !== best
  })
  const middle = (own + (best ?? own)) / 2
  const near = fives.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)).slice(0, MOST)
  return rising([...near, own, ...(best === undefined ? [] : [best])])
}

function rising(cuts: readonly number[]): number[] {
  return [...new Set(cuts)].sort((a, b) => a - b)
}

/** @param values of every cut by the bins that it flags; undefined without cost and value */
export function cutRows(
  cuts: readonly number[],
  { histogram }: Valued,
  values: Float64Array | undefined,
  { own, best }: CutChoice,
  objective: Objective,
): CutRow[] {
  return cuts.map((cut) => {
    const bins = riskiestBins(cut, objective)
    return { cut, figures: atCut(histogram, bins), value: values?.[bins], own: cut === own, best: cut === best }
  })
}
