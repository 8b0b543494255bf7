import { fixed } from '../figure'

/** Differences that luck alone gives less often than this are told from none (two-sided p). */
const SIGNIFICANT = 0.05

/** A figure of one model less that of another, and how often luck alone would give so much; undefined where it cannot be told. */
export interface Tested {
  readonly difference: number | undefined
  readonly p: number | undefined
}

export type Significance = 'better' | 'worse' | 'too close' | 'cannot tell'

/** Whether a difference is more than luck. @param better whether more of the figure is better, or less as of an error */
export function significance({ difference, p }: Tested, better: 'more' | 'less' = 'more'): Significance {
  if (difference === undefined || p === undefined) return 'cannot tell'
  if (p >= SIGNIFICANT) return 'too close'
  return difference > 0 === (better === 'more') ? 'better' : 'worse'
}

/** A p as a table shows it: "< 0.001", "0.042", "0.24". */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : fixed(p, p < 0.1 ? 3 : 2)
}

/** The same in a sentence: "p < 0.001", "p = 0.24". */
export function pWords(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${pText(p)}`
}
