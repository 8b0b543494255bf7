import { backtest, cutFigures, tierCounts } from '../../src/core/backtest/backtest'
import type { Column } from '../../src/core/column/column'
import type { HealthModel } from '../../src/core/model/health-model'
import { actingCut } from '../../src/core/model/tier'
import { chooseExecutor } from '../choose-executor'
import { Evaluator } from '../evaluator'
import { benchModel, benchReport, benchTable, DISTINCT, withDraggedWeight, withWeight } from './bench-data'
import { measureBacktest, measureSheet, type Measured } from './measure-backtest'
import { median } from './median'

/**
 * A data set that has been scored, held, with the bytes that its columns take as they are stored.
 * @public test/bench/memory.mjs
 */
export function prepared(rows: number, metrics: number): { readonly columnBytes: number; readonly held: unknown } {
  const table = benchTable(rows, metrics)
  const evaluator = new Evaluator(table, benchReport(table), chooseExecutor().createScorer(rows))
  evaluator.evaluate(benchModel(metrics))
  evaluator.changedTier(benchModel(metrics), true)
  const columnBytes = table.columns.reduce((sum, column) => sum + bytesOf(column), 0)
  return { columnBytes, held: evaluator }
}

function bytesOf(column: Column): number {
  if (column.kind === 'coded') return column.codes.byteLength
  return column.kind === 'float' ? column.values.byteLength : column.bytes.byteLength + column.offsets.byteLength
}

/** What copying the bytes takes that a weight change reads: points, classes and revenue. */
function copyTime(rows: number, metrics: number): number {
  const from = new Uint8Array(rows * (2 * metrics + 1 + 8)).fill(1)
  const to = new Uint8Array(from.length)
  return median(() => to.set(from))
}

const withScale = (model: HealthModel, at: number, time: number): HealthModel => ({
  ...model,
  metrics: model.metrics.map((metric, i) =>
    i === at
      ? { ...metric, scale: { kind: 'curve', knots: [{ x: 1 + time, points: 0 }, { x: DISTINCT, points: 100 }] } } // prettier-ignore
      : metric,
  ),
})

const withCut = (model: HealthModel, time: number): HealthModel => ({
  ...model,
  tiers: model.tiers.map((tier, i) => (i === 1 ? { ...tier, from: 30 + (time % 20) } : tier)),
})

/** Every figure of the panel, from the counts that the engine sends. */
function panel(evaluator: Evaluator, model: HealthModel): void {
  const set = evaluator.evaluate(model)
  evaluator.changedTier(model, false)
  backtest(set, 'training', model)
  tierCounts(set, model.tiers)
  cutFigures(set, 'training', actingCut(model), model.objective)
}

/** The lines of headless.md, each against the copy of the same bytes. */
export function* measure(rows: number, metrics: number): Generator<Measured> {
  const floorMilliseconds = copyTime(rows, metrics)
  const line = (name: string, milliseconds: number, floor = floorMilliseconds): Measured => ({
    name,
    rows,
    metrics,
    milliseconds,
    floorMilliseconds: floor,
    ratio: milliseconds / floor,
  })
  yield line('copy', floorMilliseconds)
  const table = benchTable(rows, metrics)
  const evaluator = new Evaluator(table, benchReport(table), chooseExecutor().createScorer(rows))
  const model = benchModel(metrics)
  const evaluate = (edited: HealthModel): void => void evaluator.evaluate(edited)
  const weightChange = median((time) => evaluate(withWeight(model, time)))
  yield line('weight change', weightChange)
  // From the third on each weight adds to what was kept: the first three warm up.
  yield line(
    'weight drag',
    median((time) => evaluate(withDraggedWeight(model, time))),
  )
  yield line(
    'scale change',
    median((time) => evaluate(withScale(model, 0, time))),
  )
  yield line(
    'scale change on Float64',
    median((time) => evaluate(withScale(model, metrics - 1, time))),
  )
  evaluator.pin(model)
  const compared = (edited: HealthModel): void => {
    evaluator.evaluate(edited)
    evaluator.baseline(edited)
  }
  yield line(
    'weight change with baseline',
    median((time) => compared(withWeight(model, time))),
  )
  evaluator.pin(undefined)
  evaluate(model)
  evaluator.changedTier(model, true)
  const settled = (edited: HealthModel): void => {
    evaluator.evaluate(edited)
    evaluator.changedTier(edited, false)
  }
  yield line(
    'weight change with tiers changed',
    median((time) => settled(withWeight(model, time))),
  )
  evaluate(model)
  // So short that the first hundred times are the compiler's.
  for (let time = 0; time < 100; time++) panel(evaluator, withCut(model, time))
  yield line(
    'cut change',
    median((time) => panel(evaluator, withCut(model, time))),
  )
  yield* measureBacktest({ evaluator, model, line, weightChange })
  yield* measureSheet({ table, model, line, weightChange })
}
