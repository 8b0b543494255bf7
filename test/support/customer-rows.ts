import { rowsByCustomer, type CustomerRows } from '../../src/core/backtest/customer-rows'

/** Judged rows by customer. @param customer whose row each is, a whole number */
export function customerRows(outcome: ArrayLike<number>, customer: readonly number[]): CustomerRows {
  return rowsByCustomer(Uint8Array.from(outcome), {
    group: Uint32Array.from(customer),
    groups: 1 + Math.max(0, ...customer),
  })
}
