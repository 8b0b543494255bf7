import { describe, expect, test } from 'vitest'
import { emptyHistogram, BINS, CLASSES } from '../../../src/core/backtest/score-histogram'
import { columnSpread, scoreSpread, stability } from '../../../src/core/backtest/stability'
import { weigh } from '../../../src/core/scoring/quantile'
import type { CodedColumn } from '../../../src/core/column/column'

const numbers = (values: readonly number[], missing = 0) => ({ numbers: weigh(Float64Array.from(values)), missing })
const hundred = Array.from({ length: 100 }, (_, i) => i)

describe('numbers', () => {
  test('the same customers have not moved, and the medians say so', () => {
    expect(stability(numbers(hundred), numbers(hundred))).toMatchObject({
      psi: 0,
      moved: false,
      change: { kind: 'median', before: 49.5, now: 49.5 },
    })
  })

  test('what rose is told by its medians', () => {
    const found = stability(numbers(hundred), numbers(hundred.map((value) => value + 30)))!
    expect(found.moved).toBe(true)
    expect(found.change).toEqual({ kind: 'median', before: 49.5, now: 79.5 })
    const days = { ...numbers(hundred), days: true }
    expect(stability(days, days)!.change).toEqual({ kind: 'days', before: 49.5, now: 49.5 })
  })

  test('a gap that opened is told by the share that is filled', () => {
    const found = stability(numbers(hundred), numbers(hundred, 100))!
    expect(found.change).toEqual({ kind: 'filled', before: 1, now: 0.5 })
  })

  test('a column that is empty on one side has no median, and is told by what is filled', () => {
    expect(stability(numbers(hundred), numbers([], 50))!.change).toEqual({ kind: 'filled', before: 1, now: 0 })
  })
})

describe('categories', () => {
  const names = (counts: Record<string, number>, missing = 0) => ({ names: new Map(Object.entries(counts)), missing })

  test('are told by the one that moved most', () => {
    const found = stability(names({ Basic: 50, Pro: 40, Team: 10 }), names({ Basic: 52, Pro: 20, Team: 28 }))!
    expect(found.change).toEqual({ kind: 'share', name: 'Team', before: 0.1, now: 0.28 })
    expect(found.bins).toBe(3)
  })

  test('of yes and no the yes is told', () => {
    expect(stability(names({ No: 20, Yes: 80 }), names({ No: 60, Yes: 40 }))!.change).toEqual({ kind: 'share', name: 'Yes', before: 0.8, now: 0.4 }) // prettier-ignore
  })

  test('new ones share a bin, as do all but the twenty commonest', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`c${i}`, 100 - i]))
    expect(stability(names(many), names(many))!.bins).toBe(21)
    const found = stability(names({ A: 50, B: 50 }), names({ A: 40, C: 60 }))!
    expect(found).toMatchObject({ bins: 3, zeroCells: 2 })
  })

  test('beside numbers they cannot be compared', () => {
    expect(stability(names({ A: 5 }), numbers(hundred))).toBeUndefined()
    expect(stability(numbers([], 3), numbers([]))).toBeUndefined()
  })
})

const coded = (type: CodedColumn['type'], texts: string[], values: number[], codes: number[]): CodedColumn => ({
  kind: 'coded',
  name: 'x',
  type,
  codes: Uint16Array.from(codes),
  dictionary: {
    texts,
    values: Float64Array.from(values),
    counts: Uint32Array.from(texts, (_, code) => codes.filter((each) => each === code).length),
  },
})

describe('columns', () => {
  test('yes and no are the same however they are written; what is no value is missing', () => {
    const column = coded('boolean', ['No', '1', 'yes', 'maybe'], [0, 1, 1, NaN], [2, 0, 2, 65535, 1, 3])
    expect(columnSpread(column, undefined)).toEqual({ names: new Map([['No', 1], ['Yes', 3]]), missing: 2 }) // prettier-ignore
  })

  test('dates are days before the as-of day, so that two months can be compared', () => {
    const column = coded('date', ['a', 'b'], [20_454, 20_464], [0, 65535, 1])
    expect(columnSpread(column, undefined)).toBeUndefined()
    expect(columnSpread(column, 20_474)).toEqual({
      numbers: { values: [10, 20], counts: [1, 1] },
      missing: 1,
      days: true,
    })
  })

  test('a float column is spread by its values', () => {
    const values = Float64Array.of(2, NaN, 1, 2)
    expect(columnSpread({ kind: 'float', type: 'number', name: 'x', values }, undefined)).toEqual({
      numbers: { values: [1, 2], counts: [1, 2] },
      missing: 1,
    })
  })
})

test('scores are of everybody, whatever is known about them', () => {
  const histogram = emptyHistogram()
  histogram.counts[CLASSES.trainingEvent * BINS + 5000] = 2
  histogram.counts[CLASSES.unknown * BINS + 5000] = 3
  histogram.counts[CLASSES.unknown * BINS + 7] = 1
  histogram.notScored[CLASSES.unknown] = 4
  expect(scoreSpread(histogram)).toEqual({ numbers: { values: [0.07, 50], counts: [1, 5] }, missing: 4 })
})
