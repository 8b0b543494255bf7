import { describe, expect, test } from 'vitest'
import { backtest, holdoutVerdict, type Backtest } from '../../../src/core/backtest/backtest'
import type { SetEvaluation } from '../../../src/core/backtest/evaluation'
import { CLASSES } from '../../../src/core/backtest/score-histogram'
import { countScores } from '../../../src/core/scoring/count'
import { NOT_SCORED } from '../../../src/core/scoring/reference'
import { noSuggestion, suggestionVerdict } from '../../../src/core/backtest/suggestion-words'
import { verdictWords, type VerdictInput } from '../../../src/core/backtest/verdict-words'
import type { VerdictKind } from '../../../src/core/backtest/verdict'
import { warnings, type WarningInput } from '../../../src/core/backtest/warnings'
import { metric, modelOf } from '../../support/model'

const figures = (value: number | undefined, n: number, events: number, se = 0.01): Backtest => ({
  ...{ n, events, few: false, notScored: 0, notScoredEvents: 0, gini: undefined, averagePrecision: undefined, ks: undefined },
  ...{ gains: undefined, tiers: [] },
  auc: {
    auc: value,
    ...(value === undefined ? { variance: undefined, low: undefined, high: undefined } : { variance: se ** 2, low: value - 0.02, high: value + 0.02 }),
    complete: false,
  },
}) // prettier-ignore

const input = (kind: VerdictKind, change: Partial<VerdictInput> = {}): VerdictInput => ({
  objective: 'churn',
  part: 'holdout',
  verdict: { kind, sentence: '', warnings: [] },
  figures: figures(0.839, 2113, 568),
  training: figures(0.846, 4930, 1300),
  ...change,
})

const against = (difference: number, p: number, aucA = 0.839) => ({
  name: 'v3',
  difference: { aucA, aucB: aucA - difference, difference, low: difference - 0.01, high: difference + 0.01, z: 0, p },
})

describe('the verdict in words', () => {
  test('better, and it holds', () => {
    expect(verdictWords(input('signal', { baseline: against(0.014, 0.0001) }))).toEqual({
      heading: 'Better than v3, and it holds on customers it has not seen',
      evidence: 'AUC 0.839 against 0.825 (p < 0.001) on 2,113 held-out customers, 0.007 below training.',
    })
  })

  test('luck may be all of it', () => {
    const words = verdictWords(input('signal', { baseline: against(0.004, 0.24) }))
    expect(words.heading).toBe('Too close to call against v3')
    expect(words.evidence).toContain('p = 0.24')
  })

  test('worse, and what no longer holds', () => {
    expect(verdictWords(input('signal', { baseline: against(-0.03, 0.002) })).heading).toBe(
      'Worse than v3 on customers it has not seen',
    )
    const learned = { training: figures(0.95, 4930, 1300) }
    expect(verdictWords(input('signal', { ...learned, baseline: against(0.03, 0.002) })).heading).toBe(
      'Better than v3, but less good on customers it has not seen',
    )
    expect(verdictWords(input('signal', learned)).heading).toBe(
      'This predicts churn, but less well on customers it has not seen',
    )
    expect(verdictWords(input('signal')).heading).toBe('This predicts churn, and it holds on customers it has not seen')
  })

  test('nothing is claimed of too few, of one outcome, of no signal', () => {
    const few = verdictWords(input('too few', { figures: figures(0.7, 60, 4) }))
    expect(few.heading).toBe('Too few churned to tell')
    expect(few.evidence).toBe(
      'AUC 0.700 (95% CI 0.680 to 0.720) on 60 held-out customers, 4 of whom churned: at least 10 of each outcome are needed for a verdict.',
    )
    expect(verdictWords(input('too few', { figures: figures(0.7, 60, 55) })).heading).toBe('Too few retained to tell')
    const one = verdictWords(input('one outcome', { figures: figures(undefined, 60, 60) }))
    expect(one.heading).toBe('All known outcomes are the same, so nothing can be tested')
    expect(one.evidence).toBe('All 60 customers churned, so accuracy cannot be measured. The scores are not affected.')
    expect(verdictWords(input('no signal')).heading).toBe('These columns do not predict churn')
    const inverted = { kind: 'no signal', sentence: '', warnings: ['inverted'] } as const
    expect(verdictWords({ ...input('no signal'), verdict: inverted }).heading).toBe('This looks inverted')
  })

  test('expansion has words of its own', () => {
    expect(verdictWords(input('no signal', { objective: 'expand' })).heading).toBe(
      'These columns do not predict expansion',
    )
    expect(verdictWords(input('too few', { objective: 'expand', figures: figures(0.7, 60, 4) })).heading).toBe(
      'Too few expanded to tell',
    )
  })
})

const noMetrics = modelOf([])

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

function said(
  set: SetEvaluation,
  objective: 'churn' | 'expand' = 'churn',
  part: 'holdout' | 'training' = 'holdout',
  nobody?: string,
) {
  const judging = { ...noMetrics, objective }
  return verdictWords({
    ...{ objective, part, nobody },
    verdict: holdoutVerdict(set, objective),
    figures: backtest(set, part, judging),
    training: backtest(set, 'training', judging),
  })
}

describe('the verdict on counted customers, in words', () => {
  test('a score that tells them apart says so, with its AUC and how far it is below training', () => {
    const set = setOf([...times(20, 20, true), ...times(5, 60, true), ...times(40, 70, false), ...times(5, 20, false)])
    const { heading, evidence } = said(set)
    expect(heading).toBe('This predicts churn, and it holds on customers it has not seen')
    expect(evidence).toMatch(/^AUC 0\.\d{3} \(95% CI .+\) on 70 held-out customers, the same as in training\./)
  })

  test('with expansion as the event the same customers read the other way round', () => {
    const set = setOf([...times(20, 80, true), ...times(40, 30, false), ...times(9, 80, false), ...times(9, 30, true)])
    expect(said(set, 'expand').heading).toBe('This predicts expansion, and it holds on customers it has not seen')
  })

  test('a constant score is no better than chance', () => {
    const { heading, evidence } = said(setOf([...times(20, 50, true), ...times(20, 50, false)]))
    expect(heading).toBe('These columns do not predict churn')
    expect(evidence).toContain('AUC 0.500')
  })

  test.each([
    ['nobody churned', times(30, 50, false), 'None of 30 customers churned'],
    ['everybody churned', times(30, 50, true), 'All 30 customers churned'],
  ])('%s: words, no figure', (_, customers, words) => {
    const { heading, evidence } = said(setOf(customers))
    expect(heading).toBe('All known outcomes are the same, so nothing can be tested')
    expect(evidence).toContain(words)
    expect(evidence).not.toMatch(/NaN|Infinity|∞|undefined/)
  })

  test('where no outcome is known it is not said that all are the same', () => {
    expect(said(setOf([]))).toEqual({
      heading: 'No outcome is known, so nothing can be tested',
      evidence: 'Nobody of the held-out customers has a known outcome.',
    })
  })

  test('where nobody of the holdout is scored, that is said, and why', () => {
    const scores = new Uint16Array(60).fill(NOT_SCORED)
    const classes = Uint8Array.from(scores, (_, i) => (i % 3 === 0 ? CLASSES.holdoutEvent : CLASSES.holdoutStayed))
    const set: SetEvaluation = { customers: 60, histogram: countScores(scores, classes), ids: 'unique' }
    expect(said(set)).toEqual({
      heading: 'None of the held-out customers is scored, so nothing can be tested',
      evidence: 'Nobody of the held-out customers is scored: 60 customers with a known outcome have too few values.',
    })
    const why = 'No metric is on, so nobody is scored. Switch at least one on.'
    expect(said(set, 'churn', 'holdout', why).evidence).toBe(why)
    expect(said(setOf(times(30, 50, false)), 'churn', 'holdout', why).evidence).toContain(
      'None of 30 customers churned',
    )
  })

  test('one churned: too few to tell', () => {
    const { heading, evidence } = said(setOf([...times(1, 10, true), ...times(30, 50, false)]))
    expect(heading).toBe('Too few churned to tell')
    expect(evidence).toContain('on 31 held-out customers, 1 of whom churned')
  })

  test('on training customers it does not judge', () => {
    const set = setOf([...times(20, 20, true), ...times(40, 70, false)])
    expect(said(set, 'churn', 'training').heading).toBe('How it looks on the customers it was made with')
  })
})

describe('the verdict on suggested weights', () => {
  test('only what beats today’s and equal ones is ticked', () => {
    const [better, same] = [against(0.014, 0.0001).difference, against(0.001, 0.6).difference]
    expect(suggestionVerdict(better, better)).toMatchObject({ kind: 'better', preselected: true })
    expect(suggestionVerdict(better, better).evidence).toBe(
      'On customers they have not seen: AUC 0.839 against 0.825 today (p < 0.001) and 0.825 with equal weights (p < 0.001).',
    )
    const notEqual = suggestionVerdict(better, same)
    expect(notEqual.preselected).toBe(false)
    expect(notEqual.heading).toContain('does not beat equal weights')
    expect(suggestionVerdict(same, better).preselected).toBe(false)
    expect(suggestionVerdict(same, same).heading).toBe('Does not beat equal weights, nor today’s')
  })

  test('says why there is none', () => {
    expect(noSuggestion('too few', 'churn').heading).toBe('Too few of one outcome to learn from')
    expect(noSuggestion('nothing to suggest', 'expand').evidence).toContain('expansion')
  })
})

describe('warnings', () => {
  const model = modelOf([metric('a'), metric('b')])
  const warned = (change: Partial<WarningInput>) =>
    warnings({
      ...{ model, set: { ids: 'unique' }, verdict: { kind: 'signal', sentence: '', warnings: [] } },
      ...{ holdout: figures(0.8, 2000, 500), tiers: [] },
      metrics: [{ name: 'Minutes', column: 'minutes' }, { name: 'Charge', column: 'charge' }], // prettier-ignore
      ...change,
    }).map(({ kind, sentence }) => `${kind}: ${sentence}`)

  test('there are none where nothing is wrong', () => expect(warned({})).toEqual([]))

  test('a leak, two metrics that are one, and how often it was looked', () => {
    expect(
      warned({ metrics: [{ name: 'Minutes', column: 'minutes', leak: { kind: 'separates', auc: 0.99 } }] })[0],
    ).toMatch(/^leak: Alone, “minutes” separates churned from retained with AUC 0.990/)
    const pair = { a: 0, b: 1, rho: 0.999, customers: 50 }
    expect(warned({ redundancy: { pairs: [pair], alike: [pair], customers: 50 } })).toEqual([
      'redundancy: “Minutes” and “Charge” say nearly the same thing (rank correlation 1.00): keep one, or share the weight.',
    ])
    expect(warned({ model: { ...model, holdout: { seed: 1, looks: 3 } } })).toEqual([
      'looks: Looked at 3 versions; the best of 3 looks better than it is.',
    ])
  })

  test('inversion, no signal, a small sample, rates that do not fall', () => {
    const inverted = { kind: 'no signal', sentence: '', warnings: ['inverted'] } as const
    expect(warned({ verdict: inverted, holdout: figures(0.3, 2000, 500) })[0]).toBe(
      'inverted: This looks inverted: customers who churned score higher than retained ones (AUC 0.300). Turn the scales round.',
    )
    expect(warned({ verdict: { kind: 'no signal', sentence: '', warnings: [] } })[0]).toMatch(/^no signal: /)
    expect(warned({ holdout: figures(0.8, 212, 14) })).toEqual([
      'small sample: Only 14 of 212 unseen customers churned, so every figure may be far off.',
    ])
    expect(warned({ holdout: figures(undefined, 212, 0) })).toEqual([
      'small sample: None of 212 unseen customers churned, so nothing tells the two apart.',
    ])
    expect(warned({ holdout: figures(undefined, 212, 212) })).toEqual([
      'small sample: None of 212 unseen customers were retained, so nothing tells the two apart.',
    ])
    const tier = (name: string, rate: number) => ({
      name,
      customers: 100,
      events: 10,
      rate,
      low: 0,
      high: 1,
      faint: false,
    })
    expect(warned({ tiers: [tier('At risk', 0.2), tier('Watch', 0.25)] })).toEqual([
      'tier order: 25.0% of Watch churned, not fewer than of At risk (20.0%).',
    ])
  })

  test('a split that rests on the order of the file, or on one date', () => {
    expect(warned({ set: { ids: 'row numbers', byTime: 'one date' } }).map((each) => each.split(':')[0])).toEqual([
      'one date',
      'row numbers',
    ])
  })
})
