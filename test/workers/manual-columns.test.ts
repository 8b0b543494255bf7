import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { columnNamed, textAt, valueAt, type Table } from '../../src/core/column/column'
import { dayOf } from '../../src/core/column/date-text'
import type { ImportReport } from '../../src/core/column/import-report'
import type { ManualColumn } from '../../src/core/manual/manual-column'
import type { ManualChange } from '../../src/core/manual/manual-value'
import type { HealthModel } from '../../src/core/model/health-model'
import { chooseExecutor } from '../../workers/choose-executor'
import { Evaluator } from '../../workers/evaluator'
import { ManualColumns } from '../../workers/manual-columns'
import { ManualValues } from '../../workers/manual-values'
import { CustomerRows } from '../../workers/rows/customer-rows'
import { customerDetail } from '../../workers/rows/customer-detail'
import { readCsv } from '../support/csv'
import { metric, modelOf, rule } from '../support/model'

const TODAY = dayOf('2026-09-01')
const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 0, most: 10, freshDays: 90 }
const mood: ManualColumn = { id: 'm', name: 'Mood', kind: 'choice', choices: ['Bad', 'Good'] }
const model = modelOf([metric('logins', { weight: 10 }), metric('pulse', { column: 'Pulse', weight: 10 })], {
  manual: [pulse, mood],
  roles: { id: 'id', snapshot: 'day', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
  rules: [rule('r', 'Mood = "Bad"', 'cap', 5)],
})

let table: Table
let report: ImportReport
let values: ManualValues
let judges: boolean
let evaluator: Evaluator

beforeEach(async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `C${i},${i % 11},2026-0${(i % 6) + 1}-15,${i % 4 ? 'No' : 'Yes'}`)
  // One customer on two rows, of two days.
  const read = await readCsv(`id,logins,day,churned\n${lines.join('\n')}\nC0,5,2026-08-31,No\n`)
  ;({ table, report } = read)
  values = new ManualValues()
  judges = false
  evaluator = made()
})

const made = (of = values): Evaluator =>
  new Evaluator(table, report, chooseExecutor().createScorer(table.rows), {
    manual: new ManualColumns(table, of),
    judges: () => judges,
  })

function change(column: string, customer: string, value: number | string, day = '2026-08-14'): ManualChange {
  return { column, customer, value: { column, customer, value, day } }
}

const cell = (name: string, row: number): string | number => {
  const column = columnNamed(evaluator.table, name)!
  return column.type === 'category' ? textAt(column, row) : valueAt(column, row)
}

describe('what people filled in', () => {
  test('is an ordinary column beside the imported ones, by ID, on every row of a customer', () => {
    values.change([change('p', 'C3', 7), change('p', 'C0', 2), change('m', 'C1', 'Good')], TODAY)
    const scores = evaluator.scores(model).slice()
    expect(evaluator.table.columns.map(({ name }) => name)).toEqual(['id', 'logins', 'day', 'churned', 'Pulse', 'Mood'])
    expect([0, 1, 3, 40].map((row) => cell('Pulse', row))).toEqual([2, NaN, 7, 2])
    expect([0, 1].map((row) => cell('Mood', row))).toEqual(['', 'Good'])
    // Row 3: logins 3 is 30 points, a pulse of 7 is 70. Row 1 has no pulse, which is not a pulse of zero.
    expect([scores[3], scores[1]]).toEqual([5000, 1000])
    expect(evaluator.imported.columns).toHaveLength(4)
  })

  test('acts through rules and metrics at once when it changes, and touches nothing else', () => {
    values.change([change('p', 'C3', 7)], TODAY)
    evaluator.scores(model)
    const before = evaluator.table
    const logins = evaluator.metricFacts(model, model.metrics[0]!)
    values.change([change('m', 'C3', 'Bad')], TODAY)
    expect(evaluator.scores(model)[3]).toBe(500)
    expect(columnNamed(evaluator.table, 'Pulse')).toBe(columnNamed(before, 'Pulse'))
    expect(evaluator.metricFacts(model, model.metrics[0]!)).toBe(logins)
    values.change([{ column: 'm', customer: 'C3' }], TODAY)
    expect(evaluator.scores(model)[3]).toBe(5000)
  })

  test('acts as it is through a rule that comes back, whatever it was when the rule was taken out', () => {
    values.change([change('p', 'C3', 7), change('m', 'C3', 'Bad')], TODAY)
    expect(evaluator.scores(model)[3]).toBe(500)
    const without = { ...model, rules: [] }
    evaluator.scores(without)
    values.change([change('m', 'C3', 'Good')], TODAY)
    expect(evaluator.scores(without)[3]).toBe(5000)
    expect(evaluator.scores(model)[3]).toBe(5000)
  })

  test('does not count where it became known after the as-of day of a row that judges', () => {
    values.change([change('p', 'C0', 2, '2026-03-01'), change('p', 'C1', 9)], TODAY)
    judges = true
    const [facts] = evaluator.manualFacts(model)
    // C0 has a row of January, before the pulse, and one of 31 August, when it is 183 days old.
    expect(facts!.rows).toEqual({ counts: 0, later: 2, 'no day': 0, old: 1, unfit: 0 })
    expect(evaluator.standing('Pulse', 40)).toMatchObject({ kind: 'old' })
    judges = false
    // C1’s row is of February; a pulse of August is fresh for it. C0’s of March is too old for the row of August only.
    expect(evaluator.manualFacts(model)[0]!.rows).toEqual({ counts: 2, later: 0, 'no day': 0, old: 1, unfit: 0 })
  })

  test('of IDs that are not in the data are orphans; without an ID column all are', () => {
    values.change([change('p', 'C3', 7), change('p', 'gone', 7), change('p', '4', 7)], TODAY)
    expect(evaluator.manualFacts(model)[0]!.orphans).toEqual(['gone', '4'])
    const nameless = { ...model, roles: {} }
    expect(evaluator.manualFacts(nameless)[0]!.orphans).toEqual(['C3', 'gone', '4'])
    expect(evaluator.table.columns.at(-2)).toMatchObject({ name: 'Pulse' })
  })

  test('gives way to an imported column of its name', () => {
    values.change([change('p', 'C3', 7)], TODAY)
    const clash = { ...model, manual: [{ ...pulse, name: 'logins' }] }
    evaluator.scores(clash)
    expect(evaluator.table.columns).toHaveLength(4)
  })

  test('follows a column whose limits change: what no longer fits is missing', () => {
    values.change([change('p', 'C3', 7)], TODAY)
    const narrow = { ...model, manual: [{ ...pulse, most: 5 }, mood] }
    expect(evaluator.manualFacts(narrow)[0]!.rows.unfit).toBe(1)
    expect(evaluator.scores(narrow)[3]).toBe(3000)
  })
})

test('after any edits scores are those of an evaluator that knew everything from the start', () => {
  const edit = fc.record({
    column: fc.constantFrom('p', 'm'),
    customer: fc.integer({ min: 0, max: 45 }),
    value: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    fresh: fc.constantFrom(10, 90, undefined),
    judges: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      values = new ManualValues()
      evaluator = made()
      const all: ManualChange[] = []
      for (const { column, customer, value, fresh, judges: does } of edits) {
        judges = does
        const { freshDays: _, ...rest } = pulse
        const manual = [{ ...rest, ...(fresh !== undefined && { freshDays: fresh }) }, mood]
        const now: HealthModel = { ...model, manual }
        const of = { column, customer: `C${customer}` }
        const is = column === 'p' ? value : value && (value > 5 ? 'Good' : 'Bad')
        const made_ = is === undefined ? of : change(column, of.customer, is)
        all.push(made_)
        values.change([made_], TODAY)
        const known = new ManualValues()
        known.change(all, TODAY)
        expect([...evaluator.scores(now)]).toEqual([...made(known).scores(now)])
      }
    }),
    { numRuns: 30 },
  )
})

describe('the list', () => {
  const rows = (): CustomerRows => new CustomerRows(evaluator)
  const query = (change_: object = {}) => ({ search: '', conditions: [], ...change_ })
  const source = { kind: 'source', name: 'Pulse' } as const

  test('is sorted and filtered by a column filled in by hand, and keeps its order while more is filled in', () => {
    values.change([change('p', 'C5', 3), change('p', 'C7', 9)], TODAY)
    const list = rows()
    const sorted = query({ sort: { column: source, descending: true } })
    const first = (hold: boolean) => [...list.list({ model, query: sorted, hold }).rows.slice(0, 3)]
    expect(first(false).slice(0, 2)).toEqual([7, 5])
    values.change([change('p', 'C9', 10)], TODAY)
    expect(first(true).slice(0, 2)).toEqual([7, 5])
    expect(first(false)).toEqual([9, 7, 5])
    const filled = query({ conditions: [{ kind: 'filled', column: source }] })
    expect([...list.list({ model, query: filled, hold: false }).rows.slice(0, 9)]).toEqual([5, 7, 9])
  })

  test('tells what was filled in and does not count, in its cells and in the drawer', () => {
    values.change([change('p', 'C5', 3, '2026-01-01'), change('p', 'C7', 9)], TODAY)
    const list = rows()
    const request = { model, part: 'current', query: query(), hold: false, from: 5, to: 8, columns: ['Pulse'] } as const
    const block = list.block(request).rows
    expect(block.map(({ cells, standings }) => [cells[0], standings?.[0]?.kind])).toEqual([
      [undefined, 'old'],
      [undefined, undefined],
      [9, undefined],
    ])
    const detail = customerDetail(list.scored(model), 5, 5, undefined, evaluator.standing.bind(evaluator))
    expect(detail.manual.get('p')).toMatchObject({ kind: 'old', entry: { value: 3, day: '2026-01-01' } })
  })
})
