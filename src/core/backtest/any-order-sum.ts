/** So many numbers, as a power of two, are added exactly. */
const MOST = 24

/**
 * The sum of finite numbers, to the last bit the same in whatever order they stand. Each is split into two multiples of
 * powers of two so coarse that adding up to 16 million of them is exact; what is dropped is under 2⁻⁵⁴ of the largest.
 */
export function anyOrderSum(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest === 0) return 0
  // A number that has this added and taken away again is rounded to a multiple of its last bit.
  const coarse = 1.5 * 2 ** (Math.ceil(Math.log2(largest)) + MOST + 1)
  const fine = coarse * 2 ** (MOST - 52)
  let [high, low] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const rounded = value + coarse - coarse
    high += rounded
    low += value - rounded + fine - fine
  }
  return high + low
}
