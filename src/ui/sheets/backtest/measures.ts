import type { Backtest } from '../../../core/backtest/backtest'
import type { BootstrapResult } from '../../../core/backtest/bootstrap'
import type { BrierScore } from '../../../core/backtest/calibration'
import type { CutFigures } from '../../../core/backtest/cut'
import type { Likely } from '../../../core/backtest/likely'
import type { Difference } from '../../../core/backtest/mean-difference'
import type { Resampled } from '../../../core/backtest/resampled-figures'
import type { Interval } from '../../../core/backtest/wilson'
import { counted, fixed, percent, upTo, whole } from '../../../core/figure'
import { aucMeaning, type OutcomeWords } from '../../../core/backtest/outcome-words'
import { capital } from '../../parts/capital'
import type { Comparison } from './passes'
import { signed, signedPoints, signedWhole } from '../../parts/signed'

/** A line of the comparison: one figure of this model, and of the pinned one where there is one. */
export interface Measure extends Likely {
  /** Its name in the files, without the part. */
  readonly name: string
  readonly label: string
  readonly info: string
  /** What it says of the customers. */
  readonly words: string
  readonly text: (value: number) => string
  readonly change: (difference: number) => string
  /** Whether less is better. */
  readonly lower: boolean
  /** Whether its interval takes a pass over the customers, as drawing them does, and follows after an edit. */
  readonly drawn?: boolean
  readonly against: Difference | undefined
}

/** What the lines are made of; undefined where it does not exist. */
export interface Measured {
  readonly figures: Backtest
  readonly at: CutFigures
  /** As people write it. */
  readonly cut: string
  readonly cutScore: number
  readonly brier: BrierScore | undefined
  /** Brier score of giving everybody the same chance. */
  readonly flatBrier: number | undefined
  readonly perThousand: number | undefined
  /** Its interval; undefined where it is not known yet. */
  readonly valueInterval: Interval | undefined
  /** The cut of the greatest difference, as people write it. */
  readonly ksCut: string | undefined
  /** Whether IDs repeat, so that intervals of shares and of means need customers to be drawn. */
  readonly repeated: boolean
  readonly resampled: BootstrapResult | undefined
  readonly comparison: Comparison | undefined
}

const three = (value: number): string => fixed(value, 3)
const threeSigned = (value: number): string => signed(value, 3)
const NO_INTERVAL = { low: undefined, high: undefined }

export function measures(of: Measured, words: OutcomeWords): Measure[] {
  return [...ranking(of, words), ...atTheCut(of, words), ...chancesAndMoney(of, words)]
}

/** A figure that customers are drawn for, with the interval that has been found. */
function likely(value: number | undefined, of: Measured, name: Resampled): Likely & { readonly drawn: true } {
  const { low, high } = of.resampled?.a[name] ?? NO_INTERVAL
  return { value, low, high, drawn: true }
}

/** The difference of a figure that customers are drawn for. */
function drawn({ comparison }: Measured, name: Resampled): Difference | undefined {
  const result = comparison?.resampled
  const difference = result?.difference?.[name]
  if (!result || !difference) return undefined
  const { value, low, high, p } = difference
  return { a: result.a[name].value, b: result.b?.[name].value, difference: value, low, high, p }
}

function ranking(of: Measured, words: OutcomeWords): Measure[] {
  const { happened, stayed, riskiest } = words
  const { figures, comparison } = of
  const { auc, gains, averagePrecision, ks, n, events } = figures
  const rate = n === 0 ? 0 : events / n
  const paired = comparison?.auc
  return [
    {
      name: 'auc',
      label: 'AUC',
      info: aucMeaning(words),
      ...{ value: auc.auc, low: auc.low, high: auc.high },
      words: auc.auc === undefined ? '' : `${whole(100 * auc.auc)} of 100 pairs in the right order`,
      ...{ text: three, change: threeSigned, lower: false },
      against: paired && { ...paired, a: paired.aucA, b: paired.aucB },
    },
    {
      name: 'averagePrecision',
      label: 'Average precision',
      info: `Working down the list from the ${riskiest} score: how pure the list stays, averaged over every ${happened} customer found.`,
      ...likely(averagePrecision, of, 'averagePrecision'),
      words: `${three(rate)} by chance`,
      ...{ text: three, change: threeSigned, lower: false },
      against: drawn(of, 'averagePrecision'),
    },
    {
      name: 'lift:1',
      label: 'Top-decile lift',
      info: `How many times more often the ${riskiest}-scoring 10% ${happened} than average.`,
      ...likely(gains?.lift[0], of, 'topDecileLift'),
      words: gains ? `${percent(gains.lift[0]! * rate)} of the ${riskiest} 10% ${happened}` : '',
      ...{ text: (value) => `${fixed(value, 2)}×`, change: (value) => signed(value, 2), lower: false },
      against: drawn(of, 'topDecileLift'),
    },
    {
      name: 'ks',
      label: 'Widest gap (KS)',
      info: `At the cut that parts the two best, the share of the ${happened} that is flagged less the share of the ${stayed} that is.`,
      ...likely(ks?.ks, of, 'ks'),
      words: of.ksCut === undefined ? 'no cut parts them' : `at cut ${of.ksCut}`,
      ...{ text: three, change: threeSigned, lower: false },
      against: drawn(of, 'ks'),
    },
  ]
}

/** "Churned caught (recall)". */
export function caughtLabel({ happened }: OutcomeWords): string {
  return `${capital(happened)} caught (recall)`
}

function atTheCut(of: Measured, words: OutcomeWords): Measure[] {
  const { happened, flagged } = words
  const { at, cut, cutScore, repeated, comparison } = of
  const share = (value: number | undefined, interval: CutFigures['recallInterval'], name: Resampled): Likely =>
    repeated ? likely(value, of, name) : { value, low: interval?.low, high: interval?.high }
  const both = { text: (value: number) => percent(value, 1), change: signedPoints, lower: false }
  return [
    {
      name: `cut:${cutScore}:recall`,
      label: caughtLabel(words),
      info: `Recall at your cut of ${cut}: of those who ${happened}, how many were flagged, that is, scored ${flagged(cut)}.`,
      ...share(at.recall, at.recallInterval, 'recall'),
      words: `${whole(at.caught)} of ${whole(at.caught + at.missed)} scored ${flagged(cut)}`,
      ...both,
      against: comparison?.recall,
    },
    {
      name: `cut:${cutScore}:precision`,
      label: 'Right when flagged (precision)',
      info: `Precision at your cut of ${cut}: of those flagged, how many ${happened}.`,
      ...share(at.precision, at.precisionInterval, 'precision'),
      words:
        at.flagged === 0
          ? `nobody scores ${flagged(cut)}`
          : `${whole(at.caught)} of ${counted(at.flagged, 'flagged', 'flagged')}`,
      ...both,
      against: comparison?.precision,
    },
  ]
}

function chancesAndMoney(of: Measured, { event }: OutcomeWords): Measure[] {
  const { brier, flatBrier, perThousand, cut, comparison } = of
  const ofChance: Measure = {
    name: 'brier',
    label: 'Brier error, lower is better',
    info: `Average squared gap between the ${event} chance that the training customers give a score and what happened.`,
    ...(of.repeated ? likely(brier?.brier, of, 'brier') : { value: brier?.brier, low: brier?.low, high: brier?.high }),
    words: flatBrier === undefined ? '' : `${three(flatBrier)} with one chance for all`,
    ...{ text: three, change: threeSigned, lower: true },
    against: comparison?.brier,
  }
  if (perThousand === undefined) return [ofChance]
  return [
    ofChance,
    {
      name: 'perThousand',
      label: 'Net value per 1,000 customers',
      info: `What acting at your cut of ${cut} brings less what it costs, from the cost and value inputs below.`,
      ...{ value: perThousand, low: of.valueInterval?.low, high: of.valueInterval?.high, drawn: true },
      words: `at your cut of ${upTo(of.cutScore, 2)}`,
      ...{ text: whole, change: signedWhole, lower: false },
      against: comparison?.netValue,
    },
  ]
}
