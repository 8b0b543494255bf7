/** One thing that a legend names. */
export interface LegendEntry {
  readonly text: string
  readonly color: string
  /** Absent where it is words alone. */
  readonly sign?: {
    readonly kind: 'line' | 'dashes' | 'dot' | 'square'
    readonly color: string
    readonly width: number
    readonly height: number
  }
}

const LINE = 16
const BETWEEN = 12
const AFTER_SIGN = 5
const SIZE = 11

/** What a legend on the page says, in the colours of the theme that is on. */
export function legendEntries(legend: Element): LegendEntry[] {
  return [...legend.children].map((entry) => {
    const sign = entry.querySelector('i')
    const text = entry.textContent.trim()
    const { color } = getComputedStyle(entry)
    return sign ? { text, color, sign: signOf(sign) } : { text, color }
  })
}

function signOf(element: Element): NonNullable<LegendEntry['sign']> {
  const style = getComputedStyle(element)
  const [width, height] = [parseFloat(style.width), parseFloat(style.height)]
  const stroke = parseFloat(style.borderTopWidth)
  // A line is a border on a box of no height.
  if (height <= stroke && stroke > 0)
    return { kind: style.borderTopStyle === 'dashed' ? 'dashes' : 'line', color: style.borderTopColor, width, height: stroke } // prettier-ignore
  const round = style.borderTopLeftRadius === '50%' || parseFloat(style.borderTopLeftRadius) * 2 >= width
  return { kind: round ? 'dot' : 'square', color: style.backgroundColor, width, height }
}

/** A legend laid out in lines of so many pixels. */
export class LegendPicture {
  readonly height: number
  readonly #placed: readonly { readonly entry: LegendEntry; readonly x: number; readonly y: number }[]
  readonly #font: string

  constructor(entries: readonly LegendEntry[], width: number, context: CanvasRenderingContext2D, family: string) {
    this.#font = `${SIZE}px ${family}`
    context.font = this.#font
    let [x, y] = [0, 0]
    this.#placed = entries.map((entry) => {
      const own = (entry.sign ? entry.sign.width + AFTER_SIGN : 0) + context.measureText(entry.text).width
      if (x > 0 && x + own > width) [x, y] = [0, y + LINE]
      const placed = { entry, x, y }
      x += own + BETWEEN
      return placed
    })
    this.height = entries.length === 0 ? 0 : y + LINE
  }

  draw(context: CanvasRenderingContext2D, left: number, top: number): void {
    context.font = this.#font
    context.textBaseline = 'middle'
    for (const { entry, x, y } of this.#placed) {
      const middle = top + y + LINE / 2
      if (entry.sign) drawSign(context, entry.sign, left + x, middle)
      context.fillStyle = entry.color
      context.fillText(entry.text, left + x + (entry.sign ? entry.sign.width + AFTER_SIGN : 0), middle)
    }
    context.textBaseline = 'alphabetic'
  }
}

function drawSign(
  context: CanvasRenderingContext2D,
  { kind, color, width, height }: NonNullable<LegendEntry['sign']>,
  x: number,
  middle: number,
): void {
  context.fillStyle = color
  context.beginPath()
  if (kind === 'dot') context.arc(x + width / 2, middle, width / 2, 0, 2 * Math.PI)
  // Dashes as the page draws them: twice as long as they are high, and as far apart.
  const dash = kind === 'dashes' ? 2 * height : width
  if (kind !== 'dot')
    for (let at = 0; at < width; at += 2 * dash)
      context.rect(x + at, middle - height / 2, Math.min(dash, width - at), height)
  context.fill()
}
