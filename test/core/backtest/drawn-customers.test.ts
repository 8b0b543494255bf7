import { describe, expect, test } from 'vitest'
import { drawnCustomers, judgedRows, type BootstrapRows } from '../../../src/core/backtest/drawn-customers'

const hashes = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => 1000 - i)

describe('the customers that are drawn from', () => {
  test('are those with an outcome whom every model scores', () => {
    const rows = { a: [0, 9, 1, 2, 3], b: [0, 0, 9, 1, 1], bins: 5, outcome: [0, 1, 1, 1, 2], hashes: hashes(5) }
    expect([...judgedRows(rows)]).toEqual([0, 3])
    expect(drawnCustomers(rows).customers).toBe(2)
  })

  test('stand by bin of A, bin of B, outcome and revenue', () => {
    const rows = {
      a: [2, 1, 1, 1, 1, 0],
      b: [0, 3, 3, 3, 2, 4],
      bins: 5,
      outcome: [0, 1, 0, 0, 1, 1],
      revenue: [1, 1, 90, 80, 5, 7],
      hashes: hashes(6),
    }
    const { rows: drawn, starts } = drawnCustomers(rows).drawnFrom
    expect([...drawn]).toEqual([5, 4, 3, 2, 1, 0])
    expect([...starts]).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test('keep all their rows together, and stand by the least of them, then the next', () => {
    const customer = [7, 7, 3, 3, 3, 5]
    const rows = { a: [4, 1, 2, 1, 3, 1], bins: 5, outcome: [0, 0, 0, 0, 0, 0], hashes: hashes(6), customer }
    const { customers, drawnFrom } = drawnCustomers(rows)
    expect(customers).toBe(3)
    expect([...drawnFrom.rows]).toEqual([5, 3, 2, 4, 1, 0])
    expect([...drawnFrom.starts]).toEqual([0, 1, 4, 6])
  })

  test('are the 20,000 of lowest hash where there are more, with all their rows', () => {
    const length = 50_002
    const customer = Uint32Array.from({ length }, (_, row) => row >> 1)
    const zeros = new Uint8Array(length)
    const rows = { a: zeros, bins: 1, outcome: zeros, hashes: customer.map((each) => 90_000 - each), customer }
    const { customers, drawnFrom } = drawnCustomers(rows)
    expect(customers).toBe(25_001)
    expect(drawnFrom.starts).toHaveLength(20_001)
    expect([...drawnFrom.rows].sort((x, y) => x - y).slice(0, 3)).toEqual([10_002, 10_003, 10_004])
  })

  test('are the same where the rows to look at are told', () => {
    const rows: BootstrapRows = { a: [3, 1, 0, 2], bins: 4, outcome: [1, 2, 0, 1], hashes: hashes(4) }
    const among = { rows: Uint32Array.of(0, 2, 3), byHash: Uint32Array.of(3, 2, 0) }
    expect(drawnCustomers({ ...rows, among })).toEqual(drawnCustomers(rows))
  })

  test('are no part of those who share a hash, and fewer than 20,000 for it', () => {
    const length = 30_000
    const zeros = new Uint8Array(length)
    const shared = Uint32Array.from({ length }, (_, row) => (row < 19_990 ? row : Math.max(19_990, row - 20)))
    const rows = { a: zeros, bins: 1, outcome: zeros, hashes: shared.reverse() }
    const { customers, drawnFrom } = drawnCustomers(rows)
    expect(customers).toBe(30_000)
    expect(drawnFrom.rows).toHaveLength(19_990)
    expect(Math.min(...drawnFrom.rows)).toBe(10_010)
    const alike = drawnCustomers({ ...rows, hashes: new Uint32Array(length) })
    expect(alike.drawnFrom.rows).toHaveLength(length)
  })
})
