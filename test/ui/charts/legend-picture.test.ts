import { afterEach, expect, test } from 'vitest'
import { legendEntries, LegendPicture } from '../../../src/ui/charts/legend-picture'

afterEach(() => document.body.replaceChildren())

const SIGNS = {
  line: { width: '16px', height: '0', borderTop: '2px solid rgb(10, 20, 200)' },
  dashes: { width: '16px', height: '0', borderTop: '2px dashed rgb(90, 90, 90)' },
  dot: { width: '10px', height: '10px', borderRadius: '50%', background: 'rgb(200, 0, 0)' },
  square: { width: '10px', height: '10px', borderRadius: '2px', background: 'rgb(0, 120, 0)' },
} as const

function legendOf(...entries: readonly (readonly [text: string, sign?: keyof typeof SIGNS])[]): Element {
  const legend = document.body.appendChild(document.createElement('div'))
  legend.style.color = 'rgb(1, 2, 3)'
  for (const [text, sign] of entries) {
    const entry = legend.appendChild(document.createElement('span'))
    if (sign)
      Object.assign(entry.appendChild(document.createElement('i')).style, { display: 'inline-block', ...SIGNS[sign] })
    entry.append(text)
  }
  return legend
}

test('a legend is read off the page with its signs and colours', () => {
  const legend = legendOf(
    ['This model', 'line'],
    ['v3', 'dashes'],
    ['Happened', 'dot'],
    ['Churned', 'square'],
    ['faint: few'],
  )
  const color = 'rgb(1, 2, 3)'
  expect(legendEntries(legend)).toEqual([
    { text: 'This model', color, sign: { kind: 'line', color: 'rgb(10, 20, 200)', width: 16, height: 2 } },
    { text: 'v3', color, sign: { kind: 'dashes', color: 'rgb(90, 90, 90)', width: 16, height: 2 } },
    { text: 'Happened', color, sign: { kind: 'dot', color: 'rgb(200, 0, 0)', width: 10, height: 10 } },
    { text: 'Churned', color, sign: { kind: 'square', color: 'rgb(0, 120, 0)', width: 10, height: 10 } },
    { text: 'faint: few', color },
  ])
})

test('its signs are painted where they stand, and a line that is full is followed by another', () => {
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = [120, 60]
  const context = canvas.getContext('2d')!
  const picture = new LegendPicture(
    legendEntries(legendOf(['One of the models', 'line'], ['Another model', 'square'])),
    ...([100, context, 'sans-serif'] as const),
  )
  expect(picture.height).toBe(32)
  picture.draw(context, 10, 4)
  const at = (x: number, y: number): number[] => [...context.getImageData(x, y, 1, 1).data]
  expect(at(12, 12)).toEqual([10, 20, 200, 255])
  expect(at(12, 16)).toEqual([0, 0, 0, 0])
  expect(at(15, 28)).toEqual([0, 120, 0, 255])
})

test('no legend takes no room', () => {
  const context = document.createElement('canvas').getContext('2d')!
  expect(new LegendPicture([], 100, context, 'sans-serif').height).toBe(0)
})
