import { expect, test } from 'vitest'
import { auc } from '../../../src/core/backtest/auc'
import { binnedRisk, columnRisk } from '../../../src/core/backtest/column-risk'
import { columnNamed } from '../../../src/core/column/column'
import { readCsv } from '../../support/csv'

const rows = Array.from({ length: 60 }, (_, i) => {
  const seen = i % 9 === 0 ? '' : `2026-01-${String(1 + ((i * 7) % 28)).padStart(2, '0')}`
  return `${i % 5 === 0 ? '' : (i * 37) % 11},${seen},${i % 3 === 0 ? 'Yes' : 'No'},${['a', 'b', 'c'][i % 3]!}`
})
const { table } = await readCsv(`amount,seen,active,plan\n${rows.join('\n')}\n`)
const outcome = Uint8Array.from({ length: 60 }, (_, i) => (i % 13 === 0 ? 2 : Number((i * 31) % 7 < 3)))

test.each(['amount', 'seen', 'active'])('rows in bins count as the column does: %s', (name) => {
  const column = columnNamed(table, name)!
  for (const asOf of [undefined, 20_500, Float64Array.from({ length: 60 }, (_, i) => 20_500 + (i % 4))]) {
    const { histogram, bins } = binnedRisk(column, outcome, asOf)!
    expect(auc(histogram)).toEqual(auc(columnRisk(column, outcome, asOf)!))
    const judged = Array.from(bins).filter((bin, row) => bin < histogram.events.length && outcome[row]! <= 1)
    expect(judged.length).toBe([...histogram.events, ...histogram.nonEvents].reduce((sum, count) => sum + count, 0))
  }
})

test('what has no order has no risk', () => {
  expect(binnedRisk(columnNamed(table, 'plan')!, outcome)).toBeUndefined()
  expect(columnRisk(columnNamed(table, 'plan')!, outcome)).toBeUndefined()
})
