import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sampleCsv } from '../../../src/core/sample/sample-csv'
import { readCsv } from '../../support/csv'

const text = (set: 'history' | 'current', customers = 5000): string =>
  [...sampleCsv(set, { customers, seed: 1 })].join('')
const hash = (content: string): string => createHash('sha256').update(content).digest('hex')

describe('the sample', () => {
  test('is the same byte for byte, everywhere and every time', () => {
    expect(hash(text('history'))).toBe('0a75a74e7fadf9efb5267251551faab9aa0e4a0e163457dda515b4d7cf598dd8')
    expect(hash(text('current'))).toBe('d6c13f0e4beb43f050c223a0733ff78ee886cb7edde443dabb6774b614fff99e')
  })

  test('reads without a problem: 5,000 customers with outcomes, and today’s without', async () => {
    const history = await readCsv(text('history'))
    expect(history.report.rows).toBe(5000)
    expect(history.report.problems).toEqual([])
    const churned = history.report.columns.find(({ name }) => name === 'Churned')!
    const share = churned.values.find(({ text: value }) => value === 'Yes')!.rows / 5000
    expect(share).toBeGreaterThan(0.12)
    expect(share).toBeLessThan(0.22)
    const current = await readCsv(text('current'))
    expect(current.report.columns.map(({ name }) => name)).not.toContain('Churned')
    expect(current.report.rows).toBeGreaterThan(4000)
  })

  test('has gaps that are not random: who is not engaged does not answer', async () => {
    const { report, table } = await readCsv(text('history', 2000))
    const at = (name: string): number => report.columns.findIndex((column) => column.name === name)
    const days = table.columns[at('Active days 30d')]!
    const nps = table.columns[at('NPS')]!
    if (days.kind !== 'coded' || nps.kind !== 'coded') throw new Error('not coded')
    const mean = (answered: boolean): number => {
      const rows = Array.from(nps.codes.keys()).filter((row) => (nps.codes[row] !== 65535) === answered)
      return rows.reduce((sum, row) => sum + days.dictionary.values[days.codes[row]!]!, 0) / rows.length
    }
    expect(mean(true)).toBeGreaterThan(mean(false) + 1.5)
  })
})
