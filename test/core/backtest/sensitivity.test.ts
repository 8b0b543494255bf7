import { expect, test } from 'vitest'
import { reweighted, shareOf, triedWeights } from '../../../src/core/backtest/sensitivity'

/** The event is the riskiest, or the safest, of two. */
const apart = { events: Uint32Array.of(1, 0), nonEvents: Uint32Array.of(0, 1) }

test('a weight is tried as nothing, a fifth lower and a fifth higher, in hundredths', () => {
  expect(triedWeights(1000)).toEqual({ without: 0, lower: 800, higher: 1200 })
  expect(triedWeights(3)).toEqual({ without: 0, lower: 2, higher: 4 })
  expect(triedWeights(0)).toEqual({ without: 0, lower: 0, higher: 0 })
})

test('other weights are set against the model as it is: AUC, and the share in another tier', () => {
  const today = { customers: 4, auc: 0.5 }
  expect(reweighted(today, apart)).toEqual({ auc: 1, difference: 0.5 })
  expect(shareOf(1, today)).toBe(0.25)
})

test('without an outcome there is no AUC', () => {
  const unknown = { events: new Uint32Array(2), nonEvents: new Uint32Array(2) }
  expect(reweighted({ customers: 4, auc: undefined }, unknown)).toEqual({ auc: undefined, difference: undefined })
})

test('a model that scores nobody separates nothing, and a share of nobody is none', () => {
  const { auc, difference } = reweighted({ customers: 4, auc: undefined }, apart)
  expect([auc, difference]).toEqual([1, undefined])
  expect(shareOf(1, { customers: 0, auc: undefined })).toBeUndefined()
})
