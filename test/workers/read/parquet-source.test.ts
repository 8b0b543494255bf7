import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { textAt } from '../../../src/core/column/column'
import { readCsv, refusalWords } from '../../support/csv'

/** Written by DuckDB: 50 customers with every type that people's files have. */
const fixture = (codec: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/parquet/t-${codec}.parquet`, import.meta.url))

describe('a Parquet file', () => {
  test.each(['uncompressed', 'snappy', 'zstd', 'gzip'])(
    'packed with %s is read: 64-bit IDs, decimals, dates, timestamps, booleans and gaps',
    async (codec) => {
      const { table, report } = await readCsv(fixture(codec), 'usage.parquet')
      expect(report).toMatchObject({ rows: 50, format: 'parquet', problems: [] })
      expect(report.columns.map(({ name, type, missing, sum }) => [name, type, missing, sum])).toEqual([
        ['id', 'text', 0, undefined],
        ['big', 'text', 0, undefined],
        ['mrr', 'number', 0, 1837.5],
        ['price', 'number', 0, 453.25],
        ['day', 'date', 0, undefined],
        ['seen', 'date', 0, undefined],
        ['plan', 'category', 0, undefined],
        ['churned', 'boolean', 0, undefined],
        ['gaps', 'number', 10, 1000],
      ])
      const row = (at: number): string[] => table.columns.map((column) => textAt(column, at))
      expect(row(49)).toEqual([
        ...['C-49', '9007199254740993049', '73.5', '18.13', '2026-02-19', '2026-01-03 11:30:00'],
        ...['Pro', 'FALSE', '49'],
      ])
    },
  )

  test('packed otherwise is refused with what to do', async () => {
    expect(await refusalWords(fixture('lz4'), 'usage.parquet')).toBe(
      'usage.parquet cannot be read: it is packed with LZ4_RAW, which this page cannot unpack. Write it with Snappy, Zstandard or gzip. Nothing of it was taken.',
    )
  })

  test('that is cut off or bent is refused', async () => {
    const whole = fixture('snappy')
    const bent = whole.slice()
    bent.fill(255, 20, 400)
    for (const content of [whole.subarray(0, 1000), bent]) {
      expect(await refusalWords(content, 'usage.parquet')).toMatch(/^usage\.parquet cannot be read: /)
    }
  })
})
