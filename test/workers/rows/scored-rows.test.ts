import { beforeAll, expect, test } from 'vitest'
import type { HealthModel } from '../../../src/core/model/health-model'
import { coverageOf, explain, topReasons } from '../../../src/core/scoring/explain'
import { NO_METRIC } from '../../../src/core/scoring/reasons'
import { chooseExecutor } from '../../../workers/choose-executor'
import { Evaluator } from '../../../workers/evaluator'
import { CustomerRows } from '../../../workers/rows/customer-rows'
import { readCsv } from '../../support/csv'
import { NO_RULE } from '../../../workers/rows/acting-rules'
import { DIRECTIONS, type ScoredRows } from '../../../workers/rows/scored-rows'
import { coverageAt } from '../../../workers/weighed'
import { metric, modelOf, rule } from '../../support/model'

const ROWS = 9_000
const model = modelOf([
  metric('logins', { weight: 10 }),
  metric('seats', { weight: 5 }),
  metric('nps', { weight: 7.25 }),
])

let evaluator: Evaluator

beforeAll(async () => {
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const cell = (every: number, value: number): string => (i % every === 0 ? '' : String(value))
    return `C-${i},${cell(13, (i * 31) % 11)},${cell(5, (i * 17) % 9)},${cell(7, (i * 7) % 10)}`
  })
  const { table, report } = await readCsv(`id,logins,seats,nps\n${lines.join('\n')}\n`)
  evaluator = new Evaluator(table, report, chooseExecutor().createScorer(ROWS))
})

const scoredBy = (given: HealthModel): ScoredRows => new CustomerRows(evaluator).scored(given)

test.each(['down', 'up'] as const)(
  'what moves customers %s most is of everybody what it is of each of them',
  (which) => {
    const scored = scoredBy(model)
    const { steps, metrics } = scored.reasons(DIRECTIONS[which])
    const countedAt = scored.counting()
    const each = Array.from({ length: ROWS }, (_, row) => {
      const counted = countedAt(row)
      const most = topReasons(counted)[which]
      return most === undefined ? undefined : { most, step: explain(counted)!.steps[most]! }
    })
    expect([...metrics]).toEqual(each.map((one) => one?.most ?? NO_METRIC))
    expect(each.filter((one) => one === undefined).length).toBeLessThan(ROWS / 2)
    // Shown steps are rounded so that they add up: by a hundredth they may differ.
    expect(each.filter((one, row) => one && Math.abs(one.step - steps[row]!) > 1)).toEqual([])
  },
)

test('coverage is of everybody what it is of each of them', () => {
  const scored = scoredBy(model)
  const coverage = scored.coverage()
  const countedAt = scored.counting()
  const each = Array.from({ length: ROWS }, (_, row) => coverageOf(countedAt(row)))
  expect(Array.from({ length: ROWS }, (_, row) => coverageAt(coverage, row))).toEqual(each)
  expect(new Set(each).size).toBe(8)
})

test('where nothing has a weight nobody is covered', () => {
  const weightless = { ...model, metrics: model.metrics.map((each) => ({ ...each, weight: 0 })) }
  expect(coverageAt(scoredBy(weightless).coverage(), 1)).toBe(0)
})

test('the first rule that acted on everybody is that of each of them', () => {
  const ruled = { ...model, rules: [rule('r1', '[logins] < 4', 'cap', 45), rule('r2', '[seats] > 2', 'floor', 55)] }
  const scored = scoredBy(ruled)
  const each = Array.from({ length: ROWS }, (_, row) => scored.ruleSteps(row)[0]?.rule ?? NO_RULE)
  expect([...scored.firstRules()]).toEqual(each)
  expect(new Set(each)).toEqual(new Set([0, 1, NO_RULE]))
  expect([...scoredBy(model).firstRules()]).toEqual(each.map(() => NO_RULE))
})

test('customers that a rule acted on have their metrics in the first list that anybody asks for', () => {
  const fresh = new Evaluator(evaluator.table, evaluator.report, chooseExecutor().createScorer(ROWS))
  const ruled = { ...model, rules: [rule('r1', '[logins] < 4', 'cap', 45)] }
  const query = { search: '', conditions: [] }
  const { rows } = new CustomerRows(fresh).block({ model: ruled, part: 'history', query, hold: false, from: 0, to: 200, columns: [] }) // prettier-ignore
  expect(rows.filter(({ rules }) => rules.length > 0).length).toBeGreaterThan(5)
  const coverage = scoredBy(model).coverage()
  expect(rows.map((row) => row.coverage)).toEqual(rows.map(({ row }) => coverageAt(coverage, row)))
})

test('what was worked out once is there when it is asked for again, and another model has its own', () => {
  const rows = new CustomerRows(evaluator)
  const known = rows.scored(model).reasons(1)
  expect(rows.scored(model).reasons(1)).toBe(known)
  const other = { ...model, metrics: model.metrics.map((each) => ({ ...each, missing: 50 as const })) }
  expect(rows.scored(other).reasons(1)).not.toEqual(known)
  expect(rows.scored(model).reasons(1)).toEqual(known)
})
