import type { CutFigures } from '../../../core/backtest/cut'
import type { Likely } from '../../../core/backtest/likely'
import type { Resampled } from '../../../core/backtest/resampled-figures'
import { fixed, percent } from '../../../core/figure'
import type { Judged } from './judged.svelte'
import { caughtLabel } from './measures'
import type { OutcomeWords } from '../../../core/backtest/outcome-words'
import type { Resampling } from './passes'
import { signed, signedPoints } from '../../parts/signed'

/** A figure of both parts. */
export interface GapLine {
  /** Its name in the files, without the part. */
  readonly name: string
  readonly label: string
  readonly training: Likely
  readonly holdout: Likely
  readonly text: (value: number) => string
  readonly change: (value: number) => string
  /** Whether a negative gap is good news. */
  readonly lower: boolean
}

interface Beside {
  readonly repeated: boolean
  readonly resampling: Resampling | undefined
  readonly words: OutcomeWords
}

/** The figures of both parts side by side, with their intervals where there are any. */
export function gapLines(judged: Judged, { repeated, resampling, words }: Beside): GapLine[] {
  const { training, holdout, trainingAt, holdoutAt, trainingBrier, holdoutBrier, cut } = judged
  const drawn = (part: 'training' | 'holdout', name: Resampled, value: number | undefined): Likely => {
    const found = resampling?.[part]?.a[name]
    return { value, low: found?.low, high: found?.high }
  }
  const both = (name: Resampled, a: number | undefined, b: number | undefined) => ({
    training: drawn('training', name, a),
    holdout: drawn('holdout', name, b),
  })
  const share = (name: 'recall' | 'precision') => {
    if (repeated) return both(name, trainingAt[name], holdoutAt[name])
    return { training: wilsonOf(trainingAt, name), holdout: wilsonOf(holdoutAt, name) }
  }
  const three = { text: (value: number) => fixed(value, 3), change: (value: number) => signed(value, 3), lower: false }
  const points = { text: (value: number) => percent(value, 1), change: signedPoints, lower: false }
  return [
    { name: 'auc', label: 'AUC', training: ofAuc(training.auc), holdout: ofAuc(holdout.auc), ...three },
    {
      name: 'averagePrecision',
      label: 'Average precision',
      ...both('averagePrecision', training.averagePrecision, holdout.averagePrecision),
      ...three,
    },
    {
      name: 'lift:1',
      label: 'Top-decile lift',
      ...both('topDecileLift', training.gains?.lift[0], holdout.gains?.lift[0]),
      text: (value) => `${fixed(value, 2)}×`,
      change: (value) => signed(value, 2),
      lower: false,
    },
    { name: `cut:${cut}:recall`, label: caughtLabel(words), ...share('recall'), ...points },
    { name: `cut:${cut}:precision`, label: 'Right when flagged (prec.)', ...share('precision'), ...points },
    {
      name: 'brier',
      label: 'Brier error',
      ...(repeated
        ? both('brier', trainingBrier?.brier, holdoutBrier?.brier)
        : { training: ofBrier(trainingBrier), holdout: ofBrier(holdoutBrier) }),
      ...three,
      lower: true,
    },
  ]
}

function ofAuc({ auc, low, high }: Judged['training']['auc']): Likely {
  return { value: auc, low, high }
}

function wilsonOf(at: CutFigures, name: 'recall' | 'precision'): Likely {
  const interval = at[`${name}Interval`]
  return { value: at[name], low: interval?.low, high: interval?.high }
}

function ofBrier(score: Judged['brier']): Likely {
  return { value: score?.brier, low: score?.low, high: score?.high }
}
