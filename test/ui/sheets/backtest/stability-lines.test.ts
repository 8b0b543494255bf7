import { expect, test } from 'vitest'
import type { SpreadChange, Stability } from '../../../../src/core/backtest/stability'
import { stabilityLines } from '../../../../src/ui/sheets/backtest/stability-lines'

const of = (change: SpreadChange, moved: boolean, psi = 0.1): Stability => ({
  ...{ psi, luck: 0.01, moved, bins: 10, zeroCells: 0, change },
})
const words = (change: SpreadChange, moved = true): string =>
  stabilityLines({ score: undefined, left: 0, metrics: [{ id: 'm', name: 'M', stability: of(change, moved) }] })[0]!
    .words

test('says in which direction what moved', () => {
  expect([
    words({ kind: 'median', before: 7.1, now: 8.8 }),
    words({ kind: 'median', before: 1234.4, now: 1100.2 }),
    words({ kind: 'days', before: -81, now: -136 }),
    words({ kind: 'days', before: 1, now: 34 }),
    words({ kind: 'filled', before: 0.67, now: 0.61 }),
    words({ kind: 'share', name: 'SMB', before: 0.5, now: 0.61 }),
  ]).toEqual([
    'Higher: median 7.1, now 8.8',
    'Lower: median 1,234, now 1,100',
    'Later: median in 81 days, now in 136 days',
    'Longer ago: median 1 day ago, now 34 days ago',
    'Fewer filled in: 67%, now 61%',
    'More “SMB”: 50%, now 61%',
  ])
})

test('names no direction where luck may be all, or where what is told is the same', () => {
  expect(words({ kind: 'median', before: 7.1, now: 7.2 }, false)).toBe('Nearly the same: median 7.1, now 7.2')
  expect(words({ kind: 'median', before: 7.11, now: 7.12 }, false)).toBe('Same: median 7.1')
  expect(words({ kind: 'median', before: 7.11, now: 7.12 })).toBe('Spread anew around the same median: 7.1')
})

test('the score comes first, then what moved, the furthest first', () => {
  const still = of({ kind: 'median', before: 1, now: 2 }, false, 0.9)
  const lines = stabilityLines({
    score: of({ kind: 'median', before: 1, now: 2 }, false, 0),
    left: 0,
    metrics: [
      { id: 'a', name: 'A', stability: still },
      { id: 'b', name: 'B', stability: of({ kind: 'median', before: 1, now: 2 }, true, 0.2) },
      { id: 'c', name: 'C', stability: of({ kind: 'median', before: 1, now: 2 }, true, 0.3) },
    ],
  })
  expect(lines.map(({ id }) => id)).toEqual(['score', 'c', 'b', 'a'])
})
