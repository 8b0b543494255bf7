import { WEIGHT_TRACK } from './cells'
import type { MetricRow } from './rows'

/** What a drag of a weight's bar tells, from the press to the release. */
export interface WeightDrag {
  readonly dragWeight: (row: MetricRow, weight: number) => void
  readonly endDrag: (row: MetricRow, kept: boolean) => void
}

/** Pixels that the pointer must move before a press is a drag. */
const SLACK = 3

/** How often a move is taken before its frame at most, for mice that tell a thousand a second; milliseconds. */
const SOONER_EVERY = 6

/** The weight where a drag has come to: the bar follows the pointer on the scale it had at the start; whole numbers. */
function draggedWeight(start: number, pixels: number, largest: number): number {
  const perPixel = Math.max(largest, 10) / WEIGHT_TRACK
  return Math.min(100, Math.max(0, Math.round(start + pixels * perPixel)))
}

/**
 * Lets the bars of the weight column be dragged. Over the page lies a shield meanwhile: nothing lights up on the way, and
 * the browser need not find out, twice a frame and for 2 ms, which of a thousand cells is under the pointer. Esc
 * gives the weight back that it started with.
 */
export function followWeightDrag(
  element: HTMLElement,
  rowOf: (id: string) => MetricRow | undefined,
  actions: WeightDrag,
  signal: AbortSignal,
): void {
  element.addEventListener('pointerdown', begin, { signal, capture: true })

  function begin(press: PointerEvent): void {
    const cell = (press.target as Element).closest('[col-id="weight"]')
    const row = rowOf(cell?.closest('[row-id]')?.getAttribute('row-id') ?? '')
    if (!cell || !row || press.button !== 0 || cell.querySelector('input')) return
    follow(row, press.clientX)
  }

  function follow(row: MetricRow, from: number): void {
    const start = row.metric.weight
    const largest = row.bar > 0 ? start / row.bar : 0
    const drag = new AbortController()
    const shield = document.createElement('div')
    shield.className = 'drag-shield'
    let moved = false
    let heard = 0

    function move(event: PointerEvent): void {
      // Let go of where the page does not hear it, as in a menu of the system.
      if (event.buttons === 0) {
        end(true)
        return
      }
      const pixels = event.clientX - from
      if (!moved && Math.abs(pixels) < SLACK) return
      if (!moved) document.body.append(shield)
      moved = true
      actions.dragWeight(row, draggedWeight(start, pixels, largest))
    }

    function moveSooner(event: PointerEvent): void {
      if (!moved || event.timeStamp - heard < SOONER_EVERY) return
      heard = event.timeStamp
      move(event)
    }

    function end(kept: boolean): void {
      drag.abort()
      shield.remove()
      if (moved) actions.endDrag(row, kept)
    }

    const options = { signal: drag.signal }
    window.addEventListener('pointermove', move, options)
    // A move waits for the next frame, half a frame in the middle; this one, where it is, comes at once.
    window.addEventListener('pointerrawupdate', moveSooner as EventListener, options)
    window.addEventListener('pointerup', () => end(true), options)
    window.addEventListener('pointercancel', () => end(false), options)
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        end(false)
      },
      { ...options, capture: true },
    )
  }
}
