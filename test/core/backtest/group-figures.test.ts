import { expect, test } from 'vitest'
import { rowsByCustomer } from '../../../src/core/backtest/customer-rows'
import { groupFigures } from '../../../src/core/backtest/group-figures'

const ROWS = 60
const outcome = Uint8Array.from({ length: ROWS }, (_, row) => row % 2)
const scores = Uint16Array.from(outcome, (_, row) => 100 * row)
const outcomes = { judged: Uint32Array.from(outcome.keys()), outcome }
const halves = { group: Uint8Array.from(outcome, (_, row) => Number(row >= ROWS / 2)), groups: 2 }
const few = (group: (row: number) => number, not = scores): boolean[] => {
  const groups = { group: Uint32Array.from(outcome, (_, row) => group(row)), groups: ROWS }
  const customers = rowsByCustomer(outcome, groups)
  return groupFigures(not, { ...outcomes, customers }, halves, { cut: 50, objective: 'churn' }).map((each) => each.few)
}

test('a group of ten customers of each outcome is judged, of fewer it is not', () => {
  const [first, second] = groupFigures(scores, outcomes, halves, { cut: 50, objective: 'churn' })
  expect([first!.customers, first!.few, second!.few]).toEqual([30, false, false])
  const small = { group: halves.group.map((own, row) => (row < 11 ? 2 : own)), groups: 2 }
  const left = groupFigures(scores, outcomes, small, { cut: 50, objective: 'churn' })
  expect(left.map((each) => each.few)).toEqual([true, false])
})

test('where customers repeat it is customers that count, once per outcome in each group', () => {
  expect(few((row) => row)).toEqual([false, false])
  // Everybody has rows of both outcomes and in both halves.
  expect(few((row) => (row >> 1) % 10)).toEqual([false, false])
  expect(few((row) => (row >> 1) % 9)).toEqual([true, true])
  expect(few((row) => (row < ROWS / 2 ? row : 30 + ((row >> 1) % 9)))).toEqual([false, true])
})

test('who is not scored is nobody of the group', () => {
  const unscored = scores.map((score, row) => (row < 12 ? 65_535 : score))
  expect(few((row) => row, unscored)).toEqual([true, false])
})
