import { expect, test } from 'vitest'
import { drawnRates } from '../../../src/core/backtest/drawn-rates'
import { wilson } from '../../../src/core/backtest/wilson'
import { customerRows } from '../../support/customer-rows'
import { finish } from '../../support/finish'

const CUSTOMERS = 500
const NONE = 255

interface Row {
  readonly customer: number
  readonly outcome: number
  readonly group: number
}

/** Each customer in one of two groups; a third group of three customers, and some rows in none. */
const ROWS: Row[] = Array.from({ length: CUSTOMERS }, (_, customer) => ({
  customer,
  outcome: Number((customer * 7919) % 10 < (customer % 2 === 0 ? 2 : 5)),
  group: customer < 1 ? 2 : customer % 11 === 0 ? NONE : customer % 2,
}))

function rates(rows: readonly Row[]) {
  const outcome = Uint8Array.from(rows, (row) => row.outcome)
  return finish(
    drawnRates({
      customers: customerRows(outcome, rows.map(({ customer }) => customer)), // prettier-ignore
      ...{ outcome, group: Uint8Array.from(rows, ({ group }) => group), groups: 3, seed: 1 },
      hashes: Uint32Array.from(rows, ({ customer }) => Math.imul(customer + 1, 0x9e3779b1)),
    }),
  )
}

test('with every customer once they are about Wilson’s', () => {
  const found = rates(ROWS)
  for (const group of [0, 1]) {
    const own = ROWS.filter((row) => row.group === group)
    const { low, high } = wilson(own.reduce((sum, { outcome }) => sum + outcome, 0), own.length)! // prettier-ignore
    expect(found[group]!.low).toBeCloseTo(low, 1.7)
    expect(found[group]!.high).toBeCloseTo(high, 1.7)
  }
})

test('rows that are there three times tell no more, in whatever order they stand', () => {
  const thrice = ROWS.flatMap((row) => [row, row, row])
  expect(rates(thrice)).toEqual(rates(ROWS))
  expect(rates(thrice.toReversed())).toEqual(rates(ROWS))
})

test('a group that hardly any draw holds has none', () => {
  expect(rates(ROWS)[2]).toBeUndefined()
  expect(rates([])).toEqual([undefined, undefined, undefined])
})
