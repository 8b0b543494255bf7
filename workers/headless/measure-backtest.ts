import type { Table } from '../../src/core/column/column'
import type { HealthModel } from '../../src/core/model/health-model'
import { drawing, longPass } from '../backtest/long-pass'
import { QuickPass } from '../backtest/quick-pass'
import { suggestPass } from '../backtest/suggest-pass'
import { weightPass } from '../backtest/weight-pass'
import { chooseExecutor } from '../choose-executor'
import { Evaluator } from '../evaluator'
import { atOnce } from '../in-slices'
import { benchReport, withSheetColumns, withWeight } from './bench-data'
import { median } from './median'

/** One line of a benchmark. A ratio is what it took over what its floor took, in the same run. */
export interface Measured {
  readonly name: string
  readonly rows: number
  readonly metrics: number
  readonly milliseconds: number
  readonly floorMilliseconds: number
  readonly ratio: number
}

interface Bench {
  readonly model: HealthModel
  readonly line: (name: string, milliseconds: number, floor?: number) => Measured
  /** What a weight change takes, which the backtest's passes are measured by. */
  readonly weightChange: number
}

/** The backtest's passes after a weight change, with a pinned model and on the hold-out. */
export function* measureBacktest({
  evaluator,
  model,
  line,
  weightChange,
}: Bench & { readonly evaluator: Evaluator }): Generator<Measured> {
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
    atOnce(weightPass(evaluator, edited, 'holdout'))
  }
  yield line('backtest with leave-one-out and sensitivity', median(long, 5), weightChange)
  evaluator.pin(undefined)
  const draw = (): void => void atOnce(drawing(evaluator, quick, model, 'holdout'))
  yield line('bootstrap', median(draw, 5), weightChange)
  evaluator.pin(withWeight(model, 30))
  evaluator.evaluate(model)
  yield line('bootstrap against a pinned model', median(draw, 5), weightChange)
  const full = (time: number): void => {
    const edited = withWeight(model, time)
    answer(edited)
    atOnce(longPass(evaluator, quick, { model: edited, part: 'holdout' }))
  }
  yield line('full sheet after release against a pinned model', median(full, 5), weightChange)
  evaluator.pin(undefined)
  yield line('full sheet after release', median(full, 5), weightChange)
  yield line(
    'suggest',
    median(() => atOnce(suggestPass(evaluator, quick, { model, step: 1 })), 1, 0),
    weightChange,
  )
}

/**
 * The sheet with all that it can be asked: segments, as-of dates and value inputs, against a pinned model on the hold-out;
 * then where customers repeat as well, so that intervals are clustered.
 */
export function* measureSheet({
  table,
  model,
  line,
  weightChange,
}: Bench & { readonly table: Table }): Generator<Measured> {
  const whole = withSheetColumns(table)
  const evaluator = new Evaluator(whole, benchReport(whole), chooseExecutor().createScorer(whole.rows))
  const sheet: HealthModel = {
    ...model,
    roles: { ...model.roles, segment: 'plan', snapshot: 'day' },
    economics: { cost: 20, saveRate: 0.3, value: { kind: 'revenue', months: 12 } },
  }
  const quick = new QuickPass(evaluator)
  const answer = (edited: HealthModel): void => void quick.answer({ model: edited, part: 'holdout', revision: 0 })
  evaluator.pin(sheet)
  yield line(
    'backtest with segments, dates and value',
    median((time) => answer(withWeight(sheet, time))),
    weightChange,
  )
  const months: HealthModel = { ...sheet, roles: { ...sheet.roles, id: 'account' } }
  evaluator.pin(months)
  yield line(
    'backtest with segments, dates and value, customers repeating',
    median((time) => answer(withWeight(months, time)), 5),
    weightChange,
  )
  yield line(
    'weight change with baseline, customers repeating',
    median((time) => {
      const edited = withWeight(months, time)
      evaluator.evaluate(edited)
      evaluator.baseline(edited)
    }, 5),
    weightChange,
  )
}
