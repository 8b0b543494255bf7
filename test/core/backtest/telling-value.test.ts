import { describe, expect, test } from 'vitest'
import { tellingValue } from '../../../src/core/backtest/telling-value'
import { columnNamed, type Column } from '../../../src/core/column/column'
import { readCsv } from '../../support/csv'

const float = (values: Float64Array): Column => ({ kind: 'float', name: 'x', type: 'number', values })

async function coded(values: ArrayLike<number | string>): Promise<Column> {
  const { table } = await readCsv(`id,x\n${Array.from(values, (value, row) => `${row},${value}`).join('\n')}\n`)
  return columnNamed(table, 'x')!
}

/** Every fourth of 400 customers churned. */
const FOURTH = Uint8Array.from({ length: 400 }, (_, row) => Number(row % 4 === 0))

test('a value that only churned customers have tells', async () => {
  const column = await coded(
    Array.from(FOURTH, (churned, row) => (churned && row % 8 === 0 ? 'closing' : `r${row % 3}`)),
  )
  expect(tellingValue(column, FOURTH)).toEqual({ value: 'closing', customers: 50 })
})

test.each([
  ['a number', 0, '0'],
  ['being blank', NaN, ''],
])('%s that only churned customers have tells, in a column of too many numbers for codes', (_, told, value) => {
  const values = Float64Array.from(FOURTH, (churned, row) => (churned && row % 8 === 0 ? told : ((row * 37) % 400) + 1))
  expect(tellingValue(float(values), FOURTH)).toEqual({ value, customers: 50 })
  // One retained customer has it too, or nine churned ones have it.
  expect(tellingValue(float(values.with(1, told)), FOURTH)).toBeUndefined()
  const few = values.map((each, row) => (Object.is(each, told) && row >= 72 ? row + 500 : each))
  expect(tellingValue(float(few), FOURTH)).toBeUndefined()
})

describe.each(['codes', 'numbers'] as const)('in a column of a hundred numbers, as %s', (kind) => {
  /** Twenty customers have each of them. @param churnedOf how many of the twenty churned */
  async function told(churnedOf: (value: number) => number) {
    const values = Float64Array.from({ length: 2000 }, (_, row) => row % 100)
    const outcome = Uint8Array.from(values, (value, row) => Number(Math.floor(row / 100) < churnedOf(value)))
    return tellingValue(kind === 'codes' ? await coded(values) : float(values), outcome)
  }

  test('one that differs from those beside it tells', async () => {
    expect(await told((value) => (value === 50 ? 20 : 2))).toEqual({ value: '50', customers: 20 })
    expect(await told((value) => (value === 0 ? 20 : 2))).toEqual({ value: '0', customers: 20 })
  })

  test('one where nearly as many churned beside it is what a column that predicts has by chance', async () => {
    const low = (value: number): number => (value < 20 ? 16 : 2)
    expect(await told((value) => (value === 7 || value === 0 ? 20 : low(value)))).toBeUndefined()
  })

  test('from where on everybody churned, they tell', async () => {
    expect(await told((value) => (value < 20 ? 20 : 2))).toMatchObject({ customers: 20 })
  })
})
