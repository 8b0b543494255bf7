import { expect, test } from 'vitest'
import { capital } from '../../../src/ui/parts/capital'

test('a label starts with a capital, but for the number of a version', () => {
  expect([capital('equal weights'), capital('v2, 14:05'), capital('')]).toEqual(['Equal weights', 'v2, 14:05', ''])
})
