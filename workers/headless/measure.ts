import { backtest, cutFigures, tierCounts } from '../../src/core/backtest/backtest'
import type { Column, Table } from '../../src/core/column/column'
import { MISSING_CODE } from '../../src/core/column/column'
import type { ImportReport } from '../../src/core/column/import-report'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import { actingCut } from '../../src/core/model/tier'
import { RandomStream } from '../../src/core/random'
import { drawing } from '../backtest/long-pass'
import { QuickPass } from '../backtest/quick-pass'
import { suggestPass } from '../backtest/suggest-pass'
import { weightPass } from '../backtest/weight-pass'
import { chooseExecutor } from '../choose-executor'
import { Evaluator } from '../evaluator'

/** One line of a benchmark. A ratio is what it took over what its floor took, in the same run. */
export interface Measured {
  readonly name: string
  readonly rows: number
  readonly metrics: number
  readonly milliseconds: number
  readonly floorMilliseconds: number
  readonly ratio: number
}

const MISSING = 0.1
const DISTINCT = 1000

/** How often each thing is done; the median counts. */
const TIMES = 15

function codedColumn(name: string, rows: number, random: RandomStream): Column {
  const values = Float64Array.from({ length: DISTINCT }, (_, i) => i)
  const codes = new Uint16Array(rows)
  for (let row = 0; row < rows; row++)
    codes[row] = random.next() < MISSING ? MISSING_CODE : Math.floor(random.next() * DISTINCT)
  const dictionary = { values, texts: Array.from(values, String), counts: new Uint32Array(DISTINCT) }
  return { kind: 'coded', name, type: 'number', codes, dictionary }
}

function floatColumn(name: string, rows: number, random: RandomStream): Column {
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) values[row] = random.next() < MISSING ? NaN : random.next() * DISTINCT
  return { kind: 'float', name, type: 'number', values }
}

function outcomeColumn(rows: number, random: RandomStream): Column {
  const codes = new Uint16Array(rows)
  for (let row = 0; row < rows; row++) codes[row] = Number(random.next() < 0.2)
  const dictionary = { values: Float64Array.of(0, 1), texts: ['No', 'Yes'], counts: new Uint32Array(2) }
  return { kind: 'coded', name: 'churned', type: 'boolean', codes, dictionary }
}

/** Customers with so many metrics, one of them not coded, values missing in a tenth of the cells. */
function benchTable(rows: number, metrics: number): Table {
  // The same customers at every run.
  const random = new RandomStream(1, 0)
  const columns: Column[] = []
  for (let i = 0; i < metrics; i++) {
    columns.push(i === metrics - 1 ? floatColumn(`m${i}`, rows, random) : codedColumn(`m${i}`, rows, random))
  }
  const revenue = floatColumn('mrr', rows, random)
  return { rows, columns: [...columns, revenue, outcomeColumn(rows, random)] }
}

function benchReport({ rows, columns }: Table): ImportReport {
  const profile = { missing: 0, distinct: DISTINCT, spellings: 0 }
  return {
    file: 'bench',
    rows,
    columns: columns.map(({ name, type }) => ({ name, type, ...profile })),
    problems: [],
  } as unknown as ImportReport
}

/** A model of the bench table: curves from 0 to 100 points, weights that differ. */
function benchModel(metrics: number): HealthModel {
  const curve = (i: number): Metric => ({
    id: `m${i}`,
    name: `m${i}`,
    category: 'Bench',
    on: true,
    importance: 'supporting',
    column: `m${i}`,
    scale: { kind: 'curve', knots: [{ x: 0, points: 0 }, { x: DISTINCT, points: 100 }] }, // prettier-ignore
    missing: 'skip',
    weight: 1 + (i % 9),
  })
  return {
    ...EMPTY_MODEL,
    metrics: Array.from({ length: metrics }, (_, i) => curve(i)),
    roles: { revenue: 'mrr', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
  }
}

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

/** The median of what `work` takes, in milliseconds, after warming up. */
function median(work: (time: number) => void, times = TIMES, warming = 3): number {
  for (let i = 0; i < warming; i++) work(i)
  const taken = Array.from({ length: times }, (_, i) => {
    const start = performance.now()
    work(i + 3)
    return performance.now() - start
  })
  return taken.sort((a, b) => a - b)[times >> 1]!
}

/** What copying the bytes takes that a weight change reads: points, classes and revenue. */
function copyTime(rows: number, metrics: number): number {
  const from = new Uint8Array(rows * (2 * metrics + 1 + 8)).fill(1)
  const to = new Uint8Array(from.length)
  return median(() => to.set(from))
}

const withWeight = (model: HealthModel, time: number): HealthModel => ({
  ...model,
  metrics: model.metrics.map((metric, i) => (i === 0 ? { ...metric, weight: 1 + (time % 50) } : metric)),
})

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

/** Runs work that is done in steps to its end. */
function finish(work: Generator): void {
  while (!work.next().done);
}

interface Bench {
  readonly evaluator: Evaluator
  readonly model: HealthModel
  readonly line: (name: string, milliseconds: number, floor?: number) => Measured
  /** What a weight change takes, which the backtest's passes are measured by. */
  readonly weightChange: number
}

/** The backtest's passes after a weight change, with a pinned model and on the hold-out. */
function* measureBacktest({ evaluator, model, line, weightChange }: Bench): Generator<Measured> {
  const quick = new QuickPass(evaluator)
  evaluator.pin(model)
  const answer = (edited: HealthModel): void => void quick.answer({ model: edited, part: 'holdout', revision: 0 })
  yield line(
    'backtest',
    median((time) => answer(withWeight(model, time))),
    weightChange,
  )
  const long = (time: number): void => {
    const edited = withWeight(model, time)
    answer(edited)
    finish(weightPass(evaluator, edited, 'holdout'))
  }
  yield line('backtest with leave-one-out and sensitivity', median(long, 5), weightChange)
  evaluator.pin(undefined)
  const data = quick.judged(model)
  yield line(
    'bootstrap',
    median(() => finish(drawing(evaluator, data, model, 'holdout')), 3, 1),
    weightChange,
  )
  yield line(
    'suggest',
    median(() => finish(suggestPass(evaluator, quick, { model, step: 1 })), 1, 0),
    weightChange,
  )
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
}
