import { expect, test } from 'vitest'
import { labelPlace } from '../../../../src/ui/sheets/backtest/label-place'

const plot = { left: 30, right: 290, top: 0, bottom: 200 }
const lines = ['Cut 41', 'catches 86%', '41% false alarms']
const line = (...points: [number, number][]) => points

test('stands right below its point where nothing is in the way', () => {
  const curve = line([30, 200], [80, 40], [290, 0])
  expect(labelPlace([80, 40], lines, [curve], plot)).toEqual({ x: 88, y: 55, anchor: 'start' })
})

test('stands above a point at the bottom, within the chart', () => {
  const curve = line([30, 200], [31, 20], [290, 0])
  const { x, y, anchor } = labelPlace([120, 195], lines, [curve], plot)
  expect({ x, anchor }).toEqual({ x: 128, anchor: 'start' })
  expect(y + 2 * 13).toBeLessThan(195)
})

test('goes to a corner where the curve runs past the point on every side that there is', () => {
  const diagonal = line([30, 200], [290, 0])
  expect(labelPlace([32, 200], lines, [diagonal], plot)).toEqual({ x: 282, y: 166, anchor: 'end' })
})

test('makes way for the curve of the other model, too', () => {
  const curve = line([30, 200], [80, 40], [290, 0])
  const other = line([30, 200], [100, 60], [290, 20])
  expect(labelPlace([80, 40], lines, [curve, other], plot)).not.toEqual(labelPlace([80, 40], lines, [curve], plot))
})
