import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { same } from '../../src/core/same'

describe('plain data', () => {
  test('is the same as its copy, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => same(value, structuredClone(value))))
  })

  test('is another where one value, one key or one length differs', () => {
    expect(same({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] })).toBe(false)
    expect(same({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(same({ a: undefined }, { b: undefined })).toBe(false)
    expect(same([1, 2], [1])).toBe(false)
    expect(same({}, undefined)).toBe(false)
    expect(same(1, '1')).toBe(false)
  })
})

describe('typed arrays', () => {
  test('are the same by their numbers', () => {
    expect(same(Uint32Array.of(1, 2), Uint32Array.of(1, 2))).toBe(true)
    expect(same(Float64Array.of(1, Number.NaN), Float64Array.of(1, Number.NaN))).toBe(true)
    expect(same(Uint32Array.of(1, 2), Uint32Array.of(2, 1))).toBe(false)
    expect(same(Uint32Array.of(1), Uint32Array.of(1, 0))).toBe(false)
  })
})
