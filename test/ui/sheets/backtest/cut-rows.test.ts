import { describe, expect, test } from 'vitest'
import { histogramOf } from '../../../../src/core/backtest/outcome-histogram'
import { CLASSES, emptyHistogram, type ScoreHistogram } from '../../../../src/core/backtest/score-histogram'
import { countScores } from '../../../../src/core/scoring/count'
import { cutRows, everyCut, telling } from '../../../../src/ui/sheets/backtest/cut-rows'
import { bestCut, scoreOfBins, valuedPart, worthAt, worthCurve } from '../../../../src/ui/sheets/backtest/worth'

const ECONOMICS = { cost: 1, saveRate: 0.5, value: { kind: 'amount', amount: 10 } } as const

/** Ten churned at 20, ten retained at 60; both parts alike. */
function apart(): ScoreHistogram {
  const scores = Uint16Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 2000 : 6000))
  const { trainingEvent, trainingStayed, holdoutEvent, holdoutStayed } = CLASSES
  const classes = Uint8Array.from({ length: 40 }, (_, i) => {
    if (i < 20) return i % 2 === 0 ? trainingEvent : trainingStayed
    return i % 2 === 0 ? holdoutEvent : holdoutStayed
  })
  return countScores(scores, classes)
}

describe('the cuts of the table', () => {
  test('every cut is every whole score, with yours and the best in their places', () => {
    const cuts = everyCut({ own: 41.5, best: 51 })
    expect(cuts).toHaveLength(102)
    expect(cuts.slice(40, 45)).toEqual([40, 41, 41.5, 42, 43])
  })

  test('the telling ones are fives that flag some and not all, yours and the best; at most eleven', () => {
    const cuts = telling({ own: 41, best: 51 }, (cut) => cut / 100)
    expect(cuts).toHaveLength(11)
    expect(cuts).toContain(41)
    expect(cuts).toContain(51)
    expect(cuts).toEqual(cuts.toSorted((a, b) => a - b))
    expect(telling({ own: 41, best: undefined }, () => 0)).toEqual([41])
  })

  test('a cut flags those below it for churn and those from it up for expansion', () => {
    const flagged = (objective: 'churn' | 'expand', cut: number) =>
      cutRows([cut], valuedPart(apart(), 'training', objective, false), undefined, { own: 20, best: undefined }, objective)[0]!.figures.flagged // prettier-ignore
    expect([flagged('churn', 20), flagged('churn', 20.01), flagged('churn', 100)]).toEqual([0, 10, 20])
    expect([flagged('expand', 60), flagged('expand', 60.01), flagged('expand', 0)]).toEqual([10, 0, 20])
  })
})

describe('what a cut is worth', () => {
  test('the best cut comes of the training customers, as the roundest score that flags them', () => {
    const training = valuedPart(apart(), 'training', 'churn', false)
    expect(bestCut(training, ECONOMICS, 'churn')).toEqual({ cut: 30, ties: 1, everybody: false })
    expect(worthAt(training, ECONOMICS, 30, 'churn')).toMatchObject({ net: 40, flagged: 10 })
  })

  test('where every customer is worth reaching the score need not choose', () => {
    const free = { ...ECONOMICS, cost: 0 }
    const scores = Uint16Array.of(10_000, 3000)
    const some = countScores(scores, Uint8Array.of(CLASSES.trainingEvent, CLASSES.trainingStayed))
    expect(bestCut(valuedPart(some, 'training', 'churn', false), free, 'churn')).toMatchObject({ everybody: true })
  })

  test('no cut is best where outreach never pays', () => {
    const training = valuedPart(apart(), 'training', 'churn', false)
    expect(bestCut(training, { ...ECONOMICS, cost: 1000 }, 'churn')).toBeUndefined()
  })

  test('the curve runs over the tens that hold somebody, in at most 401 points', () => {
    const curve = worthCurve(valuedPart(apart(), 'training', 'churn', false), ECONOMICS, 'churn')
    expect([curve[0]!.cut, curve.at(-1)!.cut]).toEqual([20, 70])
    expect(curve.length).toBeLessThanOrEqual(401)
    expect(curve.find(({ cut }) => cut === 30)?.value).toBe(40)
    expect(worthCurve(valuedPart(emptyHistogram(), 'all', 'churn', false), ECONOMICS, 'churn')).toEqual([])
  })

  test('bins are scores from below for churn and from above for expansion', () => {
    expect([scoreOfBins(4100, 'churn'), scoreOfBins(4100, 'expand')]).toEqual([41, 59.01])
  })

  test('by revenue there is no curve where none is known', () => {
    const valued = { histogram: histogramOf([1, 2], [0, 1]) }
    expect(worthAt(valued, { ...ECONOMICS, value: { kind: 'revenue', months: 12 } }, 0, 'churn')).toBeUndefined()
  })
})
