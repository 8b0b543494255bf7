import { quantiles, type Weighted } from '../scoring/quantile'
import { chiSquareQuantile } from './chi-square'

/** How far the customers of now are from those of the reference, bin by bin. */
export interface PopulationStability {
  /** Σ (%now − %reference)·ln(%now/%reference). */
  readonly psi: number
  /** Equal populations stay below this 95 times in 100: χ²_{B−1,.95}·(1/N_reference + 1/N_now). */
  readonly luck: number
  /** Whether the difference is more than luck. */
  readonly moved: boolean
  /** Bins that hold somebody of either: B. */
  readonly bins: number
  /** Bins that are empty on one side, which counted as half a customer there. */
  readonly zeroCells: number
}

/**
 * The population stability index of two counts of customers in the same bins. Undefined when one side has nobody or
 * fewer than two bins hold anybody. The usual marks of .1 and .25 misfire on small samples: `luck` says what is small.
 */
export function populationStability(
  reference: readonly number[],
  now: readonly number[],
): PopulationStability | undefined {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
  const [before, after] = [sum(reference), sum(now)]
  const held = [...reference.keys()].filter((i) => reference[i]! + now[i]! > 0)
  if (before === 0 || after === 0 || held.length < 2) return undefined
  let [psi, zeroCells] = [0, 0]
  for (const i of held) {
    if (reference[i] === 0 || now[i] === 0) zeroCells++
    const expected = (reference[i]! || 0.5) / before
    const actual = (now[i]! || 0.5) / after
    psi += (actual - expected) * Math.log(actual / expected)
  }
  const luck = chiSquareQuantile(held.length - 1, 0.95) * (1 / before + 1 / after)
  return { psi, luck, moved: psi > luck, bins: held.length, zeroCells }
}

/** Where the tenths of the reference's values part, each named once: rising, at most nine. None for no values. */
export function tenthEdges(reference: Weighted): number[] {
  const shares = Array.from({ length: 9 }, (_, k) => (k + 1) / 10)
  return [...new Set(quantiles(reference, shares).filter((edge) => !Number.isNaN(edge)))]
}

/**
 * Values counted between edges: below the first, from each edge to under the next, from the last up, and the missing in
 * a bin of their own at the end.
 */
export function countBetween(data: Weighted, missing: number, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0)
  for (let i = 0; i < data.values.length; i++) {
    const above = edges.findLastIndex((edge) => edge <= data.values[i]!) + 1
    counts[above]! += data.counts[i]!
  }
  counts[edges.length + 1] = missing
  return counts
}
