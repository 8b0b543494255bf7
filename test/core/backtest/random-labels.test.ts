import { expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { hashId, isHoldout } from '../../../src/core/backtest/holdout'
import { UNKNOWN } from '../../../src/core/backtest/outcome-histogram'
import { countOutcomesPerScore } from '../../../src/core/backtest/score-histogram'
import { verdict } from '../../../src/core/backtest/verdict'
import { columnNamed } from '../../../src/core/column/column'
import { draftModel } from '../../../src/core/model/draft'
import { metricPoints } from '../../../src/core/scoring/points'
import { minDenOf, scoreCustomers } from '../../../src/core/scoring/reference'
import { hundredths } from '../../../src/core/scoring/scale'
import { RandomStream } from '../../../src/core/random'
import { readCsv } from '../../support/csv'

const CUSTOMERS = 400

/** A file of customers whose values tell nothing about anything. */
function fileOf(): string {
  const random = new RandomStream(1, 1)
  const rows = Array.from({ length: CUSTOMERS }, (_, row) =>
    [
      `C-${row}`,
      random.count(12),
      random.count(2),
      Math.round(100 * random.normal()) / 100,
      random.pick([['Basic', 3], ['Pro', 2], ['Enterprise', 1]]), // prettier-ignore
      random.chance(0.1) ? '' : random.whole(11),
      random.chance(0.4) ? 'yes' : 'no',
    ].join(','),
  )
  return `customer,logins,tickets,trend,plan,nps,sponsor\n${rows.join('\n')}\n`
}

test('of 200 drafts from labels drawn at random at most 10 claim a signal', async () => {
  const { table } = await readCsv(fileOf())
  const roles = { id: 'customer' }
  const signals = Array.from({ length: 200 }, (_, i) => i + 1).filter((seed) => {
    const random = new RandomStream(seed, 2)
    const labels = Uint8Array.from({ length: CUSTOMERS }, () => Number(random.chance(0.3)))
    const held = labels.map((_, row) => Number(isHoldout(hashId(seed, `C-${row}`))))
    const training = labels.map((label, row) => (held[row] === 1 ? UNKNOWN : label))
    const model = draftModel({ name: 'd', table, roles, asOf: undefined, asOfDay: undefined, seed, training })
    const on = model.metrics.filter((metric) => metric.on)
    const weights = Uint16Array.from(on, ({ weight }) => hundredths(weight))
    const minDen = minDenOf(5000, weights.reduce((sum, weight) => sum + weight, 0)) // prettier-ignore
    const points = on.map((metric) => metricPoints(metric, columnNamed(table, metric.column)!, undefined))
    expect(on.length).toBeGreaterThan(3)
    const scores = scoreCustomers({ points, runs: [{ start: 0, customers: CUSTOMERS, weights, minDen }] }, CUSTOMERS)
    const unseen = labels.map((label, row) => (held[row] === 1 ? label : UNKNOWN))
    const histogram = countOutcomesPerScore(scores, unseen, 'churn')
    const { kind } = verdict({ histogram, auc: auc(histogram).auc, known: { events: 1, nonEvents: 1 } })
    expect(kind === 'signal' || kind === 'no signal').toBe(true)
    return kind === 'signal'
  })
  expect(signals.length).toBeLessThanOrEqual(10)
})
