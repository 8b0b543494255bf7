import { expect, test } from 'vitest'
import { overTimeWords } from '../../../../src/ui/sheets/backtest/over-time-words'

const found = (difference: number, p: number) => ({
  ...{ days: 6, from: 0, to: 180, least: 0.71, most: 0.8 },
  slope: { difference, low: difference - 0.01, high: difference + 0.01, p },
})

test('says whether the model ages, and by how much', () => {
  expect(overTimeWords(found(-0.02, 0.0004))).toBe(
    'From 0.710 to 0.800 over 6 snapshots. The AUC falls by more than luck would: −0.020 in 30 days (95% CI −0.030 to −0.010, p < 0.001). The model ages.',
  )
  expect(overTimeWords(found(0.02, 0.01))).toContain('rises by more than luck would: +0.020 in 30 days')
  expect(overTimeWords(found(-0.002, 0.4))).toContain('No trend beyond luck: −0.002 in 30 days')
  expect(overTimeWords(undefined)).toContain('Three snapshots')
})
