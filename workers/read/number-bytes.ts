/** 10⁰ … 10²², all of them exact in float64. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const MOST_DIGITS = 15

/**
 * A plain decimal ("-12.5") read from its bytes: exactly Number(text), since at most 15 digits over an exact power of
 * ten round once. NaN for anything else, which then has to be read as text.
 */
export function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 45
  let at = negative ? start + 1 : start
  let value = 0
  let digits = 0
  let point = -1
  for (; at < end; at++) {
    const digit = bytes[at]! - 48
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      digits++
    } else if (bytes[at] === 46 && point < 0 && digits > 0) point = at
    else return NaN
  }
  const decimals = point < 0 ? 0 : end - point - 1
  if (digits === 0 || digits > MOST_DIGITS || point === end - 1) return NaN
  value /= POWERS[decimals]!
  return negative && value !== 0 ? -value : value
}
