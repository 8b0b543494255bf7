import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, isoDay, parseDate, settle, settles } from '../../../src/core/column/date-text'

const iso = (text: string, compact = false): string | undefined => {
  const date = parseDate(text, compact)
  return date && isoDay(settle(date, 'month first'))
}

describe('one reading', () => {
  test.each([
    ['2025-03-05', '2025-03-05'],
    ['2025-3-5', '2025-03-05'],
    ['2025/03/05', '2025-03-05'],
    ['2025-03-05T23:59:59.999Z', '2025-03-05'],
    ['2025-03-05 23:59+02:00', '2025-03-05'],
    ['2025-03-05T00:30:00-08:00', '2025-03-05'],
    ['5 Mar 2025', '2025-03-05'],
    ['05-Mar-25', '2025-03-05'],
    ['5. März 2025', '2025-03-05'],
    ['5 de marzo de 2025', '2025-03-05'],
    ['12 août 2024', '2024-08-12'],
    ['Mar 5, 2025', '2025-03-05'],
    ['March 5 2025', '2025-03-05'],
    ['31/12/2025', '2025-12-31'],
    ['12/31/2025', '2025-12-31'],
    ['05.03.2025', '2025-03-05'],
    ['4/26/19', '2019-04-26'],
    ['26/04/68', '2068-04-26'],
    ['26/04/69', '1969-04-26'],
    ['13/05/2025 14:30', '2025-05-13'],
    ['5/13/2025 2:30 PM', '2025-05-13'],
    ['29/02/2024', '2024-02-29'],
  ])('%s is %s', (text, day) => {
    expect(iso(text)).toBe(day)
  })

  test('eight digits are a date only where the column says so', () => {
    expect(iso('20250305')).toBeUndefined()
    expect(iso('20250305', true)).toBe('2025-03-05')
  })
})

test('3/4/2025 reads both ways until its column is settled', () => {
  const date = parseDate('3/4/2025')!
  expect(date.kind).toBe('either')
  expect(isoDay(settle(date, 'day first'))).toBe('2025-04-03')
  expect(isoDay(settle(date, 'month first'))).toBe('2025-03-04')
  expect(parseDate('4/4/2025')!.kind).toBe('day')
})

test('a number over 12 settles the order; dots and month names settle nothing', () => {
  expect(['13/4/2025', '4/13/2025', '3/4/2025', '13.4.2025', '2025-04-13'].map(settles)).toEqual([
    'day first',
    'month first',
    undefined,
    undefined,
    undefined,
  ])
})

test('days that the calendar does not have are no dates', () => {
  const texts = [
    '31/02/2025',
    '2025-02-30',
    '29/02/2025',
    '32/1/2025',
    '2025-13-01',
    '0/5/2025',
    '1/1/99999',
    'May',
    '12',
    '10:30',
    '1-2',
    '5 Foo 2025',
  ]
  expect(texts.map((text) => parseDate(text)).filter((date) => date !== undefined)).toEqual([])
})

test('a day written as ISO comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -98_000, max: 120_000 }), (day) => {
      expect(dayOf(isoDay(day))).toBe(day)
      expect(parseDate(isoDay(day))).toEqual({ kind: 'day', day })
    }),
  )
  expect(dayOf('1970-01-01')).toBe(0)
  expect(dayOf('2025-3-5')).toBeNaN()
})
