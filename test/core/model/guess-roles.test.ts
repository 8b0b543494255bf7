import { describe, expect, test } from 'vitest'
import { guessEvent, guessObjective, guessRoles, turnOutcome } from '../../../src/core/model/guess-roles'
import type { Outcome } from '../../../src/core/model/health-model'
import { readCsv } from '../../support/csv'

/** A file of 60 customers with these columns, each with its values in turn. */
async function columnsOf(columns: Readonly<Record<string, readonly string[]>>) {
  const names = ['customer_id', ...Object.keys(columns)]
  const rows = Array.from({ length: 60 }, (_, i) =>
    [`C-${i}`, ...Object.values(columns).map((values) => values[i % values.length]!)].join(),
  )
  const { report } = await readCsv(`${names.join()}\n${rows.join('\n')}\n`)
  return report.columns
}

async function guessed(columns: Readonly<Record<string, readonly string[]>>) {
  const profiles = await columnsOf(columns)
  const { outcome } = guessRoles(profiles, 60)
  const column = profiles.find(({ name }) => name === outcome?.column)
  return { outcome, objective: column && guessObjective(column) }
}

const YES_NO = ['No', 'No', 'Yes']

describe('who bought more', () => {
  test.each([
    'upsold', 'Upsell', 'expansion', 'has_expanded', 'Upgraded', 'cross-sell', 'cross_sold', 'renewed_up', 'up-sell', 'ErweiterungGekauft',
  ])('is told by a column named %s', async (name) => {
    expect(await guessed({ seats: ['1', '2', '3'], [name]: YES_NO })).toEqual({
      outcome: { column: name, event: 'Yes', leaveOut: [] },
      objective: 'expand',
    })
  }) // prettier-ignore

  test('is asked only where no column says who left', async () => {
    const both = await guessed({ upsold: YES_NO, churned: ['Yes', 'No'] })
    expect(both).toMatchObject({ outcome: { column: 'churned' }, objective: 'churn' })
    const byValue = await guessed({ upsold: YES_NO, status: ['Cancelled', 'Active', 'Active'] })
    expect(byValue).toMatchObject({ outcome: { column: 'status', event: 'Cancelled' }, objective: 'churn' })
  })

  test('goes before a column that says who stays', async () => {
    expect(await guessed({ auto_renew: YES_NO, upsold: ['0', '1', '0'] })).toEqual({
      outcome: { column: 'upsold', event: '1', leaveOut: [] },
      objective: 'expand',
    })
  })

  test('is told by the values of a column that is named an outcome', async () => {
    expect(await guessed({ outcome: ['same', 'expanded', 'paused'] })).toMatchObject({
      outcome: { column: 'outcome', event: 'expanded' },
      objective: 'expand',
    })
  })

  test('is not told by the steps of selling', async () => {
    expect(await guessed({ upsell_stage: ['none', 'offered', 'won', 'lost'] })).toEqual({})
  })
})

test('names, revenue and segments are known in other languages, also where every customer stands in several rows', async () => {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const customer = Math.floor(i / 12)
    const day = `01.${String((i % 12) + 1).padStart(2, '0')}.2025`
    return `K${customer};Firma ${customer} GmbH;${day};${customer % 7},50 €;${['Basis', 'Pro'][customer % 2]!};${i % 5 === 0 ? 'Ja' : 'Nein'}`
  })
  const { report } = await readCsv(`Kunden-ID;Firma;Stichtag;Monatsumsatz;Tarif;Gekündigt\n${lines.join('\n')}\n`)
  expect(guessRoles(report.columns, 600)).toMatchObject({
    ...{ id: 'Kunden-ID', name: 'Firma', snapshot: 'Stichtag', revenue: 'Monatsumsatz', segment: 'Tarif' },
    outcome: { column: 'Gekündigt', event: 'Ja' },
  })
})

test('a column that says nothing tells neither, and one that says both tells who left', () => {
  expect(guessObjective({ name: 'flag', values: [{ text: 'Yes', rows: 1 }] })).toBeUndefined()
  expect(guessObjective({ name: 'churned after upgrade', values: [] })).toBe('churn')
  expect(guessObjective({ name: 'state', values: ['Expanded', 'Churned'].map((text) => ({ text, rows: 1 })) })).toBe(
    'churn',
  )
})

test('the event is the value that says what the outcome tells, never its denial', () => {
  const status = { name: 'status', values: ['Not expanded', 'Churned', 'Expanded'].map((text) => ({ text, rows: 1 })) }
  expect(guessEvent(status, 'churn')).toBe('Churned')
  expect(guessEvent(status, 'expand')).toBe('Expanded')
  const retained = { name: 'retained', values: ['Yes', 'No'].map((text) => ({ text, rows: 1 })) }
  expect(guessEvent(retained, 'churn')).toBe('No')
  expect(guessEvent(retained, 'expand')).toBe('Yes')
})

describe('an outcome that is to tell of something else', () => {
  test('moves to the column that tells of it, and back', async () => {
    const columns = await columnsOf({ churned: ['Yes', 'No'], upsold: ['No', 'Yes', 'No'] })
    const { outcome: left } = guessRoles(columns, 60)
    const more = turnOutcome(columns, left, 'expand')
    expect(more).toEqual({ column: 'upsold', event: 'Yes', leaveOut: [] })
    expect(turnOutcome(columns, more, 'churn')).toEqual(left)
    expect(turnOutcome(columns, undefined, 'expand')).toEqual(more)
  })

  test('stays in its column where no other tells of it, with the value that means it', async () => {
    const columns = await columnsOf({ outcome: ['churned', 'expanded', 'same'] })
    const left: Outcome = { column: 'outcome', event: 'churned', leaveOut: ['expanded'] }
    expect(turnOutcome(columns, left, 'expand')).toEqual({ column: 'outcome', event: 'expanded', leaveOut: [] })
  })

  test('keeps the event that a person chose, and the spans of a date', async () => {
    const columns = await columnsOf({ flag: ['Yes', 'No'], on: ['2026-01-05', '2026-02-07'] })
    const chosen: Outcome = { column: 'flag', event: 'No', leaveOut: [] }
    expect(turnOutcome(columns, chosen, 'expand')).toBe(chosen)
    const dated: Outcome = { column: 'on', gap: 0, horizon: 90, observedUntil: '2026-06-01' }
    expect(turnOutcome(columns, dated, 'expand')).toBe(dated)
  })
})

describe('a month', () => {
  const months = ['2026-01-31', '2026-02-28', '2026-03-31']
  const lines = (rows: number): string =>
    Array.from({ length: rows }, (_, i) => `C-${i % 20},${months[Math.floor(i / 20) % 3]!},${i % 7}`).join('\n')

  test('is the snapshot where every customer stands in several rows, and nowhere else', async () => {
    const several = await readCsv(`customer_id,month,logins\n${lines(60)}\n`)
    expect(guessRoles(several.report.columns, 60)).toEqual({ id: 'customer_id', snapshot: 'month' })
    const once = await readCsv(`customer_id,month,logins\n${lines(20)}\n`)
    expect(guessRoles(once.report.columns, 20)).toEqual({ id: 'customer_id' })
  })
})
