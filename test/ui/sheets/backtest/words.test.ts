import { describe, expect, test } from 'vitest'
import { backtest, holdoutVerdict } from '../../../../src/core/backtest/backtest'
import type { SetEvaluation } from '../../../../src/core/backtest/evaluation'
import { CLASSES } from '../../../../src/core/backtest/score-histogram'
import { countScores } from '../../../../src/core/scoring/count'
import { measureVerdict } from '../../../../src/ui/sheets/backtest/measures'
import { outcomeWords } from '../../../../src/ui/sheets/backtest/outcome-words'
import { chanceText, signed, signedPoints } from '../../../../src/ui/sheets/backtest/signed'
import { verdictWords } from '../../../../src/ui/sheets/backtest/verdict-words'
import { modelOf } from '../../../support/model'

const model = modelOf([])

/** Customers of both parts alike, by score and by whether they had the event. */
function setOf(customers: readonly (readonly [score: number, event: boolean])[]): SetEvaluation {
  const both = [...customers, ...customers]
  const scores = Uint16Array.from(both, ([score]) => 100 * score)
  const classes = Uint8Array.from(both, ([, event], i) => {
    const holdout = i >= customers.length
    if (holdout) return event ? CLASSES.holdoutEvent : CLASSES.holdoutStayed
    return event ? CLASSES.trainingEvent : CLASSES.trainingStayed
  })
  return { customers: both.length, histogram: countScores(scores, classes), ids: 'unique' }
}

const times = (count: number, score: number, event: boolean) =>
  Array.from({ length: count }, () => [score, event] as const)

function said(set: SetEvaluation, objective: 'churn' | 'expand' = 'churn', part: 'holdout' | 'training' = 'holdout') {
  const judging = { ...model, objective }
  return verdictWords(
    {
      part,
      verdict: holdoutVerdict(set, objective),
      figures: backtest(set, part, judging),
      training: backtest(set, 'training', judging),
      comparison: undefined,
    },
    outcomeWords(objective),
  )
}

describe('the verdict in words', () => {
  test('a score that tells them apart says so, with its AUC and how far it is below training', () => {
    const set = setOf([...times(20, 20, true), ...times(5, 60, true), ...times(40, 70, false), ...times(5, 20, false)])
    const { heading, evidence } = said(set)
    expect(heading).toBe('It tells churned from retained on customers it has not seen')
    expect(evidence).toMatch(/^AUC 0\.\d{3} \(95% CI .+\) on 70 held-out customers, the same as in training\./)
  })

  test('with expansion as the event the same customers read the other way round', () => {
    const set = setOf([...times(20, 80, true), ...times(40, 30, false), ...times(9, 80, false), ...times(9, 30, true)])
    expect(said(set, 'expand').heading).toBe('It tells expanded from unchanged on customers it has not seen')
  })

  test('a constant score is no better than chance', () => {
    const { heading, evidence } = said(setOf([...times(20, 50, true), ...times(20, 50, false)]))
    expect(heading).toBe('No better than chance on customers it has not seen')
    expect(evidence).toContain('AUC 0.500')
  })

  test.each([
    ['nobody churned', times(30, 50, false), 'None of 30 customers churned'],
    ['everybody churned', times(30, 50, true), 'All 30 customers churned'],
    ['nobody is there', [], 'Nobody of the held-out customers is scored'],
  ])('%s: words, no figure', (_, customers, words) => {
    const { heading, evidence } = said(setOf(customers))
    expect(heading).toBe('Nothing to test: all known outcomes are the same')
    expect(evidence).toContain(words)
    expect(evidence).not.toMatch(/NaN|Infinity|∞|undefined/)
  })

  test('one churned: too few to tell', () => {
    const { heading, evidence } = said(setOf([...times(1, 10, true), ...times(30, 50, false)]))
    expect(heading).toBe('Too few unseen customers to tell')
    expect(evidence).toContain('1 customer of 31 held-out customers churned')
  })

  test('on training customers it does not judge', () => {
    const set = setOf([...times(20, 20, true), ...times(40, 70, false)])
    expect(said(set, 'churn', 'training').heading).toBe('How it looks on the customers it was made with')
  })
})

describe('a difference', () => {
  const against = (difference: number | undefined, p: number | undefined) =>
    ({ a: 0, b: 0, difference, low: 0, high: 0, p }) // prettier-ignore

  test('is better only when luck alone is unlikely, and less is better for an error', () => {
    expect(measureVerdict({ against: against(0.01, 0.001), lower: false })).toBe('better')
    expect(measureVerdict({ against: against(0.01, 0.001), lower: true })).toBe('worse')
    expect(measureVerdict({ against: against(-0.01, 0.001), lower: true })).toBe('better')
    expect(measureVerdict({ against: against(0.01, 0.05), lower: false })).toBe('too close')
    expect(measureVerdict({ against: against(0.01, undefined), lower: false })).toBe('cannot tell')
  })

  test('carries its sign, and what rounds to nothing has none', () => {
    expect([signed(0.0149, 3), signed(-0.0149, 3), signed(-0.0001, 3), signed(0, 3)]).toEqual(['+0.015', '−0.015', '0.000', '0.000']) // prettier-ignore
    expect(signedPoints(-0.002)).toBe('−0.2 pts')
    expect([chanceText(0.0004), chanceText(0.0421), chanceText(0.24)]).toEqual(['< 0.001', '0.042', '0.24'])
  })
})
