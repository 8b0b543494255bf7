import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** Customers in equal bars along the score: those who had the event below, those who stayed above. */
export interface OutcomeBars {
  readonly events: readonly number[]
  readonly stayed: readonly number[]
}

type BarChart = Chart<'bar', readonly number[], number>

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** Stacked bars without axes; the page draws the cuts and the tiers round it. */
export class OutcomeBarChart {
  readonly #canvas: HTMLCanvasElement
  #chart: BarChart | undefined
  #dark: boolean | undefined

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
  }

  /** Draws other counts. The chart is made anew when the theme has turned, with the theme's colours. */
  show(bars: OutcomeBars, dark: boolean): void {
    if (!this.#chart || this.#dark !== dark) {
      this.#chart?.destroy()
      this.#dark = dark
      this.#chart = barChart(this.#canvas, bars)
      return
    }
    const [events, stayed] = this.#chart.data.datasets
    events!.data = bars.events
    stayed!.data = bars.stayed
    if (!restack(this.#chart, bars)) this.#chart.update('none')
  }

  destroy(): void {
    this.#chart?.destroy()
  }
}

/** How much of the scale the tallest bar fills at least: what a scale of round numbers leaves at the most, and a little. */
const FILLED = 0.8

/**
 * Moves the bars of a chart and draws it, which takes a tenth of what letting it work out its scales and its layout
 * takes: in a drag the bars change at every frame.
 * @returns false, with nothing done, where the bars no longer suit the scale that the chart has
 */
function restack(chart: BarChart, { events, stayed }: OutcomeBars): boolean {
  const { y } = chart.scales
  const tallest = Math.max(...events.map((count, i) => count + stayed[i]!))
  if (!y || !(tallest <= y.max && tallest > FILLED * y.max)) return false
  const [lower, upper] = [chart.getDatasetMeta(0).data, chart.getDatasetMeta(1).data]
  if (lower.length !== events.length || upper.length !== stayed.length) return false
  const floor = y.getPixelForValue(0)
  for (const [i, count] of events.entries()) {
    const middle = y.getPixelForValue(count)
    const top = y.getPixelForValue(count + stayed[i]!)
    Object.assign(lower[i]!, { base: floor, y: middle, height: floor - middle })
    Object.assign(upper[i]!, { base: middle, y: top, height: middle - top })
  }
  chart.draw()
  return true
}

// Colours are fixed when the chart is made: then all bars share one set of options instead of resolving their own.
function barChart(canvas: HTMLCanvasElement, { events, stayed }: OutcomeBars): BarChart {
  return new Chart<'bar', readonly number[], number>(canvas, {
    type: 'bar',
    data: {
      labels: events.map((_, i) => i),
      datasets: [
        { data: events, backgroundColor: token('--churned') },
        { data: stayed, backgroundColor: token('--retained') },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: 0 },
      datasets: { bar: { categoryPercentage: 1, barPercentage: 0.84 } },
      scales: {
        // Ticks are off by themselves too: hidden ones are still measured, which takes longer than the bars.
        x: { stacked: true, display: false, ticks: { display: false } },
        y: { stacked: true, display: false, beginAtZero: true, ticks: { display: false } },
      },
    },
  })
}
