/** Values with the number of times each occurs; values rise, none is NaN. */
export interface Weighted {
  readonly values: ArrayLike<number>
  readonly counts: ArrayLike<number>
}

/**
 * Quantiles of counted values by R's type 7 (NumPy's and PERCENTILE.INC's default): at share q of n values the order
 * statistic h = (n − 1)·q, linear between its neighbours. Shares are 0…1 and rise. NaN for each when there is no value.
 * @example quantiles({ values: [1, 2, 10], counts: [1, 1, 1] }, [0.5]) // [2]
 */
export function quantiles({ values, counts }: Weighted, shares: readonly number[]): number[] {
  const ends = new Float64Array(counts.length)
  let total = 0
  for (let i = 0; i < counts.length; i++) ends[i] = total += counts[i]!
  if (total === 0) return shares.map(() => NaN)

  let at = 0
  const orderStatistic = (k: number): number => {
    while (at > 0 && ends[at - 1]! > k) at--
    while (ends[at]! <= k) at++
    return values[at]!
  }
  return shares.map((share) => {
    const h = (total - 1) * share
    const k = Math.floor(h)
    const low = orderStatistic(k)
    const high = k + 1 < total ? orderStatistic(k + 1) : low
    return low + (h - k) * (high - low)
  })
}

/** Distinct values with their counts, rising; NaN is left out. */
export function weigh(values: Float64Array): Weighted {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const distinct: number[] = []
  const counts: number[] = []
  for (const value of sorted) {
    if (distinct.length > 0 && distinct.at(-1) === value) counts[counts.length - 1]!++
    else {
      distinct.push(value)
      counts.push(1)
    }
  }
  return { values: distinct, counts }
}
