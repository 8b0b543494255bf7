import { expect, test } from 'vitest'
import { reweighted, triedWeights, type Reweighed } from '../../../src/core/backtest/sensitivity'

/** The event is the riskiest, or the safest, of two. */
const apart: Reweighed = {
  histogram: { events: Uint32Array.of(1, 0), nonEvents: Uint32Array.of(0, 1) },
  changedTier: 1,
}

test('a weight is tried as nothing, a fifth lower and a fifth higher, in hundredths', () => {
  expect(triedWeights(1000)).toEqual({ without: 0, lower: 800, higher: 1200 })
  expect(triedWeights(3)).toEqual({ without: 0, lower: 2, higher: 4 })
  expect(triedWeights(0)).toEqual({ without: 0, lower: 0, higher: 0 })
})

test('other weights are set against the model as it is: AUC, and the share in another tier', () => {
  expect(reweighted({ customers: 4, auc: 0.5 }, apart)).toEqual({ auc: 1, difference: 0.5, changedTier: 0.25 })
})

test('without an outcome tiers still tell', () => {
  const unknown = { histogram: { events: new Uint32Array(2), nonEvents: new Uint32Array(2) }, changedTier: 2 }
  expect(reweighted({ customers: 4, auc: undefined }, unknown)).toEqual({
    auc: undefined,
    difference: undefined,
    changedTier: 0.5,
  })
})

test('a model that scores nobody separates nothing, and a share of nobody is none', () => {
  const { auc, difference } = reweighted({ customers: 4, auc: undefined }, apart)
  expect([auc, difference]).toEqual([1, undefined])
  expect(reweighted({ customers: 0, auc: undefined }, apart).changedTier).toBeUndefined()
})
