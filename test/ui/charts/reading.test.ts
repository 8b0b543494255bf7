import { expect, test } from 'vitest'
import { nearestReading, readingAfter, readingAt } from '../../../src/ui/charts/reading'

const after = (key: string, at: number, shiftKey = false) => readingAfter({ key, shiftKey }, at, 40)

test('arrows go by one, with Shift and by pages by a tenth, and never beyond the ends', () => {
  expect([after('ArrowRight', 5), after('ArrowLeft', 5), after('ArrowRight', 5, true), after('PageDown', 5)]).toEqual([6, 4, 9, 1]) // prettier-ignore
  expect([after('Home', 5), after('End', 5), after('ArrowLeft', 0), after('PageUp', 38)]).toEqual([0, 39, 0, 39])
  expect(after('Enter', 5)).toBeUndefined()
})

test('the nearest is found from either side', () => {
  const readings = [0, 1, 4].map((x) => ({ x, y: 0, text: '' }))
  expect([-1, 0.4, 0.6, 2.4, 2.6, 9].map((x) => nearestReading(readings, x))).toEqual([0, 0, 1, 1, 2, 2])
})

test('a mark is found within its reach, the nearest of two, and nothing beyond', () => {
  const marks = [0, 10, 14].map((x) => ({ x, y: 5, text: '' }))
  expect([readingAt(marks, 1, 6, 4), readingAt(marks, 13, 5, 4), readingAt(marks, 10, 10, 4)]).toEqual([
    0,
    2,
    undefined,
  ])
})
