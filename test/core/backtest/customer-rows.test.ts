import { expect, test } from 'vitest'
import { eachOnce, rowsByCustomer } from '../../../src/core/backtest/customer-rows'

test('judged rows stand by customer, each in the order of the file; who has none is left out', () => {
  const outcome = Uint8Array.of(1, 2, 0, 0, 1, 2)
  const { rows, starts } = rowsByCustomer(outcome, { group: Uint32Array.of(2, 1, 0, 2, 0, 3), groups: 4 })
  expect([...rows]).toEqual([2, 4, 0, 3])
  expect([...starts]).toEqual([0, 2, 4])
})

test('nobody is nobody', () => {
  const { rows, starts } = rowsByCustomer(Uint8Array.of(2), { group: Uint32Array.of(0), groups: 1 })
  expect([rows.length, [...starts]]).toEqual([0, [0]])
})

test('a customer counts once per outcome, however many rows it has', () => {
  const outcome = Uint8Array.of(1, 1, 0, 0, 1, 2)
  const customers = rowsByCustomer(outcome, { group: Uint32Array.of(0, 0, 0, 1, 2, 2), groups: 3 })
  expect(eachOnce(customers, outcome)).toEqual({ events: 2, nonEvents: 2 })
})
