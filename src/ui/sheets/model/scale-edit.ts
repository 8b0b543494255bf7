import type { Band, Bands, Curve, Knot, Scale, Values } from '../../../core/model/health-model'

/** A number without rounding dust. */
function clean(x: number): number {
  return Number(x.toPrecision(12))
}

/** A round step of about a two-hundredth of a width, for drags and arrow keys. */
export function stepOf(width: number): number {
  const raw = width / 200
  const power = 10 ** Math.floor(Math.log10(raw))
  return clean([5, 2, 1].map((each) => each * power).find((each) => each <= raw) ?? power)
}

/** The curve with a knot elsewhere; it cannot pass its neighbours, and points stay within 0 to 100. */
export function moveKnot(curve: Curve, index: number, to: Knot, step: number): Curve {
  const [before, after] = [curve.knots[index - 1], curve.knots[index + 1]]
  const least = before ? before.x + step : -Infinity
  const most = after ? after.x - step : Infinity
  const x = clean(Math.min(most, Math.max(least, Math.round(to.x / step) * step)))
  const points = Math.min(100, Math.max(0, Math.round(to.points)))
  return { ...curve, knots: curve.knots.map((knot, i) => (i === index ? { x, points } : knot)) }
}

export function setKnot(curve: Curve, index: number, change: Partial<Knot>): Curve {
  return { ...curve, knots: curve.knots.map((knot, i) => (i === index ? { ...knot, ...change } : knot)) }
}

/** One more knot in the middle of the widest gap, on the line, so that the score stays as it was. */
export function addKnot(curve: Curve): Curve {
  const gaps = curve.knots.slice(1).map((knot, i) => knot.x - curve.knots[i]!.x)
  const at = gaps.indexOf(Math.max(...gaps))
  const [a, b] = [curve.knots[at]!, curve.knots[at + 1]!]
  const middle = { x: clean((a.x + b.x) / 2), points: Math.round((a.points + b.points) * 50) / 100 }
  return { ...curve, knots: curve.knots.toSpliced(at + 1, 0, middle) }
}

export function removeKnot(curve: Curve, index: number): Curve {
  return curve.knots.length <= 2 ? curve : { ...curve, knots: curve.knots.toSpliced(index, 1) }
}

export function setBand(bands: Bands, index: number, change: Partial<Band>): Bands {
  return { ...bands, bands: bands.bands.map((band, i) => (i === index ? { ...band, ...change } : band)) }
}

/** One more step at the top, as far above the last as that is above the one before. */
export function addBand({ bands, ...rest }: Bands): Bands {
  const marks = bands.flatMap(({ below }) => below ?? [])
  const [last = 0, before = last - 1] = [marks.at(-1), marks.at(-2)]
  const top = bands.at(-1)!
  return { ...rest, bands: [...bands.slice(0, -1), { below: clean(2 * last - before), points: top.points }, top] }
}

export function removeBand(bands: Bands, index: number): Bands {
  if (bands.bands.length <= 2) return bands
  const kept = bands.bands.toSpliced(index, 1)
  const last = kept.at(-1)!
  // The last step has no upper end.
  return { ...bands, bands: [...kept.slice(0, -1), { points: last.points }] }
}

export function setValue(values: Values, value: string, points: number): Values {
  const known = values.values.some((each) => each.value === value)
  const list = values.values.map((each) => (each.value === value ? { value, points } : each))
  return { ...values, values: known ? list : [...list, { value, points }] }
}

/** The two outer knots of a scale of numbers. */
export function asTwoPoints(scale: Curve | Bands): Curve {
  const { knots } = asCurve(scale)
  return { kind: 'curve', knots: [knots[0]!, knots.at(-1)!] }
}

/** A scale of numbers as a curve: a step becomes the points at its middle. */
export function asCurve(scale: Curve | Bands): Curve {
  if (scale.kind === 'curve') return scale
  const marks = scale.bands.flatMap(({ below }) => below ?? [])
  const width = marks.length > 1 ? (marks.at(-1)! - marks[0]!) / (marks.length - 1) : 1
  const middles = scale.bands.map((_, i) => {
    const [from, to] = [marks[i - 1], marks[i]]
    if (from === undefined) return (to ?? 0) - width / 2
    return to === undefined ? from + width / 2 : (from + to) / 2
  })
  return { kind: 'curve', knots: scale.bands.map(({ points }, i) => ({ x: clean(middles[i]!), points })) }
}

/** A scale of numbers as steps: four even ones between the ends of a curve. */
export function asBands(scale: Curve | Bands): Bands {
  if (scale.kind === 'bands') return scale
  const [first, last] = [scale.knots[0]!, scale.knots.at(-1)!]
  const parts = 4
  const at = (i: number): number => clean(first.x + ((last.x - first.x) * (i + 0.5)) / (parts - 1))
  const points = (i: number): number => Math.round(first.points + ((last.points - first.points) * i) / (parts - 1))
  return {
    kind: 'bands',
    bands: Array.from({ length: parts }, (_, i) => ({
      ...(i < parts - 1 && { below: at(i) }),
      points: points(i),
    })),
  }
}

/** Where the chart of a scale begins and ends: the data's range and every mark in it. */
export function chartRange(scale: Scale, spread: { readonly from: number; readonly to: number }): [number, number] {
  const marks =
    scale.kind === 'curve'
      ? scale.knots.map(({ x }) => x)
      : scale.kind === 'bands'
        ? scale.bands.flatMap(({ below }) => below ?? [])
        : []
  const from = Math.min(spread.from, ...marks)
  const to = Math.max(spread.to, ...marks)
  return from < to ? [from, to] : [from - 1, to + 1]
}
