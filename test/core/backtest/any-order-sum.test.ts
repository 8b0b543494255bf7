import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyOrderSum } from '../../../src/core/backtest/any-order-sum'

const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 200 })
const withShuffled = (values: number[]) =>
  fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length }))

test('is the same to the last bit in any order', () => {
  fc.assert(
    fc.property(numbers.chain(withShuffled), ([values, shuffled]) => {
      expect(anyOrderSum(Float64Array.from(shuffled))).toBe(anyOrderSum(Float64Array.from(values)))
    }),
  )
  // Added one after the other, these differ.
  const [rising, falling] = [Float64Array.of(0.1, 0.2, 0.3), Float64Array.of(0.3, 0.2, 0.1)]
  const plain = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
  expect(plain(rising)).not.toBe(plain(falling))
  expect(anyOrderSum(rising)).toBe(anyOrderSum(falling))
})

test('is the sum, however many they are and however far apart', () => {
  expect(anyOrderSum(Float64Array.of(1, 2, 3.5, -0.25))).toBe(6.25)
  expect(anyOrderSum(new Float64Array(1_000_000).fill(0.1))).toBeCloseTo(100_000, 6)
  expect(anyOrderSum(Float64Array.of(1e-170, 3e-170)) / 4e-170).toBeCloseTo(1, 12)
  const squares = Float64Array.from({ length: 10_000 }, (_, i) => (i / 3) ** 2)
  expect(anyOrderSum(squares) / ((9999 * 10_000 * 19_999) / 54)).toBeCloseTo(1, 12)
})

test('of nothing, and of nothing but zeros, is 0', () => {
  expect(anyOrderSum(new Float64Array(0))).toBe(0)
  expect(anyOrderSum(new Float64Array(3))).toBe(0)
})
