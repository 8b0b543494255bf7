import { describe, expect, test } from 'vitest'
import { guessRoles } from '../../../src/core/model/guess-roles'
import type { HealthModel, Metric } from '../../../src/core/model/health-model'
import { sampleCsv } from '../../../src/core/sample/sample-csv'
import { NOT_SCORED } from '../../../src/core/scoring/reference'
import { draftModel } from '../../../src/core/model/draft'
import { EMPTY_MODEL } from '../../../src/core/model/new-model'
import { chooseExecutor } from '../../../workers/choose-executor'
import { Evaluator } from '../../../workers/evaluator'
import { customerDetail } from '../../../workers/rows/customer-detail'
import { CustomerRows } from '../../../workers/rows/customer-rows'
import { readCsv, type ReadResult } from '../../support/csv'
import { rule } from '../../support/model'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

/** A value in the middle of a metric's scale. */
function middle({ scale }: Metric): number {
  if (scale.kind !== 'curve') throw new Error('the first metric has no curve')
  return (scale.knots[0]!.x + scale.knots.at(-1)!.x) / 2
}

/** Every customer's explanation against the score that everybody is shown; answers with how many were scored. */
function explained({ table, report }: ReadResult): number {
  const roles = guessRoles(report.columns, report.rows)
  const evaluator = new Evaluator(table, report, chooseExecutor().createScorer(table.rows))
  const judging: HealthModel = { ...EMPTY_MODEL, roles }
  const customers = evaluator.customers(judging)
  const training = customers.outcome('training')
  const drafted = draftModel({ name: 'x', table, roles, asOf: customers.asOf, asOfDay: undefined, seed: 1, training })
  // Some of the missing are filled in, some are not.
  const metrics = drafted.metrics.map((metric, i) => (i % 4 === 0 ? { ...metric, missing: 30 } : metric))
  const first = drafted.metrics.find(({ scale, suspect }) => scale.kind === 'curve' && !suspect)
  const rules = [
    rule('r1', `[${first!.column}] < ${middle(first!)}`, 'cap', 45),
    rule('r2', `NOT([${first!.column}] < ${middle(first!)})`, 'floor', 55),
  ]
  const model = { ...drafted, metrics, rules }
  const scored = new CustomerRows(evaluator).scored(model)
  const scores = evaluator.scores(model).slice()
  let count = 0
  let missing = 0
  let limited = 0
  let ways = 0
  for (let row = 0; row < table.rows; row++) {
    const detail = customerDetail(scored, row, row, customers.asOf)
    if (scores[row] === NOT_SCORED) continue
    const acted = detail.rules.reduce((sum, { step }) => sum + step, 0)
    if (acted !== 0) limited++
    const steps = detail.metrics.reduce((sum, { step }) => sum + step, acted)
    if (detail.average! + detail.noValue + steps !== scores[row] || detail.score !== scores[row]) {
      throw new Error(`row ${row}: ${detail.average} + ${detail.noValue} + ${steps} is not ${scores[row]}`)
    }
    if (detail.noValue !== 0) missing++
    const short = detail.next?.ways.find((way) => way.score < scores[row]! + detail.next!.missing)
    if (short) throw new Error(`row ${row}: ${short.score} is below the next tier`)
    ways += detail.next?.ways.length ?? 0
    count++
  }
  if (report.columns.some((column) => column.missing > 0)) expect(missing).toBeGreaterThan(0)
  expect(limited).toBeGreaterThan(0)
  expect(ways).toBeGreaterThan(count)
  return count
}

describe('average and steps are the score to the hundredth, and every way reaches the next tier', () => {
  test('for every customer of the sample', async () => {
    const read = await readCsv([...sampleCsv('history', { customers: 2000, seed: 3 })].join(''), 'sample.csv')
    expect(explained(read)).toBeGreaterThan(1900)
  })

  test.skipIf(!hasShared)(`for every customer of Telco${LEFT_OUT}`, async () => {
    expect(explained(await readShared('data/telco/Telco-Customer-Churn.csv'))).toBe(7043)
  })
})
