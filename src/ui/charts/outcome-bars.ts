import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** Customers in equal bars along the score: those who had the event below, those who stayed above. */
export interface OutcomeBars {
  readonly events: readonly number[]
  readonly stayed: readonly number[]
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** Stacked bars without axes; the page draws the cuts and the tiers round it. */
export class OutcomeBarChart {
  readonly #chart: Chart<'bar', readonly number[], number>
  #colours = { events: '', stayed: '' }
  #dark: boolean | undefined

  constructor(canvas: HTMLCanvasElement) {
    this.#chart = new Chart<'bar', readonly number[], number>(canvas, {
      type: 'bar',
      data: {
        labels: [],
        datasets: [
          { data: [], backgroundColor: () => this.#colours.events },
          { data: [], backgroundColor: () => this.#colours.stayed },
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
          x: { stacked: true, display: false },
          y: { stacked: true, display: false, beginAtZero: true },
        },
      },
    })
  }

  /** Draws other counts. Colours are read anew when the theme has turned. */
  show(bars: OutcomeBars, dark: boolean): void {
    const [events, stayed] = this.#chart.data.datasets
    if (!events || !stayed) return
    this.#chart.data.labels = bars.events.map((_, i) => i)
    events.data = bars.events
    stayed.data = bars.stayed
    if (this.#dark !== dark) {
      this.#dark = dark
      this.#colours = { events: token('--churned'), stayed: token('--retained') }
    }
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart.destroy()
  }
}
