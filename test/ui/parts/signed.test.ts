import { expect, test } from 'vitest'
import { signed, signedPoints } from '../../../src/ui/parts/signed'

test('a difference carries its sign, and what rounds to nothing has none', () => {
  expect([signed(0.0149, 3), signed(-0.0149, 3), signed(-0.0001, 3), signed(0, 3)]).toEqual(['+0.015', '−0.015', '0.000', '0.000']) // prettier-ignore
  expect(signedPoints(-0.002)).toBe('−0.2 pts')
})
