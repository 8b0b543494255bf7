import { expect, test } from 'vitest'
import type { ImportReport } from '../../../../src/core/column/import-report'
import { findQuality } from '../../../../src/core/quality/find-quality'
import {
  blanksOf,
  otherThanExpected,
  outcomeSides,
  ownSections,
  problemsOf,
  readingFindings,
} from '../../../../src/ui/sheets/data/quality'
import { readCsv } from '../../../support/csv'

const rows = Array.from(
  { length: 60 },
  (_, i) => `C${i},${i === 3 ? '' : i === 4 ? 'soon' : i % 7},${i % 5 === 0 ? '' : 'x'},EU`,
)
const read = await readCsv(`customer_id,logins,note,region\n${rows.join('\n')}\n`)
const { report }: { report: ImportReport } = read
const found = [
  ...findQuality({ table: read.table, roles: { id: 'customer_id' }, asOf: undefined, training: undefined }),
]

test('columns that are other than the model expects are told: another type, gone, new', () => {
  expect(
    otherThanExpected(report, [
      { name: 'customer_id', type: 'text' },
      { name: 'logins', type: 'category' },
      { name: 'seats', type: 'number' },
      { name: 'note', type: report.columns[2]!.type },
    ]),
  ).toEqual(['“logins” was Category, and is Number now', '“seats” is not in it', '“region” is new'])
})

test('both sides of the outcome are counted in words of what it tells', () => {
  const outcome = { column: 'note', event: 'x', leaveOut: [] }
  expect(outcomeSides(report, { outcome }, 'churn')).toEqual({ fine: false, text: '48 of 48 churned (100%): too few to test with' }) // prettier-ignore
  expect(outcomeSides(report, { outcome }, 'expand').text).toBe('48 of 48 expanded (100%): too few to test with')
  expect(outcomeSides(report, {}, 'expand').text).toBe('No column says who expanded: scores work, the test does not.')
})

test('cells that could not be read are told once: by the finding that has the choice', () => {
  expect(readingFindings(report, []).map(({ key }) => key)).toEqual(['not a number'])
  expect(readingFindings(report, found)).toEqual([])
  const unreadable = found.find(({ kind }) => kind === 'unreadable')!
  expect(problemsOf(report, unreadable)).toMatchObject([{ kind: 'not a number', line: 6, text: 'soon' }])
})

test('blanks have a section of their own, the emptiest column first; what to look at comes before what is worth knowing', () => {
  expect(blanksOf(report, found, { columns: [{ column: 'note', blank: 'leave out' }] })).toMatchObject([
    { finding: { column: 'note', count: 12 }, share: 0.2, isNumber: false, chosen: 'leave out' },
    { finding: { column: 'logins', count: 1 }, share: 1 / 60, isNumber: true, chosen: '' },
  ])
  expect(ownSections(found).map(({ kind, column }) => `${kind} ${column}`)).toEqual([
    'unreadable logins',
    'constant region',
  ])
})
