import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupsOf, informationValue, withMissing } from '../../../src/core/backtest/information-value'
import { totals } from '../../../src/core/backtest/outcome-histogram'
import { columnNamed, textAt } from '../../../src/core/column/column'
import { histogram, histograms } from '../../support/histogram'
import { hasShared, LEFT_OUT, readShared } from '../../support/shared'

describe('the information value', () => {
  test('of two groups by hand, less what noise would give', () => {
    const { raw, value, luck, withinLuck, groups, zeroCells } = informationValue(histogram([30, 10], [20, 60]))!
    const expected = (0.75 - 0.25) * Math.log(3) + (0.25 - 0.75) * Math.log(1 / 3)
    expect(raw).toBeCloseTo(expected, 12)
    expect(value).toBeCloseTo(expected - (1 / 40 + 1 / 80), 12)
    expect(luck).toBeCloseTo(3.841458820694124 * (1 / 40 + 1 / 80), 12)
    expect({ withinLuck, groups, zeroCells }).toEqual({ withinLuck: false, groups: 2, zeroCells: 0 })
  })

  test('counts half a customer in an empty cell, and says so', () => {
    const { raw, zeroCells } = informationValue(histogram([5, 0], [5, 10]))!
    expect(zeroCells).toBe(1)
    expect(raw).toBeCloseTo((1 - 1 / 3) * Math.log(3) + (0.1 - 2 / 3) * Math.log(0.15), 12)
  })

  test('is 0 within luck where groups are alike', () => {
    expect(informationValue(histogram([5, 10], [10, 20]))).toMatchObject({ value: 0, withinLuck: true })
  })

  test('does not exist for one group, one outcome or nobody', () => {
    expect(informationValue(histogram([5, 0], [5, 0]))).toBeUndefined()
    expect(informationValue(histogram([5, 5], [0, 0]))).toBeUndefined()
    expect(informationValue(histogram([], []))).toBeUndefined()
  })

  test('is finite and not negative, and does not depend on the order of groups', () => {
    fc.assert(
      fc.property(histograms, (counted) => {
        const found = informationValue(counted)
        fc.pre(found !== undefined)
        expect(Number.isFinite(found.raw)).toBe(true)
        expect(found.value).toBeGreaterThanOrEqual(0)
        const turned = informationValue({
          events: counted.events.toReversed(),
          nonEvents: counted.nonEvents.toReversed(),
        })!
        expect(turned.raw).toBeCloseTo(found.raw, 10)
      }),
    )
  })
})

describe('the groups of a metric', () => {
  test('are its bands where at most ten hold anybody', () => {
    const groups = groupsOf(histogram([1, 0, 2, 0, 3], [1, 0, 0, 0, 4]))
    expect([...groups.events.subarray(0, 3)]).toEqual([1, 2, 3])
    expect([...groups.nonEvents.subarray(0, 3)]).toEqual([1, 0, 4])
  })

  test('are tenths where there are more, with ties kept whole', () => {
    const counts = Array.from({ length: 20 }, () => 5)
    expect([...groupsOf(histogram(counts, counts)).events]).toEqual(Array.from({ length: 10 }, () => 10))
  })

  test('lose nobody', () => {
    fc.assert(
      fc.property(histograms, (counted) => {
        expect(totals(groupsOf(counted))).toEqual(totals(counted))
        expect(totals(withMissing(groupsOf(counted), 2, 3)).customers).toBe(totals(counted).customers + 5)
      }),
    )
  })
})

describe.skipIf(!hasShared)(`German credit${LEFT_OUT}`, () => {
  test.each([
    ['status_of_existing_checking_account', 0.6660115033513336],
    ['credit_history', 0.29323354739082624],
    ['savings_account_and_bonds', 0.1960095569042267],
  ])('%s', async (name, expected) => {
    const { table } = await readShared('data/stats/germancredit.csv')
    const [column, label] = [columnNamed(table, name)!, columnNamed(table, 'creditability')!]
    const counts = new Map<string, [number, number]>()
    for (let row = 0; row < table.rows; row++) {
      const count = counts.get(textAt(column, row)) ?? [0, 0]
      count[Number(textAt(label, row) === 'bad') as 0 | 1]++
      counts.set(textAt(column, row), count)
    }
    const groups = [...counts.values()]
    const found = informationValue(histogram(groups.map(([, bad]) => bad), groups.map(([good]) => good)))! // prettier-ignore
    expect(found.zeroCells).toBe(0)
    expect(found.raw).toBeCloseTo(expected, 12)
  })
})
