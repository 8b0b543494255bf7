import type { ColumnType } from '../../../core/column/column'
import type { Importance, Scale } from '../../../core/model/health-model'
import { icon, svg } from '../../grid/dom'
import { TYPES } from '../data/preview'

export function typeIcon(type: ColumnType): SVGElement {
  return icon(TYPES[type].icon, 'i ty')
}

const LEVELS: Readonly<Record<Importance, number>> = { critical: 3, supporting: 2, supplementary: 1 }

/** Three bars, as many dark as the metric is important. */
export function importanceBars(importance: Importance): SVGElement {
  const chart = svg('svg', { class: 'imp-bars', viewBox: '0 0 11 11', 'aria-hidden': 'true' })
  const heights = [4, 7.5, 11]
  for (const [i, height] of heights.entries()) {
    const lit = i < LEVELS[importance] ? 'on' : 'off'
    chart.append(svg('rect', { class: lit, x: i * 4, y: 11 - height, width: 3, height, rx: 0.8 }))
  }
  return chart
}

/** Where a scale goes from its first to its last mark, as points of 0…1 × 0…1. */
function outline(scale: Scale): [number, number][] {
  if (scale.kind === 'values') {
    const rising = scale.values.map((value) => value.points / 100).sort((a, b) => a - b)
    return steps(rising)
  }
  if (scale.kind === 'bands') return steps(scale.bands.map((band) => band.points / 100))
  const xs = scale.knots.map((knot) => knot.x)
  const [from = 0, to = 1] = [xs[0], xs.at(-1)]
  const inner = scale.knots.map((knot): [number, number] => [
    0.18 + (0.64 * (knot.x - from)) / (to - from),
    knot.points / 100,
  ])
  return [[0, inner[0]?.[1] ?? 0], ...inner, [1, inner.at(-1)?.[1] ?? 0]]
}

function steps(levels: readonly number[]): [number, number][] {
  const width = 1 / Math.max(1, levels.length)
  return levels.flatMap((level, i): [number, number][] => [
    [i * width, level],
    [(i + 1) * width, level],
  ])
}

/** A scale as a 26-pixel curve. */
export function scaleCurve(scale: Scale): SVGElement {
  const points = outline(scale).map(([x, y]) => `${(1 + 24 * x).toFixed(1)} ${(12.5 - 11 * y).toFixed(1)}`)
  const chart = svg('svg', { class: 'ch dimmable', width: 26, height: 14, viewBox: '0 0 26 14', 'aria-hidden': 'true' })
  chart.append(svg('path', { class: 'curve', d: points.length > 0 ? `M${points.join('L')}` : '' }))
  return chart
}
