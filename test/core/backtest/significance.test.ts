import { expect, test } from 'vitest'
import { pText, pWords, significance } from '../../../src/core/backtest/significance'

test('a difference is better only when luck alone is unlikely, and less is better for an error', () => {
  expect(significance({ difference: 0.01, p: 0.001 })).toBe('better')
  expect(significance({ difference: 0.01, p: 0.001 }, 'less')).toBe('worse')
  expect(significance({ difference: -0.01, p: 0.001 }, 'less')).toBe('better')
  expect(significance({ difference: -0.01, p: 0.001 })).toBe('worse')
  expect(significance({ difference: 0.01, p: 0.05 })).toBe('too close')
  expect(significance({ difference: 0.01, p: undefined })).toBe('cannot tell')
  expect(significance({ difference: undefined, p: 0.01 })).toBe('cannot tell')
})

test('a p is written as people write it', () => {
  expect([pText(0.0004), pText(0.0421), pText(0.24)]).toEqual(['< 0.001', '0.042', '0.24'])
  expect([pWords(0.0004), pWords(0.24)]).toEqual(['p < 0.001', 'p = 0.24'])
})
