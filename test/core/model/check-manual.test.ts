import { describe, expect, test } from 'vitest'
import type { ManualColumn } from '../../../src/core/manual/manual-column'
import { activeMetrics, checkModel } from '../../../src/core/model/check'
import { describeModel } from '../../../src/core/model/model-problem'
import { readCsv } from '../../support/csv'
import { metric, modelOf } from '../../support/model'

const { report } = await readCsv('id,logins\nA1,1\nA2,2\n')
const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number' }

function problems(manual: readonly ManualColumn[]): string[] {
  const model = modelOf([metric('logins')], { manual })
  const data = { columns: report.columns, imported: report.columns, rows: report.rows, hasAsOf: true }
  return checkModel(model, data).map(describeModel)
}

describe('a column filled in by hand', () => {
  test('must have a name of its own', () => {
    const taken = (name: string): string =>
      `“${name}” is filled in by hand, and another column has that name. What was filled in does not count until it is renamed on the Customers sheet.`
    expect(problems([pulse])).toEqual([])
    expect(problems([{ ...pulse, name: 'logins' }])).toEqual([taken('logins')])
    expect(problems([pulse, { ...pulse, id: 'q' }])).toEqual([taken('Pulse')])
  })

  test('must be able to hold something', () => {
    expect(problems([{ ...pulse, least: 5, most: 1 }])).toEqual([
      'The least value of “Pulse” must not be above its most.',
    ])
    expect(problems([{ id: 'm', name: 'Mood', kind: 'choice', choices: ['a', 'a'] }])).toEqual([
      '“Mood” needs at least two choices, no two alike.',
    ])
  })

  test('that became known too late to judge by is told of, and its metric stays on', () => {
    const model = modelOf([metric('logins')])
    const tooLate = new Map([['logins', 2]])
    const found = checkModel(model, { columns: report.columns, rows: report.rows, hasAsOf: true, tooLate })
    expect(found.map(describeModel)).toEqual([
      '“logins” is filled in by hand: 2 values of customers who judge the model came after the as-of day, when the outcome may have been known. There it counts as missing.',
    ])
    expect(activeMetrics(model, found)).toHaveLength(1)
  })
})
