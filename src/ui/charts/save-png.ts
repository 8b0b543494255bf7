import { download, fileName } from '../parts/files'
import { legendEntries, LegendPicture } from './legend-picture'

/** What a drawing takes from the style sheets, which do not go with it. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap'],
  ...['opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'shape-rendering'],
]
/** Twice as fine as the screen's own pixels, for slides. */
const FINE = 2
const EDGE = 16
const HEAD = 36
/** Above the legend, and below it. */
const FOOT = 10

/** Of the line under the title that says what is counted upwards. */
const CAPTION = 18

/** Hands a chart to the person as a picture, in the colours of the theme that is on, with its legend. */
export async function savePng(chart: SVGSVGElement, title: string, legend?: Element | null): Promise<void> {
  const canvas = await chartPicture(chart, title, legend)
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (file) download(`${fileName(title)}.png`, file)
}

async function chartPicture(
  chart: SVGSVGElement,
  title: string,
  legend: Element | null | undefined,
): Promise<HTMLCanvasElement> {
  const { width, height } = chart.viewBox.baseVal
  const { caption } = chart.dataset
  const head = caption === undefined ? HEAD : HEAD + CAPTION
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')!
  const family = getComputedStyle(document.body).fontFamily
  const signs = new LegendPicture(legend ? legendEntries(legend) : [], width, context, family)
  const foot = signs.height === 0 ? EDGE : signs.height + 2 * FOOT
  canvas.width = FINE * (width + 2 * EDGE)
  canvas.height = FINE * (height + head + foot)
  context.scale(FINE, FINE)
  const page = getComputedStyle(document.documentElement)
  context.fillStyle = page.getPropertyValue('--surface').trim()
  context.fillRect(0, 0, width + 2 * EDGE, height + head + foot)
  context.fillStyle = page.getPropertyValue('--text').trim()
  context.font = `600 13px ${family}`
  context.fillText(title, EDGE, 22)
  if (caption !== undefined) {
    context.fillStyle = page.getPropertyValue('--text-3').trim()
    context.font = `11px ${family}`
    context.fillText(caption, EDGE, HEAD + 6)
  }
  context.drawImage(await picture(chart, width, height), EDGE, head, width, height)
  signs.draw(context, EDGE, head + height + FOOT)
  return canvas
}

async function picture(chart: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([drawing(chart, width, height)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** The chart as a file of its own: every colour and font is written where it is used, as attributes, not as styles. */
function drawing(chart: SVGSVGElement, width: number, height: number): string {
  const copy = chart.cloneNode(true) as SVGSVGElement
  const from = [chart, ...chart.querySelectorAll<SVGElement>('*')]
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [i, element] of from.entries()) {
    const style = getComputedStyle(element)
    to[i]!.removeAttribute('style')
    to[i]!.removeAttribute('class')
    for (const name of STYLES) to[i]!.setAttribute(name, style.getPropertyValue(name))
  }
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  return new XMLSerializer().serializeToString(copy)
}
