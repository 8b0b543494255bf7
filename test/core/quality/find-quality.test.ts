import { describe, expect, test } from 'vitest'
import type { Table } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import type { Roles } from '../../../src/core/model/health-model'
import { findQuality, type QualityInput } from '../../../src/core/quality/find-quality'
import type { Finding } from '../../../src/core/quality/finding'
import { chosenOf, findingWords } from '../../../src/core/quality/finding-words'
import { choose } from '../../../src/core/quality/choose'
import { NO_CLEANING } from '../../../src/core/recipe/cleaning'
import { readCsv } from '../../support/csv'

async function tableOf(header: string, rows: readonly string[]): Promise<Table> {
  return (await readCsv(`${header}\n${rows.join('\n')}\n`)).table
}

function found(table: Table, change: Partial<QualityInput> = {}): Finding[] {
  return [...findQuality({ table, roles: {}, asOf: undefined, training: undefined, ...change })]
}

const many = (cell: (i: number) => string | number, rows = 100): string[] =>
  Array.from({ length: rows }, (_, i) => `${cell(i)},${i}`)

describe('a table is looked at', () => {
  test('blanks and cells that could not be read are counted apart, with their rows', async () => {
    const rows = many((i) => (i === 3 || i === 90 ? '' : i === 7 ? 'n/a' : i === 12 ? 'soon' : i % 9))
    const table = await tableOf('x,y', rows)
    expect(found(table)).toEqual([
      { kind: 'blank', column: 'x', count: 3, rows: [3, 7, 90] },
      { kind: 'unreadable', column: 'x', count: 1, rows: [12] },
    ])
  })

  test('customers who are there several times, on one day only', async () => {
    const table = await tableOf('id,day', [
      'A,2026-01-01',
      'B,2026-01-01',
      'A,2026-01-01',
      'A,2026-02-01',
      ',2026-01-01',
      ',2026-01-01',
    ])
    const roles: Roles = { id: 'id' }
    expect(found(table, { roles })[0]).toEqual({
      kind: 'repeated customers',
      column: 'id',
      count: 1,
      groups: [[0, 2, 3]],
    })
    expect(found(table, { roles: { id: 'id', snapshot: 'day' } })[0]).toMatchObject({ groups: [[0, 2]] })
  })

  test('constant and nearly constant columns, and no other finding of those', async () => {
    const same = await tableOf(
      'x,y',
      many(() => 'EU'),
    )
    expect(found(same)).toEqual([{ kind: 'constant', column: 'x', value: 'EU', share: 1, count: 0, rows: [] }])
    const nearly = await tableOf(
      'x,y',
      many((i) => (i === 40 ? 9 : 1), 400),
    )
    expect(found(nearly)).toEqual([
      { kind: 'constant', column: 'x', value: '1', share: 399 / 400, count: 1, rows: [40] },
    ])
  })

  test('values beyond three interquartile ranges', async () => {
    // Quartiles of 0…99 without the two are 24.25 and 72.75 or so; the fences lie three ranges of 48.5 beyond.
    const table = await tableOf(
      'x,y',
      many((i) => (i === 5 ? 1000 : i === 6 ? -1000 : i)),
    )
    expect(found(table)).toEqual([
      { kind: 'outliers', column: 'x', low: 25.75 - 3 * 49.5, high: 75.25 + 3 * 49.5, count: 2, rows: [5, 6] }, // prettier-ignore
    ])
  })

  test('a category that no two rows share', async () => {
    const table = await tableOf(
      'x,y',
      many((i) => `Site ${String.fromCharCode(65 + (i % 26))}${i}`, 60),
    )
    const own = found(table).filter(({ column }) => column === 'x')
    expect(own.every(({ kind }) => kind === 'one value per row')).toBe(true)
  })

  test('a column that only churned customers have, and dates later than the as-of day', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) => `${i % 4 === 0 ? 'price' : ''},2026-0${i < 3 ? 6 : 1}-01,${i % 7}`,
    )
    const table = await tableOf('reason,seen,z', rows)
    const training = Uint8Array.from({ length: 100 }, (_, i) => Number(i % 4 === 0))
    const all = found(table, { training, asOf: dayOf('2026-03-01') })
    expect(all).toContainEqual({
      kind: 'knows the answer',
      column: 'reason',
      leak: { kind: 'value tells', value: 'price', customers: 25 },
    })
    expect(all).toContainEqual({ kind: 'later dates', column: 'seen', count: 3, rows: [0, 1, 2] })
    expect(found(table).filter(({ kind }) => kind === 'knows the answer' || kind === 'later dates')).toEqual([])
  })

  test('all rows where all are asked for', async () => {
    const table = await tableOf(
      'x,y',
      many((i) => (i % 2 === 0 ? '' : i)),
    )
    const input = { table, roles: {}, asOf: undefined, training: undefined }
    expect([...findQuality(input)][0]).toMatchObject({ count: 50, rows: [0, 2, 4, 6, 8, 10] })
    expect([...findQuality(input, 1000)][0]).toMatchObject({ rows: { length: 50 } })
  })
})

const FINDINGS: readonly Finding[] = [
  { kind: 'repeated customers', column: 'id', count: 1, groups: [[0, 1]] },
  { kind: 'blank', column: 'a', count: 1, rows: [0] },
  { kind: 'unreadable', column: 'a', count: 1, rows: [0] },
  { kind: 'constant', column: 'b', value: 'x', share: 1, count: 0, rows: [] },
  { kind: 'constant', column: 'b', value: 'x', share: 0.999, count: 1, rows: [4] },
  { kind: 'outliers', column: 'c', low: 0, high: 1, count: 1, rows: [0] },
  { kind: 'near duplicates', column: 'd', pairs: [{ from: 'a', to: 'A', rows: 1 }] },
  { kind: 'knows the answer', column: 'e', leak: { kind: 'identifies' } },
  { kind: 'later dates', column: 'f', count: 1, rows: [0] },
  { kind: 'one value per row', column: 'g', count: 60 },
]

test.each(FINDINGS.map((finding) => [`${finding.kind} of ${finding.column}`, finding] as const))(
  'every choice about %s is the one that is shown as chosen, and the first is to do nothing',
  (_, finding) => {
    const { choices } = findingWords(finding)
    expect(choices[0]?.value).toBe('')
    for (const { value } of choices) {
      const cleaning = choose(NO_CLEANING, finding, value)
      expect(chosenOf(cleaning, finding)).toBe(value)
      expect(choose(cleaning, finding, '')).toEqual(NO_CLEANING)
    }
  },
)
