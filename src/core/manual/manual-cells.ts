import { MAX_CODES, MISSING_CODE, type Column } from '../column/column'
import { compareCodePoints } from '../column/trim'
import type { ManualColumn } from './manual-column'

/**
 * Values that people filled in as a column like any imported one: numbers as numbers, choices as categories. Rows that
 * are not named have no value.
 * @param cells rows with their values, each row once
 */
export function columnOfCells(
  { kind, name }: Pick<ManualColumn, 'kind' | 'name'>,
  rows: number,
  cells: ReadonlyMap<number, number | string>,
): Column {
  const counted = new Map<number | string, number>()
  for (const value of cells.values()) counted.set(value, (counted.get(value) ?? 0) + 1)
  if (counted.size > MAX_CODES) return floats(name, rows, cells as ReadonlyMap<number, number>)
  const distinct = [...counted.keys()].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b)),
  )
  const codeOf = new Map(distinct.map((value, code) => [value, code]))
  const codes = new Uint16Array(rows).fill(MISSING_CODE)
  for (const [row, value] of cells) codes[row] = codeOf.get(value)!
  return {
    kind: 'coded',
    name,
    type: kind === 'number' ? 'number' : 'category',
    codes,
    dictionary: {
      texts: distinct.map(String),
      values: Float64Array.from(distinct, (value, code) => (typeof value === 'number' ? value : code)),
      counts: Uint32Array.from(distinct, (value) => counted.get(value)!),
    },
  }
}

function floats(name: string, rows: number, cells: ReadonlyMap<number, number>): Column {
  const values = new Float64Array(rows).fill(NaN)
  for (const [row, value] of cells) values[row] = value
  return { kind: 'float', name, type: 'number', values }
}
