import { describe, expect, test } from 'vitest'
import { typedAmount, typedCount, typedShare } from '../../../src/core/model/typed-value'

describe('what is typed for cost and value', () => {
  test.each([
    ['120', 120],
    ['1,900', 1900],
    ['1,234,567.5', 1234567.5],
    ['0', 0],
  ])('the amount "%s" is %d', (text, value) => {
    expect(typedAmount(text)).toEqual({ ok: true, value })
  })

  test.each(['', '-1', '1,5', '12 000', 'NaN', 'Infinity', '1e12', '0.001'])(
    '"%s" is no amount and says why',
    (text) => {
      const typed = typedAmount(text)
      expect(typed.ok).toBe(false)
      expect(!typed.ok && typed.why.length).toBeGreaterThan(0)
    },
  )

  test('a share is typed in percent, with the sign or without', () => {
    expect(typedShare('22')).toEqual({ ok: true, value: 0.22 })
    expect(typedShare('22 %')).toEqual({ ok: true, value: 0.22 })
    expect(typedShare('101').ok).toBe(false)
  })

  test('a count is whole and at least one', () => {
    expect(typedCount('1,200')).toEqual({ ok: true, value: 1200 })
    expect([typedCount('0').ok, typedCount('2.5').ok, typedCount('many').ok]).toEqual([false, false, false])
  })
})
