import { describe, expect, test } from 'vitest'
import { outcomesByDate, outcomesByValue } from '../../../src/core/backtest/outcome'
import { columnNamed } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import { readCsv } from '../../support/csv'

async function columnOf(text: string) {
  const { table } = await readCsv(text)
  return { column: columnNamed(table, 'x')!, rows: table.rows }
}

describe('an outcome by value', () => {
  test('names the event; others stayed or are left out; blank is not known', async () => {
    const { column, rows } = await columnOf('id,x\n1,lost\n2,kept\n3,moved\n4,\n5,lost\n')
    const { values, counts } = outcomesByValue(column, rows, { column: 'x', event: 'lost', leaveOut: ['moved'] })
    expect([...values]).toEqual([1, 0, 2, 2, 1])
    expect(counts).toMatchObject({ events: 2, nonEvents: 1, leftOut: 1, blank: 1 })
  })

  test('takes the other spelling of yes in a boolean column', async () => {
    const { column, rows } = await columnOf('id,x\n1,Yes\n2,no\n3,TRUE\n4,0\n')
    expect(column.type).toBe('boolean')
    const { values } = outcomesByValue(column, rows, { column: 'x', event: 'Yes', leaveOut: [] })
    expect([...values]).toEqual([1, 0, 1, 0])
  })
})

describe('an outcome by date', () => {
  const by = { column: 'x', gap: 10, horizon: 30, observedUntil: '2025-06-30' }

  test('is an event within the horizon; who left before or in the gap is not judged', async () => {
    const { column, rows } = await columnOf(
      'id,x\n1,2025-01-01\n2,2025-01-11\n3,2025-02-10\n4,2025-02-11\n5,\n6,2024-12-31\n',
    )
    const { values, counts } = outcomesByDate(column, rows, by, dayOf('2025-01-01'))
    expect([...values]).toEqual([2, 2, 1, 0, 0, 2])
    expect(counts).toMatchObject({ alreadyGone: 2, leftDuringGap: 1, events: 1, nonEvents: 2 })
  })

  test('is too early to know where observation ends before the horizon', async () => {
    const { column, rows } = await columnOf('id,x\n1,2025-06-20\n2,\n')
    const { counts } = outcomesByDate(column, rows, by, dayOf('2025-06-01'))
    expect(counts).toMatchObject({ tooEarly: 2, events: 0, nonEvents: 0 })
  })
})
