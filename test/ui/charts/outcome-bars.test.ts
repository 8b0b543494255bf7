import { afterEach, expect, test } from 'vitest'
import { OutcomeBarChart, type OutcomeBars } from '../../../src/ui/charts/outcome-bars'

function canvas(): HTMLCanvasElement {
  const box = document.createElement('div')
  box.style.cssText = 'width: 200px; height: 100px'
  document.body.append(box)
  return box.appendChild(document.createElement('canvas'))
}

function pixels(of: HTMLCanvasElement): string {
  return of.toDataURL()
}

/** What a chart shows that was made for these bars, or was shown them after others. */
function drawn(...shown: readonly OutcomeBars[]): string {
  const element = canvas()
  const chart = new OutcomeBarChart(element)
  for (const bars of shown) chart.show(bars, false)
  const found = pixels(element)
  chart.destroy()
  return found
}

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
})

function coloured(): void {
  document.documentElement.style.setProperty('--churned', '#c33')
  document.documentElement.style.setProperty('--retained', '#38a')
}

const BEFORE = { events: [10, 0, 3, 1], stayed: [2, 40, 81, 5] }

test.each<[string, OutcomeBars]>([
  ['bars that suit the scale', { events: [1, 20, 0, 6], stayed: [8, 30, 90, 4] }],
  ['bars of nobody in places', { events: [0, 0, 0, 0], stayed: [0, 87, 0, 1] }],
  ['bars that are too tall for the scale', { events: [200, 20, 0, 6], stayed: [8, 900, 90, 4] }],
  ['bars that would be small on it', { events: [1, 2, 0, 1], stayed: [1, 3, 4, 0] }],
  ['nobody at all', { events: [0, 0, 0, 0], stayed: [0, 0, 0, 0] }],
])('%s are drawn as on a new chart', (_, bars) => {
  coloured()
  expect(drawn(BEFORE, bars)).toBe(drawn(bars))
  expect(drawn(BEFORE, bars)).not.toBe(drawn(BEFORE))
})

test('bars that were moved are still there after the chart has taken another size', async () => {
  coloured()
  const bars = { events: [1, 20, 0, 6], stayed: [8, 30, 90, 4] }
  const resized = async (...shown: readonly OutcomeBars[]): Promise<string> => {
    const element = canvas()
    const chart = new OutcomeBarChart(element)
    for (const each of shown) chart.show(each, false)
    element.parentElement!.style.width = '300px'
    await expect.poll(() => element.width / devicePixelRatio).toBe(300)
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)))
    return pixels(element)
  }
  expect(await resized(BEFORE, bars)).toBe(await resized(bars))
})
