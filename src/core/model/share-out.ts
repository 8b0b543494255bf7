/**
 * Splits `total` whole units in proportion to `parts` by largest remainder, so that they add up to it exactly; ties go
 * to the earlier part. Undefined when there is nothing to go by.
 * @example shareOut([1, 1, 1], 100) // [34, 33, 33]
 */
export function shareOut(parts: readonly number[], total: number): number[] | undefined {
  const sum = parts.reduce((all, part) => all + part, 0)
  if (!(sum > 0)) return undefined
  const exact = parts.map((part) => (part * total) / sum)
  const shares = exact.map(Math.floor)
  const left = total - shares.reduce((all, share) => all + share, 0)
  const byRemainder = [...exact.keys()].sort((a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b)
  for (const i of byRemainder.slice(0, left)) shares[i]!++
  return shares
}
