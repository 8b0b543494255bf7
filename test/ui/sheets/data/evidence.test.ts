import { expect, test } from 'vitest'
import type { ColumnProfile, ImportReport } from '../../../../src/core/column/import-report'
import { profileOf } from '../../../../src/core/column/profile'
import { roleEvidence } from '../../../../src/ui/sheets/data/evidence'
import { readCsv } from '../../../support/csv'

function profile(values: readonly number[]): ColumnProfile {
  const column = { kind: 'float', type: 'number', name: 'mrr', values: Float64Array.from(values) } as const
  return profileOf(column, values.length)
}

const evidence = (column: ColumnProfile) =>
  roleEvidence('revenue', { roles: { revenue: 'mrr' }, objective: 'churn' }, {
    columns: [column],
    rows: 2,
  } as unknown as ImportReport)

test.each([
  ['churn', 'churned'],
  ['expand', 'expanded'],
] as const)('the outcome is said in words of what it tells: %s', async (objective, happened) => {
  const { report } = await readCsv('id,moved\nA,Yes\nB,No\nC,No\nD,No\n')
  const said = (event: string) =>
    roleEvidence('outcome', { roles: { outcome: { column: 'moved', event, leaveOut: [] } }, objective }, report)
  expect(said('Yes')).toEqual({ tone: 'fine', text: `25% ${happened}` })
  expect(said('Maybe')).toEqual({ tone: 'warning', text: `nobody ${happened} by this` })
})

test.each([
  ['churned', 'expand', 'named like who churned'],
  ['upsold', 'churn', 'named like who expanded'],
  ['churned', 'churn', undefined],
  ['status', 'expand', undefined],
] as const)('a column %s that is to tell of %s is doubted by its name alone', async (name, objective, doubt) => {
  const { report } = await readCsv(`id,${name}\nA,Churned\nB,Expanded\nC,Active\nD,Active\n`)
  const roles = { outcome: { column: name, event: 'Expanded', leaveOut: [] } }
  const fine = `25% ${objective === 'churn' ? 'churned' : 'expanded'}`
  expect(roleEvidence('outcome', { roles, objective }, report)).toEqual(
    doubt === undefined ? { tone: 'fine', text: fine } : { tone: 'warning', text: doubt },
  )
})

test('revenue is said in all, and never as 0 where it cannot be added up', () => {
  expect(evidence(profile([1000, 234]))).toEqual({ tone: 'fine', text: '1,234 in all' })
  expect(evidence(profile([1.7e308, 1.7e308]))).toEqual({ tone: 'warning', text: 'too large to add up' })
  expect(evidence(profile([NaN, NaN]))).toEqual({ tone: 'warning', text: 'no numbers' })
})
