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
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart?.destroy()
  }
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
