import { expect, test } from 'vitest'
import { assembleColumn } from '../../../workers/store/assemble'
import { storeTable } from '../../../workers/store/store-table'
import { readCsv } from '../../support/csv'
import { manyRows } from '../../support/data-set'

test('a table from memory is kept so that it comes back equal: codes, floats, texts, dates, over several chunks', async () => {
  const { table } = await readCsv(manyRows(70_000))
  expect(new Set(table.columns.map(({ kind }) => kind))).toEqual(new Set(['coded', 'float', 'text']))
  const chunks: ArrayBuffer[][] = []
  const stored = await storeTable(table, {
    write: (column, chunk, buffer) => {
      ;(chunks[column] ??= [])[chunk] = buffer
      return Promise.resolve()
    },
    discard: () => Promise.resolve(),
  })
  for (const [index, column] of table.columns.entries()) {
    const back = assembleColumn(stored[index]!, chunks[index]!, table.rows)
    expect(back.kind).toBe(column.kind)
    expect({ name: back.name, type: back.type }).toEqual({ name: column.name, type: column.type })
    for (const [key, values] of Object.entries(column)) {
      if (!ArrayBuffer.isView(values)) continue
      const other = (back as unknown as Record<string, Uint8Array>)[key]!
      const bytesOf = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength)
      expect(bytesOf(other).equals(bytesOf(values))).toBe(true)
    }
    if (column.kind === 'coded' && back.kind === 'coded') expect(back.dictionary).toEqual(column.dictionary)
  }
})
