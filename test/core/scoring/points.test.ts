import { describe, expect, test } from 'vitest'
import type { CodedColumn, FloatColumn, TextColumn } from '../../../src/core/column/column'
import type { Scale } from '../../../src/core/model/health-model'
import { metricPoints } from '../../../src/core/scoring/points'
import { MISSING_POINTS as M } from '../../../src/core/scoring/scale'

const zeroToTen: Scale = {
  kind: 'curve',
  knots: [
    { x: 0, points: 0 },
    { x: 10, points: 100 },
  ],
}
const coded = (type: CodedColumn['type'], texts: string[], values: number[], codes: number[]): CodedColumn => ({
  kind: 'coded',
  name: 'Logins',
  type,
  codes: Uint16Array.from(codes),
  dictionary: { texts, values: Float64Array.from(values), counts: new Uint32Array(texts.length) },
})
const logins = coded('number', ['2', '5', 'many'], [2, 5, NaN], [1, 0, 65535, 2])

describe('points of a coded column', () => {
  test('are looked up by code; blank and unreadable cells have none', () => {
    expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, logins, undefined)]).toEqual([5000, 2000, M, M])
  })

  test('fill a missing value in only where the metric says so, and 0 points are not missing', () => {
    expect([...metricPoints({ scale: zeroToTen, missing: 50 }, logins, undefined)]).toEqual([5000, 2000, 5000, 5000])
    expect([...metricPoints({ scale: zeroToTen, missing: 0 }, logins, undefined)]).toEqual([5000, 2000, 0, 0])
  })

  test('of values compare the text as written; otherwise missing can be filled in', () => {
    const plan = coded('category', ['Free', 'Pro'], [0, 1], [0, 1, 65535])
    const scale: Scale = { kind: 'values', values: [{ value: 'Free', points: 20 }], otherwise: 'missing' }
    expect([...metricPoints({ scale, missing: 'skip' }, plan, undefined)]).toEqual([2000, M, M])
    expect([...metricPoints({ scale, missing: 35 }, plan, undefined)]).toEqual([2000, 3500, 3500])
  })

  test('of a boolean column with a curve read 0 and 1', () => {
    const flag = coded('boolean', ['No', 'Yes'], [0, 1], [1, 0])
    const scale: Scale = {
      kind: 'curve',
      knots: [
        { x: 0, points: 10 },
        { x: 1, points: 90 },
      ],
    }
    expect([...metricPoints({ scale, missing: 'skip' }, flag, undefined)]).toEqual([9000, 1000])
  })
})

describe('points of a date', () => {
  const contact = coded('date', ['2026-01-01', '2026-01-08'], [20454, 20461], [0, 1, 65535])

  test('count the days back from one as-of day', () => {
    expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, contact, 20463)]).toEqual([9000, 2000, M])
  })

  test('count the days back from each row’s own as-of day', () => {
    const asOf = Float64Array.from([20454, 20466, 20466])
    expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, contact, asOf)]).toEqual([0, 5000, M])
  })

  test('without any as-of day are missing', () => {
    expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, contact, undefined)]).toEqual([M, M, M])
  })
})

test('points of a float column', () => {
  const column: FloatColumn = {
    kind: 'float',
    name: 'Spend',
    type: 'number',
    values: Float64Array.from([1.005, NaN, 99]),
  }
  expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, column, undefined)]).toEqual([1005, M, 10000])
})

test('a text column has no points', () => {
  const column: TextColumn = {
    kind: 'text',
    name: 'ID',
    type: 'text',
    bytes: new Uint8Array(4),
    offsets: Uint32Array.from([0, 2, 4]),
  }
  expect([...metricPoints({ scale: zeroToTen, missing: 'skip' }, column, undefined)]).toEqual([M, M])
})
