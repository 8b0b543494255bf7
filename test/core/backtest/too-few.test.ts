import { expect, test } from 'vitest'
import { tooFew } from '../../../src/core/backtest/too-few'

test('ten of each outcome are needed', () => {
  expect([tooFew(10, 10), tooFew(9, 1000), tooFew(1000, 9), tooFew(0, 0)]).toEqual([false, true, true, true])
})
