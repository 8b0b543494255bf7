import type { Auc } from '../../../core/backtest/auc'
import type { Spread } from '../../../core/backtest/evaluation'
import { brief, fixed, percent, upTo } from '../../../core/figure'
import type { Importance, Scale } from '../../../core/model/health-model'
import { betterWhen } from '../../../core/scoring/scale'
import { html, icon, svg } from '../../grid/dom'
import type { Draw, Patch } from '../../grid/renderer'
import { importanceBars, scaleCurve, typeIcon } from './marks'
import type { MetricRow, ModelRow } from './rows'

type Cell = HTMLElement

/** A word that may be cut short with an ellipsis. */
function words(text: string, classes = 'trunc'): HTMLElement {
  return html('span', { class: classes, title: text }, text)
}

/** For cells that only a metric fills. */
function ofMetric(draw: (row: MetricRow, cell: Cell) => void): Draw<ModelRow> {
  return (row, cell) => {
    if (row.kind === 'metric') draw(row, cell)
  }
}

export const IMPORTANCE_WORDS: Readonly<Record<Importance, string>> = {
  critical: 'Critical',
  supporting: 'Supporting',
  supplementary: 'Supplementary',
}

export const drawNumber: Draw<ModelRow> = (row, cell) => {
  if (row.kind !== 'total') cell.append(String(row.number))
}

export const drawOn: Draw<ModelRow> = (row, cell) => {
  if (row.kind === 'category') {
    cell.append(icon(row.open ? 'caret' : 'caret-right', 'i fill xs'))
  } else if (row.kind === 'metric') {
    const on = row.metric.on
    const box = html('span', {
      class: on ? 'check on' : 'check',
      role: 'checkbox',
      'aria-checked': String(on),
      'aria-label': `Use ${row.metric.name}`,
    })
    box.append(html('span', {}, ...(on ? [icon('check', 'i')] : [])))
    cell.append(box)
  }
}

export const drawMetric: Draw<ModelRow> = (row, cell) => {
  if (row.kind === 'total') cell.append(words(`Score, ${row.active} of ${row.metrics} on`))
  else if (row.kind === 'category') cell.append(words(row.name))
  else {
    cell.append(words(row.metric.name))
    if (row.metric.suspect && !row.metric.suspect.checked) {
      cell.append(html('span', { class: 'tag w' }, icon('warning'), 'Leak?'))
    }
  }
}

export const drawImportance: Draw<ModelRow> = (row, cell) => {
  if (row.kind === 'category') cell.append(words(`${row.active} of ${row.metrics} on`, 'light'))
  else if (row.kind === 'metric')
    cell.append(importanceBars(row.metric.importance), IMPORTANCE_WORDS[row.metric.importance])
}

export const drawSource = ofMetric((row, cell) => {
  if (row.type) cell.append(typeIcon(row.type))
  cell.append(words(row.metric.column))
  if (!row.type) cell.append(html('span', { class: 'tag e' }, icon('error'), 'No such column'))
})

export const drawBetter = ofMetric((row, cell) => {
  const better = betterWhen(row.metric.scale)
  if (better) cell.append(icon(better === 'higher' ? 'up' : 'down'), better === 'higher' ? 'Higher' : 'Lower')
  else cell.append(words(row.metric.scale.kind === 'values' ? 'By value' : 'Flat', 'light'))
})

/** The values that give the fewest and the most points, in words. */
function scaleEnds(scale: Scale): string {
  if (scale.kind === 'values') {
    const byPoints = [...scale.values].sort((a, b) => a.points - b.points)
    const [worst, best] = [byPoints[0], byPoints.at(-1)]
    return worst && best ? `${worst.value} → ${best.value}` : 'no values'
  }
  const rising = betterWhen(scale) !== 'lower'
  const marks =
    scale.kind === 'curve'
      ? scale.knots.map((knot) => brief(knot.x))
      : scale.bands.flatMap((band) => (band.below === undefined ? [] : brief(band.below)))
  const [first = '', last = ''] = [marks[0], marks.at(-1)]
  return rising ? `${first} → ${last}` : `${last} → ${first}`
}

export const drawScale = ofMetric((row, cell) => {
  cell.append(scaleCurve(row.metric.scale), words(scaleEnds(row.metric.scale)))
})

function markWords(mark: number | string | undefined): string {
  if (mark === undefined) return ''
  return typeof mark === 'number' ? brief(mark) : mark
}

export const drawRed = ofMetric(({ metric }, cell) => cell.append(words(markWords(metric.red))))
export const drawGreen = ofMetric(({ metric }, cell) => cell.append(words(markWords(metric.green))))

export const drawMissing = ofMetric(({ metric }, cell) =>
  cell.append(metric.missing === 'skip' ? 'skip' : `${upTo(metric.missing, 2)} pts`),
)

/** Widest the bar of a weight gets, in pixels. */
export const WEIGHT_TRACK = 26

export const drawWeight: Draw<ModelRow> = (row, cell) => {
  if (row.kind === 'metric') cell.append(html('span', { class: 'wbar' }), html('span', { class: 'over' }))
  else cell.append('')
  patchWeight(row, cell)
}

export const patchWeight: Patch<ModelRow> = (row, cell) => {
  if (row.kind !== 'metric') return patchText(upTo(row.weight, 2), cell)
  const [bar, number] = cell.children
  if (!(bar instanceof HTMLElement) || !number) return false
  bar.style.width = `${(row.bar * WEIGHT_TRACK).toFixed(1)}px`
  const text = upTo(row.metric.weight, 2)
  if (number.textContent !== text) number.textContent = text
  return true
}

function patchText(text: string, cell: Cell): boolean {
  const { firstChild } = cell
  if (!(firstChild instanceof Text) || cell.childNodes.length !== 1) return false
  if (firstChild.data !== text) firstChild.data = text
  return true
}

export const drawShare: Draw<ModelRow> = (row, cell) => cell.append(shareText(row))
export const patchShare: Patch<ModelRow> = (row, cell) => patchText(shareText(row), cell)

function shareText(row: ModelRow): string {
  if (row.kind === 'total') return row.weight > 0 ? '100%' : '–'
  return row.share === undefined ? '–' : percent(row.share, 1)
}

function powerBar({ auc, low, high }: Auc): SVGElement {
  const x = (value: number): number => Math.max(0, Math.min(1, (value - 0.5) * 2)) * 42
  const chart = svg('svg', { class: 'ch dimmable', width: 42, height: 14, viewBox: '0 0 42 14', 'aria-hidden': 'true' })
  chart.append(svg('rect', { class: 'bar', x: 0, y: 3, width: x(auc ?? 0.5), height: 8, rx: 1 }))
  if (low !== undefined && high !== undefined) {
    const [from, to] = [x(low), x(high)]
    chart.append(svg('path', { class: 'whisk', d: `M${from} 7H${to}M${from} 4.5v5M${to} 4.5v5` }))
  }
  return chart
}

/** An AUC of a cell: two decimals, a bar from 0.5 to 1, its 95% interval. */
function drawAuc(power: Auc | undefined, cell: Cell): void {
  if (power?.auc === undefined) cell.append('–')
  else cell.append(html('span', { class: 'pw' }, fixed(power.auc, 2)), powerBar(power))
}

export const drawPower: Draw<ModelRow> = (row, cell) => {
  drawAuc(row.kind === 'total' ? row.power : row.facts?.power, cell)
}

export const drawCover: Draw<ModelRow> = (row, cell) => {
  const coverage = row.kind === 'metric' ? row.facts?.coverage : row.coverage
  if (coverage === undefined) cell.append('–')
  else {
    if (row.kind === 'metric' && coverage < 0.5) cell.append(icon('warning'))
    cell.append(percent(Math.floor(coverage * 100) / 100))
  }
}

/** Bars of the values that customers have: those who had the event below, those who stayed above. */
function spreadChart({ events, stayed }: Spread, width = 54, height = 18): SVGElement {
  const chart = svg('svg', {
    class: 'ch dimmable',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
  })
  const most = Math.max(1, ...events.map((count, i) => count + stayed[i]!))
  const step = width / events.length
  const bar = Math.max(1, Math.min(step - 1, 12))
  for (const [i, event] of events.entries()) {
    const x = (i * step + (step - 1 - bar) / 2).toFixed(1)
    const below = (event / most) * height
    const above = (stayed[i]! / most) * height
    chart.append(
      svg('rect', { class: 'chu', x, y: height - below, width: bar, height: below }),
      svg('rect', { class: 'ret', x, y: height - below - above, width: bar, height: above }),
    )
  }
  return chart
}

export const drawSpread: Draw<ModelRow> = (row, cell) => {
  if (row.kind === 'total') return
  if (row.facts) cell.append(spreadChart(row.facts.spread))
  else cell.append('–')
}
