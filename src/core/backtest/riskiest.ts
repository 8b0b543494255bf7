/**
 * What the riskiest customers add up to, for several counts of customers. Customers of one risk that straddle a count
 * contribute pro rata: nobody knows which of them would be contacted.
 * @param customers per bin, riskiest first
 * @param amounts per bin: what is added up, such as events
 * @param counts of customers, rising; they need not be whole
 * @example ofRiskiest([4, 6], [3, 1], [2, 4, 10]) // [1.5, 3, 4]
 */
export function ofRiskiest(
  customers: ArrayLike<number>,
  amounts: ArrayLike<number>,
  counts: readonly number[],
): number[] {
  let bin = 0
  let passed = 0
  let sum = 0
  return counts.map((count) => {
    while (bin < customers.length && passed + customers[bin]! <= count) {
      passed += customers[bin]!
      sum += amounts[bin]!
      bin++
    }
    const left = count - passed
    return bin < customers.length && left > 0 ? sum + amounts[bin]! * (left / customers[bin]!) : sum
  })
}

/** The same per tenth of all customers: what each of ten equal parts adds, the riskiest first. */
export function perTenth(customers: ArrayLike<number>, amounts: ArrayLike<number>, all: number): number[] {
  const ends = Array.from({ length: 10 }, (_, k) => (all * (k + 1)) / 10)
  const reached = ofRiskiest(customers, amounts, ends)
  return reached.map((sum, k) => sum - (reached[k - 1] ?? 0))
}
