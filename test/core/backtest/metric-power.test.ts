import { expect, test } from 'vitest'
import { metricPower } from '../../../src/core/backtest/metric-power'

const NONE = 65_535

test('AUC of the points, the event rate of missing against present, and the information value of both', () => {
  const points = Uint16Array.of(0, 0, 5000, 5000, 10_000, NONE, NONE, 0)
  const { auc, present, missing, informationValue } = metricPower(
    points,
    Uint8Array.of(1, 1, 1, 0, 0, 1, 0, 2),
    'churn',
  )
  expect(auc.auc).toBeCloseTo(5.5 / 6, 12)
  expect(present).toMatchObject({ customers: 5, events: 3, rate: 0.6 })
  expect(missing).toMatchObject({ customers: 2, events: 1, rate: 0.5 })
  expect(informationValue).toMatchObject({ groups: 4, zeroCells: 2 })
})

test('for expansion high points are the riskier ones', () => {
  const points = Uint16Array.of(0, 10_000)
  expect(metricPower(points, Uint8Array.of(0, 1), 'expand').auc.auc).toBe(1)
  expect(metricPower(points, Uint8Array.of(0, 1), 'churn').auc.auc).toBe(0)
})

test('missing for all, or one outcome: no AUC and no information value', () => {
  const none = metricPower(new Uint16Array(3).fill(NONE), Uint8Array.of(1, 0, 1), 'churn')
  expect(none).toMatchObject({ present: { customers: 0, rate: undefined, interval: undefined }, informationValue: undefined }) // prettier-ignore
  expect(none.auc.auc).toBeUndefined()
  expect(metricPower(Uint16Array.of(1, 2), Uint8Array.of(1, 1), 'churn').informationValue).toBeUndefined()
})
