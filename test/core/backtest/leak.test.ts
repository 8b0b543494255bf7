import { describe, expect, test } from 'vitest'
import { describeLeak, followsRows, leakOf, rowOrderAuc } from '../../../src/core/backtest/leak'
import { columnNamed } from '../../../src/core/column/column'
import { dayOf } from '../../../src/core/column/date-text'
import { readCsv } from '../../support/csv'

/** A file of `n` customers, one in four churned, with a column x by their place and outcome. */
async function leakIn(n: number, x: (row: number, churned: boolean) => string | number, asOf?: string) {
  const rows = Array.from({ length: n }, (_, row) => `${row},${x(row, row % 4 === 0)}`)
  const { table } = await readCsv(`id,x\n${rows.join('\n')}\n`)
  const outcome = Uint8Array.from({ length: n }, (_, row) => Number(row % 4 === 0))
  return leakOf({ column: columnNamed(table, 'x')!, outcome, asOf: asOf === undefined ? undefined : dayOf(asOf) })
}

describe('a leak', () => {
  test('separates: AUC .95 and more, beyond chance', async () => {
    const leak = await leakIn(400, (row, churned) => (churned ? 100 : 0) + (row % 7))
    expect(leak).toEqual({ kind: 'separates', auc: 1 })
    expect(describeLeak(leak!, 'Cancel visits')).toContain('AUC 1.000')
  })

  test('does not accuse a column that separates eight customers by luck', async () => {
    expect(await leakIn(8, (row, churned) => (churned ? 10 : row))).toBeUndefined()
  })

  test('a column that only churned customers have anything in', async () => {
    const leak = await leakIn(400, (row, churned) => (churned && row % 8 === 0 ? `reason ${row % 5}` : ''))
    expect(leak?.kind === 'filled tells' || leak?.kind === 'value tells').toBe(true)
  })

  test('a date after the as-of day', async () => {
    const leak = await leakIn(40, (row) => `2025-03-${String((row % 28) + 1).padStart(2, '0')}`, '2025-03-10')
    expect(leak).toMatchObject({ kind: 'dated after' })
  })

  test('honest signal is none', async () => {
    expect(await leakIn(400, (row, churned) => ((row * 37) % 100) + (churned ? 15 : 0))).toBeUndefined()
  })
})

describe('the order of the rows', () => {
  test('tells when the churned come first', () => {
    expect(rowOrderAuc(Uint8Array.from({ length: 100 }, (_, row) => Number(row < 30)))).toBe(1)
    expect(rowOrderAuc(Uint8Array.from({ length: 100 }, (_, row) => Number(row % 3 === 0)))).toBeUndefined()
  })

  test('is followed by a running number', async () => {
    const { table } = await readCsv('n,x\n1,5\n2,3\n3,9\n4,1\n')
    expect(followsRows(columnNamed(table, 'n')!, 4)).toBe(true)
    expect(followsRows(columnNamed(table, 'x')!, 4)).toBe(false)
  })
})
