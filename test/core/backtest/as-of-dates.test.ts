import { expect, test } from 'vitest'
import { asOfDates } from '../../../src/core/backtest/as-of-dates'
import { outcomesByDate } from '../../../src/core/backtest/outcome'
import { columnNamed, valueAt } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import { readCsv } from '../../support/csv'

test('rows belong to their day, the earliest first', () => {
  const dates = asOfDates(Float64Array.of(20, 10, 20, NaN, 10), Uint8Array.of(1, 0, 2, 1, 1))
  expect(dates.map(({ day, rows, ...counts }) => ({ day, rows: [...rows], ...counts }))).toEqual([
    { day: 10, rows: [1, 4], known: 2, events: 1 },
    { day: 20, rows: [0, 2], known: 1, events: 1 },
  ])
})

test('one day for all is one date, no day is none', () => {
  expect(asOfDates(7, Uint8Array.of(1, 0))).toMatchObject([{ day: 7, known: 2, events: 1 }])
  expect(asOfDates(NaN, Uint8Array.of(1, 0))).toEqual([])
  expect(asOfDates(7, new Uint8Array(0))).toEqual([])
})

test('several snapshots of one customer: each judged from its own day, the last too early to know', async () => {
  const { table } = await readCsv(
    'id,seen,left\nA,2025-01-01,2025-02-15\nA,2025-02-01,2025-02-15\nA,2025-03-01,2025-02-15\nB,2025-01-01,\nB,2025-02-01,\nB,2025-06-20,\n',
  )
  const seen = columnNamed(table, 'seen')!
  const asOf = Float64Array.from({ length: table.rows }, (_, row) => valueAt(seen, row))
  const by = { column: 'left', gap: 0, horizon: 30, observedUntil: '2025-06-30' }
  const { values, counts } = outcomesByDate(columnNamed(table, 'left')!, table.rows, by, asOf)
  expect([...values]).toEqual([0, 1, 2, 0, 0, 2])
  expect(counts).toMatchObject({ events: 1, nonEvents: 3, alreadyGone: 1, tooEarly: 1 })
  expect(asOfDates(asOf, values).map(({ day, known, events }) => [day, known, events])).toEqual([
    [dayOf('2025-01-01'), 2, 0],
    [dayOf('2025-02-01'), 2, 1],
    [dayOf('2025-03-01'), 0, 0],
    [dayOf('2025-06-20'), 0, 0],
  ])
})
