import { Z95 } from './auc'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's 95% interval of a share, without continuity correction. Undefined for nothing out of nothing. */
export function wilson(successes: number, trials: number): Interval | undefined {
  if (trials === 0) return undefined
  const share = successes / trials
  const z2 = Z95 ** 2 / trials
  const middle = (share + z2 / 2) / (1 + z2)
  const half = (Z95 * Math.sqrt((share * (1 - share) + z2 / 4) / trials)) / (1 + z2)
  return { low: successes === 0 ? 0 : middle - half, high: successes === trials ? 1 : middle + half }
}
