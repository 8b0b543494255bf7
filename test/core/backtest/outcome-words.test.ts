import { expect, test } from 'vitest'
import { aucMeaning, outcomeWords, type OutcomeWords } from '../../../src/core/backtest/outcome-words'

test('of churn a low score is what is acted on, and its words are those of customers who leave', () => {
  const { flagged, riskiest, happened, stayed, did, didNot, missed, spared } = outcomeWords('churn')
  expect([flagged('41'), riskiest]).toEqual(['below 41', 'lowest'])
  expect([happened, stayed, did, didNot]).toEqual(['churned', 'retained', 'left', 'stayed'])
  expect([missed.name, spared.name]).toEqual(['Green churners', 'Red keepers'])
})

test('of expansion a high score is what is acted on', () => {
  const { flagged, riskiest, happened, stayed, did, didNot, missed, spared } = outcomeWords('expand')
  expect([flagged('71'), riskiest]).toEqual(['from 71 up', 'highest'])
  expect([happened, stayed, did, didNot]).toEqual(['expanded', 'unchanged', 'expanded', 'did not expand'])
  expect([missed.name, spared.name]).toEqual(['Red expanders', 'Green stayers'])
})

test('no word of expansion is one of churn, nor the other way round', () => {
  const said = (words: OutcomeWords): string => JSON.stringify({ ...words, flagged: words.flagged('41') })
  expect(said(outcomeWords('expand'))).not.toMatch(/churn|retain|leave|left|lost|save|kept|keep/i)
  expect(said(outcomeWords('churn'))).not.toMatch(/expan|offer|buy/i)
})

test('an AUC is explained by who scores lower for churn, by who scores higher for expansion', () => {
  expect(aucMeaning(outcomeWords('churn'))).toBe(
    'If you pick one churned and one retained customer at random, how often the churned one scores lower. 0.5 is a coin toss, 1.0 is perfect.',
  )
  expect(aucMeaning(outcomeWords('expand'))).toBe(
    'If you pick one expanded and one unchanged customer at random, how often the expanded one scores higher. 0.5 is a coin toss, 1.0 is perfect.',
  )
})
