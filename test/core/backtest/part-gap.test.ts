import { describe, expect, test } from 'vitest'
import { partGap } from '../../../src/core/backtest/part-gap'

const figure = (value: number | undefined, half?: number) => ({
  value,
  low: value === undefined || half === undefined ? undefined : value - half,
  high: value === undefined || half === undefined ? undefined : value + half,
})

describe('the gap of training and hold-out', () => {
  test('is hold-out less training, and luck is the root of both half intervals squared', () => {
    const { gap, luck, beyond } = partGap(figure(0.85, 0.03), figure(0.82, 0.04))
    expect(gap).toBeCloseTo(-0.03, 12)
    expect(luck).toBeCloseTo(0.05, 12)
    expect(beyond).toBe(false)
  })

  test('is more than luck when it leaves the band, either way', () => {
    expect(partGap(figure(0.9, 0.03), figure(0.8, 0.04)).beyond).toBe(true)
    expect(partGap(figure(0.8, 0.03), figure(0.9, 0.04)).beyond).toBe(true)
  })

  test('without an interval luck is not known, and nothing is claimed', () => {
    expect(partGap(figure(0.85), figure(0.5, 0.04))).toMatchObject({ luck: undefined, beyond: undefined })
  })

  test('does not exist where a figure does not', () => {
    expect(partGap(figure(undefined), figure(0.8, 0.04)).gap).toBeUndefined()
  })
})
