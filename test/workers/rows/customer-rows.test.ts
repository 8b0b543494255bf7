import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { textAt, valueAt, type Table } from '../../../src/core/column/column'
import { columnNamed } from '../../../src/core/column/column'
import { overridden, type Override } from '../../../src/core/customers/override'
import type { RowColumn, RowQuery } from '../../../src/core/customers/row-query'
import type { HealthModel } from '../../../src/core/model/health-model'
import { NO_METRIC } from '../../../src/core/scoring/reasons'
import { NOT_SCORED } from '../../../src/core/scoring/reference'
import { chooseExecutor } from '../../../workers/choose-executor'
import { Evaluator } from '../../../workers/evaluator'
import { CustomerRows } from '../../../workers/rows/customer-rows'
import { customerDetail } from '../../../workers/rows/customer-detail'
import { placeOverrides } from '../../../workers/rows/override-rows'
import { DIRECTIONS } from '../../../workers/rows/scored-rows'
import { coverageAt } from '../../../workers/weighed'
import { scoresCsv } from '../../../workers/scores'
import { rowsCsv } from '../../../workers/rows/rows-csv'
import { readCsv } from '../../support/csv'
import { metric, modelOf, rule } from '../../support/model'

const NAMES = ['Ospreypool', 'ærø Ferries', 'Zebra', 'apple', 'Ünal', 'Åre Ski', '=SUM(A1)', '日本', 'O’Neill', '']
const model = modelOf([metric('logins', { weight: 10 }), metric('seats', { weight: 5 })], {
  roles: { id: 'id', name: 'name', revenue: 'mrr', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
})

let table: Table
let evaluator: Evaluator
let rows: CustomerRows

beforeAll(async () => {
  const lines = Array.from({ length: 500 }, (_, i) => {
    const cell = (every: number, value: string): string => (i % every === 0 ? '' : value)
    const name = NAMES[(i * 7) % NAMES.length]!
    return [
      ...[`C-${(i * 7919) % 10_007}`, name === '' ? '' : `"${name} ${i % 3}"`, cell(13, String((i * 31) % 11))],
      ...[cell(5, String((i * 17) % 9)), `${(i * 37) % 50}.${i % 10}`, `2026-0${(i % 9) + 1}-1${i % 10}`],
      ...[['Free', 'Team', 'Business', ''][i % 4]!, i % 3 === 0 ? 'Yes' : 'No'],
    ].join(',')
  })
  const read = await readCsv(`id,name,logins,seats,mrr,since,plan,churned\n${lines.join('\n')}\n`)
  table = read.table
  evaluator = new Evaluator(read.table, read.report, chooseExecutor().createScorer(read.table.rows))
  rows = new CustomerRows(evaluator)
})

/** A list, with everybody in it. */
const listOf = (of: CustomerRows, given: HealthModel, query: Partial<RowQuery>) => {
  const { rows: list, summary } = of.list({
    model: given,
    query: { search: '', conditions: [], ...query },
    hold: false,
  })
  return { rows: list.slice(0, list.length), summary }
}
const ask = (query: Partial<RowQuery>) => listOf(rows, model, query)
const source = (name: string): RowColumn => ({ kind: 'source', name })

/** What a column shows, as something that can be compared; undefined where it is missing. */
function shown(column: RowColumn, row: number): number | string | undefined {
  const scored = rows.scored(model)
  if (column.kind === 'score') return scored.scores[row] === NOT_SCORED ? undefined : scored.scores[row]
  if (column.kind === 'tier') return scored.tier(scored.scores[row]!) < 0 ? undefined : scored.tier(scored.scores[row]!)
  if (column.kind === 'coverage') return coverageAt(scored.coverage(), row)
  const name = column.kind === 'source' ? column.name : 'id'
  const cells = columnNamed(table, name)!
  const value = cells.kind === 'text' || cells.type === 'category' ? textAt(cells, row) : valueAt(cells, row)
  if (value === '' || Number.isNaN(value)) return undefined
  return typeof value === 'string' && cells.kind === 'text' ? folded(value) : value
}

/** By code points, A–Z as a–z: as UTF-8 bytes compare. */
function folded(text: string): string {
  return Buffer.from(text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())).toString('latin1')
}

describe('customers are sorted', () => {
  const columns: RowColumn[] = [
    ...['name', 'mrr', 'since', 'plan', 'logins'].map(source),
    ...(['id', 'score', 'tier', 'coverage'] as const).map((kind) => ({ kind })),
  ]
  test.each(columns.flatMap((column) => [false, true].map((descending) => ({ column, descending }))))(
    'by $column, descending $descending: in order, nobody lost, who has no value last',
    ({ column, descending }) => {
      const { rows: listed } = ask({ sort: { column, descending } })
      expect(new Set(listed).size).toBe(table.rows)
      const values = Array.from(listed, (row) => shown(column, row))
      const having = values.filter((value) => value !== undefined)
      expect(values.slice(0, having.length)).toEqual(having)
      const sorted = having.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(having).toEqual(descending ? sorted.reverse() : sorted)
    },
  )

  test.each([false, true])(
    'by name among those who are searched for as among everybody, descending %s',
    (descending) => {
      const sort = { column: source('name'), descending }
      const marked = new Set(ask({ search: 'z' }).rows)
      expect(marked.size).toBeGreaterThan(20)
      const among = [...ask({ sort }).rows].filter((row) => marked.has(row))
      expect([...ask({ search: 'z', sort }).rows]).toEqual(among)
    },
  )

  test('by the column that holds the IDs now, when that is another one', () => {
    const sort = { column: { kind: 'id' } as const, descending: false }
    const other = { ...model, roles: { ...model.roles, id: 'name' } }
    ask({ sort })
    const { rows: listed } = listOf(rows, other, { sort })
    const names = Array.from(listed, (row) => shown(source('name'), row)).filter((name) => name !== undefined)
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
  })

  test('by what pulls them down most, deepest first', () => {
    const { rows: listed } = ask({ sort: { column: { kind: 'down' }, descending: false } })
    const { steps, metrics } = rows.scored(model).reasons(DIRECTIONS.down)
    const having = Array.from(listed).filter((row) => metrics[row] !== NO_METRIC)
    expect(having.length).toBeGreaterThan(100)
    for (let i = 1; i < having.length; i++) expect(steps[having[i]!]!).toBeGreaterThanOrEqual(steps[having[i - 1]!]!)
  })
})

describe('customers are found', () => {
  test.each([
    ['zebra', /zebra/i],
    ['ÜNAL', /ünal/i],
    ['æRØ', /ærø/i],
    ['日本', /日本/],
    ['o’n', /o’n/i],
  ])('by a part of the name in any case: %s', (search, pattern) => {
    const { rows: listed } = ask({ search })
    const expected = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
      pattern.test(textAt(columnNamed(table, 'name')!, row)),
    )
    expect([...listed]).toEqual(expected)
    expect(listed.length).toBeGreaterThan(0)
  })

  test('by a part of the ID; what nobody is called finds nobody', () => {
    expect([...ask({ search: 'c-79' }).rows].length).toBeGreaterThan(0)
    expect(ask({ search: 'nobody of that name' }).summary).toMatchObject({ customers: 0, average: undefined, all: 500 })
  })
})

describe('customers are filtered', () => {
  const between = (column: RowColumn, from?: number, to?: number) =>
    ({ kind: 'between', column, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }) as const
  test.each([
    ['a number', between(source('mrr'), 10, 20), (row: number) => inside(shown(source('mrr'), row), 10, 20)],
    ['a score', between({ kind: 'score' }, 40, 60), (row: number) => inside(shown({ kind: 'score' }, row), 4000, 6000)],
    [
      'a text',
      { kind: 'one of', column: source('plan'), texts: ['Free', 'Team'] },
      (row: number) => ['Free', 'Team'].includes(String(shown(source('plan'), row))),
    ],
    [
      'a tier',
      { kind: 'one of', column: { kind: 'tier' }, texts: ['At risk'] },
      (row: number) => shown({ kind: 'tier' }, row) === 0,
    ],
    [
      'nothing there',
      { kind: 'missing', column: source('logins') },
      (row: number) => shown(source('logins'), row) === undefined,
    ],
    [
      'something there',
      { kind: 'filled', column: source('name') },
      (row: number) => shown(source('name'), row) !== undefined,
    ],
    [
      'a part of a text',
      { kind: 'contains', column: source('plan'), text: 'EA' },
      (row: number) => shown(source('plan'), row) === 'Team',
    ],
    [
      'the outcome',
      { kind: 'one of', column: { kind: 'outcome' }, texts: ['churned'] },
      (row: number) => row % 3 === 0,
    ],
    [
      'the outcome that did not come',
      { kind: 'one of', column: { kind: 'outcome' }, texts: ['retained'] },
      (row: number) => row % 3 !== 0,
    ],
  ] as const)('by %s', (_, condition, meets) => {
    const { rows: listed, summary } = ask({ conditions: [condition] })
    const expected = Array.from({ length: table.rows }, (_row, row) => row).filter(meets)
    expect([...listed]).toEqual(expected)
    expect(listed.length).toBeGreaterThan(0)
    expect(summary.customers).toBe(expected.length)
  })

  test('by all conditions at once; tiers are counted as if none was asked for', () => {
    const plan = { kind: 'one of', column: source('plan'), texts: ['Free'] } as const
    const tier = { kind: 'one of', column: { kind: 'tier' }, texts: ['Watch'] } as const
    const both = ask({ conditions: [plan, tier] })
    expect(both.summary.anyTier).toEqual(ask({ conditions: [plan] }).summary.anyTier)
    expect(both.summary.tiers).toEqual(both.summary.anyTier.map((count, i) => (i === 1 ? count : 0)))
    expect(both.summary.customers).toBe(both.summary.tiers[1])
    expect(both.summary.anyTier.reduce((sum, count) => sum + count, 0)).toBe(
      ask({ conditions: [plan] }).summary.customers,
    )
  })

  test('and summed up: customers, average score, revenue to the cent', () => {
    const { rows: listed, summary } = ask({ conditions: [between(source('mrr'), 30)] })
    const scores = Array.from(listed, (row) => shown({ kind: 'score' }, row)).filter(
      (score) => typeof score === 'number',
    )
    expect(summary.average).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 9)
    const cents = Array.from(listed, (row) => Math.round(Number(shown(source('mrr'), row)) * 100))
    expect(summary.revenue).toBe(cents.reduce((sum, amount) => sum + amount, 0))
  })
})

function inside(value: number | string | undefined, from: number, to: number): boolean {
  return typeof value === 'number' && value >= from && value <= to
}

test('a held list keeps its order while the model changes, and its rows show the new scores', () => {
  const query: RowQuery = { search: '', conditions: [], sort: { column: { kind: 'score' }, descending: false } }
  const before = ask(query).rows.slice()
  const heavier = { ...model, metrics: model.metrics.map((each, i) => ({ ...each, weight: i === 0 ? 1 : 90 })) }
  const held = rows.block({ model: heavier, part: 'history', query, hold: true, from: 0, to: 20, columns: [] })
  expect(held.rows.map(({ row }) => row)).toEqual([...before.subarray(0, 20)])
  expect(held.rows[3]!.score).toBe(evaluator.scores(heavier)[before[3]!])
  expect(listOf(rows, heavier, query).rows).not.toEqual(before)
  rows.list({ model, query, hold: false })
})

describe('an override by hand', () => {
  const override = (customer: string): Override => ({
    ...{ customer, kind: 'set', points: 12.5, reason: 'lost the sponsor', made: '2026-01-01' },
  })

  test('changes what is listed, is marked, and no statistic', () => {
    const customer = textAt(columnNamed(table, 'id')!, 7)
    const statistics = evaluator.evaluate(model).histogram.counts.slice()
    const { byRow, orphans } = placeOverrides(
      [override(customer), override('gone')],
      columnNamed(table, 'id'),
      table.rows,
    )
    expect([...byRow.keys()]).toEqual([7])
    expect(orphans.map(({ customer: id }) => id)).toEqual(['gone'])
    rows.override(byRow)
    const { rows: listed, summary } = ask({ conditions: [{ kind: 'by hand' }] })
    expect([[...listed], summary.byHand]).toEqual([[7], 1])
    const block = rows.block({
      model,
      part: 'history',
      query: { search: customer, conditions: [] },
      hold: false,
      from: 0,
      to: 1,
      columns: [],
    })
    const own = evaluator.scores(model)[7]!
    expect(block.rows[0]).toMatchObject({
      id: customer,
      score: overridden(own, override(customer)),
      modelScore: own,
      tier: 0,
    })
    expect(evaluator.evaluate(model).histogram.counts).toEqual(statistics)
    const lines = [...scoresCsv(evaluator, model, byRow)].join('').split('\r\n')
    expect(lines[0]).toBe('Customer ID,Customer,Health score,Tier,Coverage,Score by hand,Tier by hand,Reason')
    expect(lines[8]!.startsWith(`${customer},`)).toBe(true)
    expect(lines[8]!.endsWith(',12.5,At risk,lost the sponsor')).toBe(true)
    expect(lines[9]!.endsWith(',,,')).toBe(true)
    rows.override(new Map())
  })
})

test('the list is a CSV file whose texts cannot become formulas', () => {
  const request = { model, part: 'history', query: { search: '=sum', conditions: [] }, hold: false } as const
  const columns = [
    { column: { kind: 'id' }, heading: 'ID' },
    { column: source('name'), heading: 'Customer' },
    { column: { kind: 'score' }, heading: 'Score' },
    { column: source('mrr'), heading: 'MRR' },
  ] as const
  const [head, first] = [...rowsCsv(rows, request, columns)].join('').split('\r\n')
  expect(head).toBe('ID,Customer,Score,MRR')
  expect(first).toMatch(/^C-\d+,'=SUM\(A1\) \d,[\d.]*,[\d.]+$/)
})

test('average and steps are the score to the hundredth for every customer', () => {
  const scored = rows.scored(model)
  for (let row = 0; row < table.rows; row++) {
    const detail = customerDetail(scored, row, row, undefined)
    if (detail.average === undefined || detail.score === NOT_SCORED) continue
    const steps = detail.metrics.reduce((sum, { step }) => sum + step, 0)
    expect(detail.average + detail.noValue + steps).toBe(detail.score)
  }
})

test('any order of any texts is that of their bytes with A–Z as a–z', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', 'é', '0', '日'), maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 90 }), async (texts) => {
      const read = await readCsv(`id,name\n${texts.map((each, i) => `r${i},"x${each}"`).join('\n')}\n`, 'a.csv', {
        types: new Map([['name', 'text']]),
      })
      const any = new CustomerRows(
        new Evaluator(read.table, read.report, chooseExecutor().createScorer(read.table.rows)),
      )
      const sort = { column: source('name'), descending: false }
      const { rows: listed } = listOf(any, modelOf([]), { sort })
      const keys = Array.from(listed, (row) => folded(`x${texts[row]!}`))
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    }),
    { numRuns: 60 },
  )
})

describe('rules that acted', () => {
  const ruled = { ...model, rules: [rule('r1', 'seats < 3', 'cap', 20), rule('r2', 'logins > 8', 'floor', 90)] }
  const list = (query: Partial<RowQuery>) => listOf(rows, ruled, query).rows
  const acted = (row: number): string[] =>
    rows
      .scored(ruled)
      .ruleSteps(row)
      .map(({ rule: place }) => ruled.rules[place]!.name)
  const everybody = Array.from({ length: 500 }, (_, row) => row)

  test('are listed with a customer, and move the score exactly from the mean', () => {
    const scored = rows.scored(ruled)
    const means = evaluator.scores(model).slice()
    expect(everybody.filter((row) => acted(row).length > 0).length).toBeGreaterThan(50)
    for (const row of everybody) {
      const moved = scored.ruleSteps(row).reduce((sum, { step }) => sum + step, means[row]!)
      expect(moved).toBe(scored.scores[row])
    }
  })

  test('sort by their order in the model, nobody lost, who met none last', () => {
    const order = (row: number): number => ruled.rules.findIndex(({ name }) => acted(row)[0] === name)
    const listed = [...list({ sort: { column: { kind: 'rules' }, descending: false } })]
    expect(new Set(listed).size).toBe(500)
    const places = listed.map(order)
    const none = places.indexOf(-1)
    expect(places.slice(none).every((place) => place === -1)).toBe(true)
    expect(places.slice(0, none)).toEqual(places.slice(0, none).toSorted((a, b) => a - b))
  })

  test('filter by name, and by whether any did', () => {
    const column = { kind: 'rules' } as const
    expect([...list({ conditions: [{ kind: 'one of', column, texts: ['R2'] }] })]).toEqual(
      everybody.filter((row) => acted(row).includes('R2')),
    )
    expect([...list({ conditions: [{ kind: 'missing', column }] })]).toEqual(
      everybody.filter((row) => acted(row).length === 0),
    )
  })

  test('are in an exported list by name', () => {
    const request = { model: ruled, part: 'history' as const, query: { search: '', conditions: [] }, hold: false }
    const column = (kind: 'rules' | 'score') => ({ column: { kind }, heading: kind })
    const csv = [...rowsCsv(rows, request, [column('rules'), column('score')])].join('')
    const lines = csv.trimEnd().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(',')[0])).toEqual(everybody.map((row) => acted(row).join('; ')))
  })

  test('keep a customer below a tier that the metrics alone would reach, and say so', () => {
    const row = everybody.find((each) => acted(each).join() === 'R1')!
    expect(customerDetail(rows.scored(ruled), row, 0, undefined)).toMatchObject({
      limits: { high: 2000 },
      next: { ways: [], heldBy: ['R1'] },
    })
  })
})
