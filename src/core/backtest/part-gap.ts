import type { Likely } from './likely'

/** How a figure of customers that the model has not seen differs from that of those it was made with. */
export interface PartGap {
  /** Hold-out − training. */
  readonly gap: number | undefined
  /** How far the two stray apart by luck alone, 95 times in 100; undefined where one has no interval. */
  readonly luck: number | undefined
  /** Whether it is more than luck; undefined where that cannot be told. */
  readonly beyond: boolean | undefined
}

/** The parts hold different customers, so the squares of their half intervals add up. */
export function partGap(training: Likely, holdout: Likely): PartGap {
  if (training.value === undefined || holdout.value === undefined) return NONE
  const gap = holdout.value - training.value
  const [a, b] = [half(training), half(holdout)]
  if (a === undefined || b === undefined) return { ...NONE, gap }
  const luck = Math.hypot(a, b)
  return { gap, luck, beyond: Math.abs(gap) > luck }
}

const NONE: PartGap = { gap: undefined, luck: undefined, beyond: undefined }

function half({ low, high }: Likely): number | undefined {
  return low === undefined || high === undefined ? undefined : (high - low) / 2
}
