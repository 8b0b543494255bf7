import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** Customers in equal bars along the score: those who had the event below, those who stayed above. */
export interface OutcomeBars {
  readonly events: readonly number[]
  readonly stayed: readonly number[]
}

function token(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim()
}

/** Stacked bars without axes; the page draws the cuts and the tiers round it. */
export class OutcomeBarChart {
  readonly #chart: Chart<'bar', readonly number[], number>

  constructor(canvas: HTMLCanvasElement, bars: OutcomeBars) {
    this.#chart = new Chart<'bar', readonly number[], number>(canvas, {
      type: 'bar',
      data: { labels: bars.events.map((_, i) => i), datasets: [{ data: [] }, { data: [] }] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: 0 },
        datasets: { bar: { categoryPercentage: 1, barPercentage: 0.84 } },
        scales: {
          x: { stacked: true, display: false },
          y: { stacked: true, display: false, beginAtZero: true },
        },
      },
    })
    this.show(bars)
  }

  /** Draws other counts, in the colours that the theme has now. */
  show(bars: OutcomeBars): void {
    const [events, stayed] = this.#chart.data.datasets
    if (!events || !stayed) return
    events.data = bars.events
    stayed.data = bars.stayed
    events.backgroundColor = token(this.#chart.canvas, '--churned')
    stayed.backgroundColor = token(this.#chart.canvas, '--retained')
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart.destroy()
  }
}
