import type { Metric, Scale } from './health-model'

/** Points at which a value is coloured red or green unless a person says otherwise. */
const RED = 30
const GREEN = 70

/** Red and green marks for a scale of two points: where it passes 30 and 70, as round numbers. None for other scales. */
export function marksOf(scale: Scale): Pick<Metric, 'red' | 'green'> {
  if (scale.kind === 'values') {
    const byPoints = [...scale.values].sort((a, b) => a.points - b.points)
    const [worst, best] = [byPoints[0], byPoints.at(-1)]
    return scale.values.length === 2 && worst && best ? { red: worst.value, green: best.value } : {}
  }
  if (scale.kind === 'bands' || scale.knots.length !== 2) return {}
  const [a, b] = scale.knots as [(typeof scale.knots)[number], (typeof scale.knots)[number]]
  const at = (points: number): number => a.x + ((points - a.points) / (b.points - a.points)) * (b.x - a.x)
  const [red, green] = [round(at(RED), b.x - a.x), round(at(GREEN), b.x - a.x)]
  return red === green ? {} : { red, green }
}

/** To a step that is at most a fiftieth of the scale: 1, 2 or 5 times a power of ten. */
function round(x: number, width: number): number {
  const raw = width / 50
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [5, 2, 1].map((each) => each * power).find((each) => each <= raw) ?? power
  return Number((Math.round(x / step) * step).toPrecision(12))
}
