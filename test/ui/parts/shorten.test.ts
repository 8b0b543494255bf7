import { expect, test } from 'vitest'
import { shorten } from '../../../src/ui/parts/shorten'

test.each([
  ['Logins', 22, 'Logins'],
  ['Fact support tickets days', 25, 'Fact support tickets days'],
  ['Fact support tickets days 31–60', 22, 'Fact sup…ts days 31–60'],
  ['Fact support tickets count', 22, 'Fact sup…tickets count'],
  ['Number of calls, off', 12, 'Numb…ls, off'],
])('%s in %i characters is %s', (name, most, short) => {
  expect(shorten(name, most)).toBe(short)
  expect(short.length).toBeLessThanOrEqual(most)
})
