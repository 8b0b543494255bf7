import { describe, expect, test } from 'vitest'
import { backtest, holdoutVerdict, tierCounts } from '../../src/core/backtest/backtest'
import { checkModel } from '../../src/core/model/check'
import { describeModel } from '../../src/core/model/model-problem'
import type { HealthModel } from '../../src/core/model/health-model'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { chooseExecutor } from '../../workers/choose-executor'
import { Evaluator } from '../../workers/evaluator'
import { CustomerRows } from '../../workers/rows/customer-rows'
import { customerDetail } from '../../workers/rows/customer-detail'
import { readCsv } from '../support/csv'
import { metric, modelOf } from '../support/model'

/** Every number that a person would be shown of a data set. */
function shown(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>)
  return Object.values(value).flatMap(shown)
}

async function of(text: string, model: HealthModel) {
  const { table, report } = await readCsv(text)
  const evaluator = new Evaluator(table, report, chooseExecutor().createScorer(table.rows))
  const set = evaluator.evaluate(model)
  const figures = [
    backtest(set, 'training', model),
    backtest(set, 'all', model),
    tierCounts(set, model.tiers),
    holdoutVerdict(set, model.objective),
  ]
  const facts = model.metrics.map((each) => evaluator.metricFacts(model, each))
  const rows = new CustomerRows(evaluator)
  const details = Array.from({ length: Math.min(20, table.rows) }, (_, row) =>
    customerDetail(rows.scored(model), row, row, undefined),
  )
  const query = { search: '', conditions: [], sort: { column: { kind: 'score' } as const, descending: false } }
  const listed = rows.block({ model, part: 'history', query, hold: false, from: 0, to: 20, columns: ['id'] })
  for (const number of shown([figures, facts, details.map(({ next: _next, ...rest }) => rest), listed])) {
    expect(Number.isFinite(number)).toBe(true)
  }
  const words = checkModel(model, { columns: report.columns, rows: table.rows, hasAsOf: false }).map(describeModel)
  return { evaluator, set, scores: evaluator.scores(model).slice(), words, summary: listed.summary }
}

const roles = { id: 'id', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } }
const rows = (count: number, row: (i: number) => string): string =>
  `id,a,b,churned\n${Array.from({ length: count }, (_, i) => `C${i},${row(i)},${i % 3 === 0 ? 'Yes' : 'No'}`).join('\n')}\n`

describe('degenerate data gives words, never NaN or infinity (case 37)', () => {
  test('a constant metric adds the same to everyone', async () => {
    const { scores, words } = await of(
      rows(60, (i) => `5,${i % 7}`),
      modelOf([metric('a')], { roles }),
    )
    expect(new Set(scores).size).toBe(1)
    expect(words).toContain('It is the same for everyone, so it adds the same to every score.')
  })

  test('a metric without any value counts for nobody', async () => {
    const { scores, words, summary } = await of(
      rows(60, (i) => `,${i % 7}`),
      modelOf([metric('a')], { roles }),
    )
    expect(scores.every((score) => score === NOT_SCORED)).toBe(true)
    expect(summary).toMatchObject({ customers: 60, average: undefined })
    expect(words).toContain('No customer has a value here, so it counts for nobody.')
  })

  test('one row', async () => {
    const { scores, set } = await of(
      rows(1, () => '4,2'),
      modelOf([metric('a'), metric('b')], { roles }),
    )
    expect([...scores]).toEqual([3000])
    expect(set.customers).toBe(1)
  })

  test('infinities and dates in a number column are missing', async () => {
    const text = rows(60, (i) => `${['Infinity', '-Infinity', '1e999', '2025-01-01', String(i % 9)][i % 5]!},${i % 7}`)
    const { table, report } = await readCsv(text, 'odd.csv', { types: new Map([['a', 'number']]) })
    const evaluator = new Evaluator(table, report, chooseExecutor().createScorer(table.rows))
    const scores = evaluator.scores(modelOf([metric('a')], { roles }))
    for (let row = 0; row < 60; row++) expect(scores[row] === NOT_SCORED).toBe(row % 5 !== 4)
  })

  test('customers without an ID, and customers that repeat', async () => {
    const blank = await of(
      rows(60, (i) => `${i % 9},${i % 7}`).replace(/^C\d+,/gm, ','),
      modelOf([metric('a')], { roles }),
    )
    expect(blank.summary.customers).toBe(60)
    const repeated = await of(
      rows(60, (i) => `${i % 9},${i % 7}`).replace(/^C\d+,/gm, 'same,'),
      modelOf([metric('a')], { roles }),
    )
    expect(repeated.set.ids).toBe('repeated')
  })
})
