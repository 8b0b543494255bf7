import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, isoDay } from '../../../src/core/column/date-text'
import type { ManualColumn } from '../../../src/core/manual/manual-column'
import {
  entriesOf,
  standingOf,
  typedManual,
  withEntry,
  withoutEntry,
  type ManualValue,
} from '../../../src/core/manual/manual-value'

const pulse: ManualColumn = { id: 'p', name: 'Pulse', kind: 'number', least: 1, most: 5, freshDays: 90 }
const mood: ManualColumn = { id: 'm', name: 'Mood', kind: 'choice', choices: ['Bad', 'So-so', 'Good'] }
const of = { customer: 'C1', column: 'p' }

function filled(...entries: readonly (readonly [value: number | string, day: string])[]): ManualValue {
  return entries.reduce<ManualValue | undefined>(
    (before, [value, day]) => withEntry(before, of, { value, day }),
    undefined,
  )!
}

describe('a typed text', () => {
  const cases: readonly (readonly [ManualColumn, string, number | string])[] = [
    [pulse, ' 4 ', 4],
    [pulse, '4.5', 4.5],
    [pulse, '0', 'Pulse is from 1 to 5'],
    [pulse, '5.01', 'Pulse is from 1 to 5'],
    [pulse, 'four', '“four” is not a number'],
    [pulse, '4,5', 'Use a point: 4.5'],
    [mood, 'Good', 'Good'],
    [mood, 'good ', 'Good'],
    [mood, 'great', '“great” is none of Bad, So-so, Good'],
  ]
  test.each(cases)('in $name, “%s”, comes to %s', (column, text, expected) => {
    const typed = typedManual(column, text)
    expect(typed.ok ? typed.value : typed.why).toBe(expected)
  })

  test('of any number may stand where no bounds are set, and on one side of one', () => {
    expect(typedManual({ id: 'n', name: 'N', kind: 'number' }, '-1e6')).toEqual({ ok: true, value: -1e6 })
    expect(typedManual({ id: 'n', name: 'N', kind: 'number', least: 0 }, '-1')).toEqual({
      ok: false,
      why: 'N is at least 0',
    })
    expect(typedManual({ id: 'n', name: 'N', kind: 'number', most: 0 }, '1')).toEqual({
      ok: false,
      why: 'N is at most 0',
    })
  })
})

describe('entries', () => {
  test('are newest first whatever order they were made in; one of the same day gives way', () => {
    const value = filled([3, '2026-05-01'], [4, '2026-08-14'], [2, '2026-06-30'], [5, '2026-08-14'])
    expect(entriesOf(value)).toEqual([
      { value: 5, day: '2026-08-14' },
      { value: 2, day: '2026-06-30' },
      { value: 3, day: '2026-05-01' },
    ])
  })

  test('are taken away one by one until nothing is left', () => {
    const value = filled([3, '2026-05-01'], [4, '2026-08-14'])
    const left = withoutEntry(value, '2026-08-14')!
    expect(left).toEqual({ ...of, value: 3, day: '2026-05-01' })
    expect(withoutEntry(left, '2026-05-01')).toBeUndefined()
  })
})

describe('a value', () => {
  const value = filled([2, '2026-01-31'], [4, '2026-08-14'])
  const row = { today: dayOf('2026-09-01') }
  const standing = (asOf: string | undefined, judged: boolean, of_ = value, column: ManualColumn = pulse) => {
    const { kind, entry } = standingOf(of_, column, {
      ...{ ...row, judged },
      asOf: asOf === undefined ? undefined : dayOf(asOf),
    })
    return [kind, entry.value]
  }

  test('counts for today’s customers though their as-of day is before it', () => {
    expect(standing('2026-06-30', false)).toEqual(['counts', 4])
  })

  test('set after the as-of day does not count where outcomes are known: what was known then does', () => {
    expect(standing('2026-03-31', true)).toEqual(['counts', 2])
    expect(standing('2026-01-30', true)).toEqual(['later', 4])
    expect(standing('2026-08-14', true)).toEqual(['counts', 4])
  })

  test('is missing where outcomes are known and no as-of day is', () => {
    expect(standing(undefined, true)).toEqual(['no day', 4])
    expect(standingOf(value, pulse, { ...row, judged: true, asOf: NaN }).kind).toBe('no day')
  })

  test('is missing the day after its limit, by the as-of day, or by today where there is none', () => {
    expect(standing('2026-11-12', false)).toEqual(['counts', 4])
    expect(standing('2026-11-13', false)).toEqual(['old', 4])
    expect(standing(undefined, false)).toEqual(['counts', 4])
    expect(standing('2027-11-13', false, value, { ...pulse, freshDays: undefined } as unknown as ManualColumn)).toEqual(
      ['counts', 4],
    )
  })

  test('that may no longer stand in its column is missing', () => {
    expect(standing('2026-09-01', false, value, { ...pulse, most: 3 })).toEqual(['unfit', 4])
    expect(standing('2026-09-01', false, value, mood)).toEqual(['unfit', 4])
  })

  test('never counts by what became known after the as-of day of a row whose outcome is known', () => {
    const day = fc.integer({ min: 20_000, max: 21_000 })
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 8 }), day, (days, asOf) => {
        const any = filled(...days.map((each) => [3, isoDay(each)] as const))
        const { kind, entry } = standingOf(any, pulse, { asOf, judged: true, today: 21_500 })
        const known = days.filter((each) => each <= asOf)
        if (kind === 'counts') {
          expect(dayOf(entry.day)).toBe(Math.max(...known))
          expect(asOf - dayOf(entry.day)).toBeLessThanOrEqual(90)
        } else expect(kind).toBe(known.length === 0 ? 'later' : 'old')
      }),
    )
  })
})
