import type { EachOnce } from './customer-rows'
import { shareOut } from '../model/share-out'
import { failure, success, type Result } from '../result'
import { byHash, wholeHashes } from './hash-order'
import { fitLogistic, type LogisticFit } from './logistic'
import { countOutcomes } from './outcome-histogram'
import { curvaturePass, lossPass, standardise, type StandardisedRows } from './standardised-rows'
import { tooFew } from './too-few'

export interface SuggestInput {
  /** Points of each metric per row, in hundredths, 65535 missing. */
  readonly points: readonly Uint16Array[]
  /** Per row 1 or 0 in the training part; other rows are left out. */
  readonly outcome: Uint8Array
  /** Where customers repeat, those of each outcome; absent where a row is a customer. */
  readonly each?: EachOnce
  /** h(seed + 1, id) per row, which gives the fold, and h(seed + 2, id), which gives the sample. */
  readonly folds: Uint32Array
  readonly order: Uint32Array
  readonly objective: 'churn' | 'expand'
  /** What weights are rounded to; weights add up to 100. */
  readonly step: number
}

/** Weights that the training part suggests. */
export interface Suggestion {
  /** Per metric, 0…100, multiples of the step that add up to 100 (or to the most that steps allow). */
  readonly weights: readonly number[]
  readonly lambda: number
  /** The mean held-fold log loss of each λ, rising; none where no fold could be held out, and λ is the strongest. */
  readonly losses: readonly { readonly lambda: number; readonly loss: number }[]
  /** Rows that were fitted, and those of them that λ was chosen on. */
  readonly rows: number
  readonly validated: number
}

/**
 * Why nothing is suggested: under ten events or ten non-events to learn from, or no metric whose points say anything
 * in the direction that they are meant to.
 */
export type NoSuggestion = 'too few' | 'nothing to suggest'

const FOLDS = 5
const MOST_VALIDATED = 100_000
/** From the strongest, so that each fit starts from a simpler one. Roots, since powers differ between engines. */
const LAMBDAS = [
  1e-1,
  Math.sqrt(1e-3),
  1e-2,
  Math.sqrt(1e-5),
  1e-3,
  Math.sqrt(1e-7),
  1e-4,
  Math.sqrt(1e-9),
  1e-5,
] as const
/** About how much of the work is choosing λ. */
const CHOOSING = 0.7

/**
 * The weights by backtest.md, "Suggested weights": logistic regression with a penalty, no weight under 0, on points
 * standardised over the training part, with λ chosen by cross-validation. The same to the last bit whatever the order
 * of the rows, since they are fitted in an order that hashes and values alone decide. Yields the share done, 0…1, so
 * that whoever runs it can stop.
 */
export function* suggestWeights(input: SuggestInput): Generator<number, Result<Suggestion, NoSuggestion>> {
  const { events, nonEvents } = input.each ?? countOutcomes(input.outcome)
  if (tooFew(events, nonEvents)) return failure('too few')
  yield 0
  const order = trainingOrder(input)
  const data = packed(input, order)
  const validated = wholeHashes(order, input.order, MOST_VALIDATED)
  yield 0
  const chosen = yield* chooseLambda(
    data,
    order.subarray(0, validated).map((row) => input.folds[row]! % FOLDS),
  )
  const { lambda, losses, start } = chosen
  const rows = rowsWhere(order.length, () => true)
  const fit = yield* fitted(data, rows, lambda, start, CHOOSING)
  const weights = pointWeights(fit, data, input.step)
  if (!weights) return failure('nothing to suggest')
  return success({ weights, lambda, losses, rows: rows.length, validated })
}

/** The training rows by hash; rows of one hash by what they hold, so that equal ones are interchangeable. */
function trainingOrder({ points, outcome, folds, order }: SuggestInput): Uint32Array {
  const training = rowsWhere(outcome.length, (row) => outcome[row]! <= 1)
  const hashes = training.map((row) => order[row]!)
  const sorted = byHash(hashes).map((i) => training[i]!)
  const compare = (a: number, b: number): number => {
    let difference = outcome[a]! - outcome[b]! || folds[a]! - folds[b]!
    for (let metric = 0; difference === 0 && metric < points.length; metric++) {
      difference = points[metric]![a]! - points[metric]![b]!
    }
    return difference
  }
  for (let from = 0, end = 1; from < sorted.length; from = end++) {
    while (end < sorted.length && order[sorted[end]!] === order[sorted[from]!]) end++
    if (end - from > 1) sorted.subarray(from, end).sort(compare)
  }
  return sorted
}

/** The rows in that order, points side by side; the target is the outcome that high points speak for. */
function packed({ points, outcome, objective }: SuggestInput, order: Uint32Array): StandardisedRows {
  const features = points.length
  const values = new Uint16Array(order.length * features)
  for (const [feature, column] of points.entries()) {
    for (let i = 0; i < order.length; i++) values[i * features + feature] = column[order[i]!]!
  }
  const good = objective === 'churn' ? 0 : 1
  const target = Uint8Array.from(order, (row) => Number(outcome[row] === good))
  return standardise(values, features, target)
}

interface Chosen {
  readonly lambda: number
  readonly losses: readonly { readonly lambda: number; readonly loss: number }[]
  /** The fit with that λ that the last one starts from. */
  readonly start: LogisticFit | undefined
}

/**
 * λ by the least mean log loss of folds that were held out; the strongest of equals. A fold that is empty, or whose
 * rest holds one outcome alone, tells nothing and is passed over. The fits of the folds start from the fit of them all.
 */
function* chooseLambda(data: StandardisedRows, foldOf: Uint32Array): Generator<number, Chosen> {
  const folds = usableFolds(data, foldOf)
  if (folds.length === 0) return { lambda: LAMBDAS[0], losses: [], start: undefined }
  const everybody = rowsWhere(foldOf.length, () => true)
  const tried: { lambda: number; loss: number; fit: LogisticFit }[] = []
  for (const [i, lambda] of LAMBDAS.entries()) {
    const done = (CHOOSING * i) / LAMBDAS.length
    const whole = yield* fitted(data, everybody, lambda, tried.at(-1)?.fit, done)
    const fit = { ...whole, curvature: curvaturePass(data, everybody, whole.coefficients) }
    let sum = 0
    for (const { kept, held } of folds) {
      const { coefficients } = yield* fitted(data, kept, lambda, fit, done)
      sum += lossPass(data, held, coefficients).loss
    }
    tried.push({ lambda, loss: sum / folds.length, fit })
  }
  const best = tried.reduce((least, each) => (each.loss < least.loss ? each : least))
  return {
    lambda: best.lambda,
    losses: tried.map(({ lambda, loss }) => ({ lambda, loss })).reverse(),
    start: best.fit,
  }
}

function* fitted(
  data: StandardisedRows,
  rows: Uint32Array,
  lambda: number,
  start: LogisticFit | undefined,
  done: number,
): Generator<number, LogisticFit> {
  const fit = fitLogistic(data, rows, { lambda, nonNegative: true, ...(start && { start }) })
  let pass = fit.next()
  for (; !pass.done; pass = fit.next()) yield done
  return pass.value
}

function usableFolds({ target }: StandardisedRows, foldOf: Uint32Array) {
  return Array.from({ length: FOLDS }, (_, fold) => ({
    held: rowsWhere(foldOf.length, (i) => foldOf[i] === fold),
    kept: rowsWhere(foldOf.length, (i) => foldOf[i] !== fold),
  })).filter(({ held, kept }) => {
    const had = kept.reduce((sum, row) => sum + target[row]!, 0)
    return held.length > 0 && had > 0 && had < kept.length
  })
}

function rowsWhere(rows: number, holds: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (holds(row)) found[count++] = row
  return found.slice(0, count)
}

/** Coefficients brought back from standardised points to points, and shared out in steps; undefined when all are 0. */
function pointWeights(
  { coefficients }: LogisticFit,
  { scales }: StandardisedRows,
  step: number,
): readonly number[] | undefined {
  const parts = Array.from(scales, (scale, i) => coefficients[i + 1]! * scale)
  const units = shareOut(parts, Math.round(100 / step))
  return units?.map((count) => Math.round(100 * count * step) / 100)
}
