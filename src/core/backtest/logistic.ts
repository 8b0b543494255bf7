import { solvePositive } from './linear-system'
import { curvaturePass, lossPass, type StandardisedRows } from './standardised-rows'

/** A logistic regression on standardised features. */
export interface LogisticFit {
  /** Intercept, then one coefficient per feature. */
  readonly coefficients: Float64Array
  /** Second derivatives of the mean loss near there, without the penalty: what the next fit may start with. */
  readonly curvature: readonly Float64Array[]
  /** Whether the projected gradient is within 1e-9 everywhere. */
  readonly converged: boolean
}

export interface LogisticAsked {
  /** λ of mean loss + (λ/2)‖w‖²; more than 0. The intercept is free. (A sum form's λ is n times this.) */
  readonly lambda: number
  /** Whether coefficients may not be negative; the intercept may. */
  readonly nonNegative: boolean
  /** A fit of similar data or penalty, to start from. */
  readonly start?: Pick<LogisticFit, 'coefficients' | 'curvature'>
}

const PRECISION = 1e-9
const MOST_STEPS = 200
/** A step that leaves more than this of the gradient needs fresh second derivatives. */
const SLOW = 0.1

/**
 * Fits mean logistic loss + (λ/2)‖w‖² over rows that hold both outcomes, by projected Newton until
 * ‖projected gradient‖∞ ≤ 1e-9. Second derivatives cost ten times what a gradient does, so they are worked out anew
 * only when the old ones lead too slowly: the minimum is the same. Yields after every pass over the rows, so that
 * whoever runs it can stop.
 */
export function* fitLogistic(
  data: StandardisedRows,
  rows: Uint32Array,
  asked: LogisticAsked,
): Generator<undefined, LogisticFit> {
  let coefficients = asked.start?.coefficients ?? atRate(data, rows)
  let now = penalised(data, rows, coefficients, asked)
  yield
  let curvature = asked.start?.curvature ?? curvaturePass(data, rows, coefficients)
  let fresh = !asked.start
  for (let step = 0; step < MOST_STEPS && now.steepest > PRECISION; step++) {
    yield
    const direction = newtonDirection(curvature, now, coefficients, asked)
    const next = direction && (yield* descend(data, rows, coefficients, direction, now, asked))
    if (!next && fresh) break
    const slow = !next || next.point.steepest > SLOW * now.steepest
    if (next) {
      coefficients = next.coefficients
      now = next.point
    }
    fresh = slow && now.steepest > PRECISION
    if (fresh) curvature = curvaturePass(data, rows, coefficients)
  }
  return { coefficients, curvature, converged: now.steepest <= PRECISION }
}

/** Everybody at the rate of all: where a fit starts. */
function atRate({ features, target }: StandardisedRows, rows: Uint32Array): Float64Array {
  const had = rows.reduce((sum, row) => sum + target[row]!, 0)
  const start = new Float64Array(features + 1)
  start[0] = Math.log(had / (rows.length - had))
  return start
}

interface Point {
  readonly loss: number
  readonly gradient: Float64Array
  /** Largest component of the projected gradient, without its sign. */
  readonly steepest: number
}

function penalised(
  data: StandardisedRows,
  rows: Uint32Array,
  coefficients: Float64Array,
  { lambda, nonNegative }: LogisticAsked,
): Point {
  const { loss, gradient } = lossPass(data, rows, coefficients)
  let squares = 0
  let steepest = Math.abs(gradient[0]!)
  for (let j = 1; j < coefficients.length; j++) {
    const w = coefficients[j]!
    squares += w * w
    gradient[j]! += lambda * w
    const held = nonNegative && w === 0 && gradient[j]! > 0
    if (!held) steepest = Math.max(steepest, Math.abs(gradient[j]!))
  }
  return { loss: loss + (lambda / 2) * squares, gradient, steepest }
}

/** Newton's direction among the coefficients that are free to move; the others stay at 0. */
function newtonDirection(
  curvature: readonly Float64Array[],
  { gradient }: Point,
  coefficients: Float64Array,
  { lambda, nonNegative }: LogisticAsked,
): Float64Array | undefined {
  const free = Array.from(gradient.keys()).filter(
    (j) => j === 0 || !nonNegative || coefficients[j]! > 0 || gradient[j]! < 0,
  )
  const matrix = free.map((j) =>
    Float64Array.from(free, (k) => (k > j ? 0 : curvature[j]![k]! + penalty(j, k, lambda))),
  )
  const step = solvePositive(
    matrix,
    Float64Array.from(free, (j) => -gradient[j]!),
  )
  if (!step) return undefined
  const direction = new Float64Array(gradient.length)
  for (const [i, j] of free.entries()) direction[j] = step[i]!
  return direction
}

function penalty(j: number, k: number, lambda: number): number {
  return j === k && j > 0 ? lambda : 0
}

/** The first of ever shorter steps that lowers the loss or, where that is lost in rounding, the gradient. */
function* descend(
  data: StandardisedRows,
  rows: Uint32Array,
  from: Float64Array,
  direction: Float64Array,
  now: Point,
  asked: LogisticAsked,
): Generator<undefined, { coefficients: Float64Array; point: Point } | undefined> {
  for (let length = 1; length > 1e-6; length /= 2) {
    const coefficients = from.map((w, j) => {
      const moved = w + length * direction[j]!
      return j > 0 && asked.nonNegative ? Math.max(0, moved) : moved
    })
    const point = penalised(data, rows, coefficients, asked)
    yield
    if (point.loss < now.loss - 1e-10 * Math.abs(now.loss) || point.steepest < now.steepest)
      return { coefficients, point }
  }
  return undefined
}
