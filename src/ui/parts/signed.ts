import { fixed, whole } from '../../core/figure'

/** A difference with its sign, in the same precision as the figures: "+0.015", "−0.2 pts". */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals)
  return Number(value.toFixed(decimals)) > 0 ? `+${text}` : text
}

/** A difference of shares in points of percent. */
export function signedPoints(value: number): string {
  return `${signed(100 * value, 1)} pts`
}

/** A difference of money. */
export function signedWhole(value: number): string {
  return Math.round(value) > 0 ? `+${whole(value)}` : whole(value)
}
