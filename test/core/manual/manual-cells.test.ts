import { describe, expect, test } from 'vitest'
import { textAt, valueAt } from '../../../src/core/column/column'
import { profileOf } from '../../../src/core/column/profile'
import { columnOfCells } from '../../../src/core/manual/manual-cells'

describe('cells become a column like an imported one', () => {
  test('numbers are coded in rising order; rows without a value are missing, never zero', () => {
    const column = columnOfCells({ kind: 'number', name: 'Pulse' }, 5, new Map([[0, 4], [3, 0], [4, 4]])) // prettier-ignore
    expect(Array.from({ length: 5 }, (_, row) => valueAt(column, row))).toEqual([4, NaN, NaN, 0, 4])
    expect(profileOf(column, 5)).toMatchObject({ type: 'number', distinct: 2, missing: 2, min: 0, max: 4, sum: 8 })
  })

  test('choices are a category', () => {
    const column = columnOfCells({ kind: 'choice', name: 'Mood' }, 3, new Map([[0, 'So-so'], [2, 'Bad']])) // prettier-ignore
    expect([0, 1, 2].map((row) => textAt(column, row))).toEqual(['So-so', '', 'Bad'])
    expect(profileOf(column, 3)).toMatchObject({ type: 'category', distinct: 2, missing: 1 })
  })

  test('more different numbers than codes are floats', () => {
    const cells = new Map(Array.from({ length: 70_000 }, (_, row) => [row, row / 8]))
    const column = columnOfCells({ kind: 'number', name: 'Pulse' }, 70_001, cells)
    expect(column.kind).toBe('float')
    expect([valueAt(column, 69_999), valueAt(column, 70_000)]).toEqual([69_999 / 8, NaN])
  })
})
