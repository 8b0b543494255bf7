import { beforeAll, describe, expect, test } from 'vitest'
import { explain, topReasons } from '../../../src/core/scoring/explain'
import { chooseExecutor } from '../../../workers/choose-executor'
import { Evaluator } from '../../../workers/evaluator'
import { CustomerRows } from '../../../workers/rows/customer-rows'
import { readCsv } from '../../support/csv'
import { NO_RULE } from '../../../workers/rows/scored-rows'
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

const listed = (): CustomerRows => {
  const rows = new CustomerRows(evaluator)
  rows.list({ model, query: { search: '', conditions: [] }, hold: false })
  return rows
}

describe('what moves customers most', () => {
  test.each(['down', 'up'] as const)('%s is of everybody what it is of each of them', (which) => {
    const scored = listed().scored(model)
    const { steps, metrics, has } = scored.reasons(which)
    const countedAt = scored.counting()
    const each = Array.from({ length: ROWS }, (_, row) => {
      const counted = countedAt(row)
      const most = topReasons(counted)[which]
      return most === undefined ? undefined : { name: scored.metrics[most]!.name, step: explain(counted)!.steps[most]! }
    })
    const found = each.map((_, row) => (has[row] === 0 ? undefined : metrics.names[metrics.of[row]!]))
    expect(found).toEqual(each.map((one) => one?.name))
    expect(found.filter((one) => one === undefined).length).toBeLessThan(ROWS / 2)
    // Shown steps are rounded so that they add up: by a hundredth they may differ.
    expect(each.filter((one, row) => one && Math.abs(one.step - steps[row]!) > 1)).toEqual([])
  })

  test('the first rule that acted on everybody is that of each of them, by itself or ahead', async () => {
    const ruled = { ...model, rules: [rule('r1', '[logins] < 4', 'cap', 45), rule('r2', '[seats] > 2', 'floor', 55)] }
    const rows = new CustomerRows(evaluator)
    const list = (): Uint32Array =>
      rows.list({ model: ruled, query: { search: '', conditions: [], sort: { column: { kind: 'rules' }, descending: false } }, hold: false }).rows // prettier-ignore
    list()
    const scored = rows.scored(ruled)
    const first = scored.firstRules()
    const each = Array.from(first, (_, row) => scored.ruleSteps(row)[0]?.rule ?? NO_RULE)
    expect([...first]).toEqual(each)
    expect(new Set(each)).toEqual(new Set([0, 1, NO_RULE]))
    const ahead = new CustomerRows(evaluator)
    ahead.list({ model: ruled, query: { search: '', conditions: [] }, hold: false })
    await ahead.sortAhead(() => true)
    expect(ahead.scored(ruled).firstRules()).toEqual(first)
    expect(Array.from(list(), (row) => first[row])).toEqual(each.toSorted((a, b) => a - b))
  })

  test('is worked out before anybody asks, once', async () => {
    const rows = listed()
    let turns = 0
    await Promise.all([rows.sortAhead(() => ++turns > 0), rows.sortAhead(() => ++turns > 0)])
    expect(turns).toBeGreaterThan(0)
    const scored = rows.scored(model)
    const known = [scored.reasons('down'), scored.reasons('up')]
    turns = 0
    await rows.sortAhead(() => ++turns > 0)
    expect([scored.reasons('down'), scored.reasons('up')]).toEqual(known)
    expect(scored.reasons('down')).toBe(known[0])
    expect(known[0]).toEqual(listed().scored(model).reasons('down'))
  })

  test('is given up where another data set is opened, or scores are others by then', async () => {
    const rows = listed()
    await rows.sortAhead(() => false)
    const other = { ...model, metrics: model.metrics.map((each) => ({ ...each, missing: 50 })) }
    const ahead = rows.sortAhead(() => true)
    evaluator.evaluate(other)
    await ahead
    evaluator.evaluate(model)
    const fresh = listed().scored(model)
    expect(rows.scored(model).reasons('up')).toEqual(fresh.reasons('up'))
  })
})
