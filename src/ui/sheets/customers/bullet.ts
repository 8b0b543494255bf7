import type { Metric } from '../../../core/model/health-model'
import { MISSING_POINTS, betterWhen } from '../../../core/scoring/scale'
import type { DetailMetric } from '../../../state/customers.svelte'

/** A value on its metric's own range, bad at 0 and good at 1. */
export interface Bullet {
  /** Where the value stands; undefined without one. */
  readonly at: number | undefined
  /** Where the red zone ends and the green one begins; undefined where the metric has no mark. */
  readonly red: number | undefined
  readonly green: number | undefined
  readonly words: string
}

/** How a customer's value lies against the marks of its metric. The marks colour it; they never change points. */
export function bulletOf({ scale, red, green }: Metric, { value, points }: DetailMetric): Bullet {
  const position = scale.kind === 'values' ? textPosition(scale) : numberPosition(scale, [red, green])
  const at =
    scale.kind === 'values'
      ? points === MISSING_POINTS || value === undefined
        ? undefined
        : points / 10_000
      : position(value)
  const [redAt, greenAt] = [position(red), position(green)]
  return { at, red: redAt, green: greenAt, words: wordsOf(at, redAt, greenAt) }
}

function wordsOf(at: number | undefined, red: number | undefined, green: number | undefined): string {
  if (at === undefined) return 'no value'
  if (red !== undefined && at <= red) return 'in red'
  return green !== undefined && at >= green ? 'in green' : 'between'
}

type Position = (value: number | string | undefined) => number | undefined

function textPosition({ values }: { readonly values: readonly { value: string; points: number }[] }): Position {
  return (value) => {
    const found = values.find((each) => each.value === value)
    return found && found.points / 100
  }
}

function numberPosition(
  scale: Exclude<Metric['scale'], { kind: 'values' }>,
  marks: readonly (number | string | undefined)[],
): Position {
  const ends = scale.kind === 'curve' ? scale.knots.map(({ x }) => x) : scale.bands.flatMap(({ below }) => below ?? [])
  const numbers = [...ends, ...marks.filter((mark) => typeof mark === 'number')]
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const falls = betterWhen(scale) === 'lower'
  return (value) => {
    if (typeof value !== 'number' || high === low) return undefined
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)))
    return falls ? 1 - share : share
  }
}
