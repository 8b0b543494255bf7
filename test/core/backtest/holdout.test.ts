import { expect, test } from 'vitest'
import { hashBytes, hashId, isHoldout } from '../../../src/core/backtest/holdout'

test('the hash has the values that the definition gives', () => {
  expect(hashId(7, '7590-VHVEG')).toBe(1741365432)
  expect(hashId(7, '')).toBe(4170173084)
  expect(hashId(1, 'é')).toBe(741246823)
})

test('an ID has one hash, as text and as bytes within others', () => {
  const bytes = new TextEncoder().encode('xx7590-VHVEGyy')
  expect(hashBytes(7, bytes, 2, 12)).toBe(hashId(7, '7590-VHVEG'))
})

test('three in ten are kept for the test', () => {
  const kept = Array.from({ length: 100_000 }, (_, i) => isHoldout(hashId(1, `customer ${i}`))).filter(Boolean).length
  expect(kept).toBeGreaterThan(29_400)
  expect(kept).toBeLessThan(30_600)
  expect(isHoldout(1288490188)).toBe(true)
  expect(isHoldout(1288490189)).toBe(false)
})
