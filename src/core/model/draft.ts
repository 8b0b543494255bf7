import { auc, Z95, type Auc } from '../backtest/auc'
import { columnRisk } from '../backtest/column-risk'
import { describeLeak, metricLeak, rowOrderAuc } from '../backtest/leak'
import { countOutcomes } from '../backtest/outcome-histogram'
import { countOutcomesPerScore } from '../backtest/score-histogram'
import { countValues, type ValueCounts } from '../backtest/spread'
import { columnNamed, type Column, type Table } from '../column/column'
import { cleaningOf, NO_CLEANING, type Cleaning } from '../recipe/cleaning'
import { fitScale, type Direction } from '../scoring/fit'
import { metricPoints, type AsOf } from '../scoring/points'
import { marksOf } from './draft-marks'
import { notAMetric } from './draft-columns'
import { CATEGORY_ORDER, guessCategory, guessDirection, metricName } from './guess-metric'
import type { HealthModel, Importance, Metric, Roles, Scale, Values } from './health-model'
import { DEFAULT_WEIGHTS, EMPTY_MODEL, EXPANSION } from './new-model'

export interface DraftInput {
  readonly name: string
  readonly table: Table
  readonly roles: Roles
  /** What dates count back from, and the same day as it stands in the model where it is one for all. */
  readonly asOf: AsOf | undefined
  readonly asOfDay: string | undefined
  readonly seed: number
  /** Per row 1 or 0 in the training part, else unknown; undefined when no outcome is chosen. */
  readonly training: Uint8Array | undefined
  /** What the outcome tells; who left where it is left out. */
  readonly objective?: HealthModel['objective'] | undefined
  /** What a person chose about the columns. */
  readonly cleaning?: Cleaning | undefined
}

/**
 * A first model for a person to change: every usable column is a metric. Its category and direction are guessed from
 * the name; on the training part the direction is corrected where the outcome speaks clearly, the scale is fitted, and
 * the importance follows from the metric's power alone. What may know the answer is off, with the reason. Where the
 * outcome tells who bought more, they get the high points, as those who stay do where it tells who left.
 */
export function draftModel(input: DraftInput): HealthModel {
  const { name, table, roles, asOfDay, seed, objective = 'churn', cleaning = NO_CLEANING } = input
  const orderTells = input.training && rowOrderAuc(input.training)
  const drafted = table.columns
    .filter((column) => cleaningOf(cleaning, column.name).metric !== false)
    .filter((column) => notAMetric(column, table.rows, roles) === undefined)
    .map((column) => draftMetric(column, input, orderTells))
  const metrics = CATEGORY_ORDER.flatMap((category) => drafted.filter((metric) => metric.category === category))
  return {
    ...EMPTY_MODEL,
    ...(objective === 'expand' && EXPANSION),
    name,
    roles,
    ...(asOfDay !== undefined && { asOf: asOfDay }),
    columns: table.columns.map((column) => ({ name: column.name, type: column.type })),
    metrics: metrics.map((metric, i) => ({ ...metric, id: `m${i + 1}` })),
    holdout: { seed, looks: 0 },
  }
}

/**
 * The metric that a draft would make of one column, on even where a draft would leave it off for being flat; undefined
 * for a column that makes none. Its id is ''.
 * @param byHand whether people fill the column in, however few of them have done so
 */
export function draftOne(input: DraftInput, column: string, byHand = false): Metric | undefined {
  const found = columnNamed(input.table, column)
  if (!found || (!byHand && notAMetric(found, input.table.rows, {}) !== undefined)) return undefined
  return draftMetric(found, input, input.training && rowOrderAuc(input.training))
}

function draftMetric(column: Column, input: DraftInput, orderTells: number | undefined): Metric {
  const { training, asOf, table, objective = 'churn' } = input
  const judged = training ?? new Uint8Array(table.rows)
  const counts = countValues(column, judged, asOf)
  const guess = guessDirection(column.name, column.type)
  const direction = training ? correctedDirection(guess, column, { training, asOf, objective }) : guess
  const pointing = { direction, objective }
  const fitted = draftScale(column, counts, pointing)
  const scale = fitted ?? flatScale(column, counts, pointing)
  const importance = training ? importanceOf(powerOf(scale, column, { training, asOf, objective })) : 'supporting'
  const reason = training && suspicion(column, input, orderTells)
  const checked = cleaningOf(input.cleaning ?? NO_CLEANING, column.name).metric === true
  return {
    id: '',
    name: metricName(column.name),
    category: guessCategory(column.name),
    on: fitted !== undefined && (reason === undefined || checked) && needsNoOutcome(scale, training),
    importance,
    column: column.name,
    scale,
    ...marksOf(scale),
    missing: 'skip',
    weight: DEFAULT_WEIGHTS[importance],
    ...(reason !== undefined && { suspect: { reason, checked } }),
  }
}

/** Points of categories come from outcomes; without any they would all be alike. */
function needsNoOutcome(scale: Scale, training: Uint8Array | undefined): boolean {
  return training !== undefined || scale.kind !== 'values'
}

/** The customers whose outcome is known, and what it tells. */
interface Judged {
  readonly training: Uint8Array
  readonly asOf: AsOf | undefined
  readonly objective: HealthModel['objective']
}

/** The guess, unless the training AUC differs from a half by more than 1.96 standard errors. */
function correctedDirection(guess: Direction, column: Column, { training, asOf, objective }: Judged): Direction {
  const risk = columnRisk(column, training, asOf)
  const { auc: value, variance } = risk ? auc(risk) : { auc: undefined, variance: undefined }
  if (value === undefined || variance === undefined) return guess
  if (Math.abs(value - 0.5) <= Z95 * Math.sqrt(variance)) return guess
  return value > 0.5 === (objective === 'churn') ? 'lower' : 'higher'
}

/** Which way points go: by the name alone, and by what the outcome tells. */
interface Pointing {
  readonly direction: Direction
  readonly objective: HealthModel['objective']
}

function draftScale(column: Column, counts: ValueCounts, pointing: Pointing): Scale | undefined {
  if (isCategories(column)) return counts.values.length < 2 ? undefined : rateScale(column, counts, pointing)
  const customers = counts.values.map((_, i) => counts.events[i]! + counts.stayed[i]!)
  return fitScale('5th to 95th percentile', pointing.direction, { values: counts.values, counts: customers })
}

function isCategories(column: Column): column is Column & { kind: 'coded' } {
  return column.kind === 'coded' && (column.type === 'category' || column.type === 'boolean')
}

/** A scale for a metric that is off: the same for everyone, or nobody has a value. */
function flatScale(column: Column, counts: ValueCounts, pointing: Pointing): Scale {
  if (isCategories(column)) return rateScale(column, counts, pointing)
  const at = counts.values[0] ?? 0
  return { kind: 'curve', knots: [{ x: at, points: 0 }, { x: at + 1, points: 100 }] } // prettier-ignore
}

/**
 * Points of a category's values: the training rate of events, or of who did not buy more, shrunk towards the rate of all
 * by ten customers, (e + 10π)/(n + 10), from the highest rate at 0 to the lowest at 100 in whole points. Where no outcome
 * tells them apart, yes is better than no in the direction of the guess.
 */
function rateScale(column: Column & { kind: 'coded' }, counts: ValueCounts, pointing: Pointing): Values {
  const { codes = [] } = counts
  const { direction, objective } = pointing
  const [bad, good] = objective === 'churn' ? [counts.events, counts.stayed] : [counts.stayed, counts.events]
  const texts = codes.map((code) => column.dictionary.texts[code]!)
  const all = bad.reduce((sum, each) => sum + each, 0)
  const customers = all + good.reduce((sum, each) => sum + each, 0)
  const rates = texts.map((_, i) => (bad[i]! + (10 * all) / customers) / (bad[i]! + good[i]! + 10))
  const [worst, best] = [Math.max(...rates), Math.min(...rates)]
  const told = all > 0 && worst > best
  const guess = (i: number): number =>
    column.dictionary.values[codes[i]!] === (direction === 'higher' ? 1 : 0) ? 100 : 0
  const points = (i: number): number => (told ? Math.round((100 * (worst - rates[i]!)) / (worst - best)) : guess(i))
  return { kind: 'values', values: texts.map((value, i) => ({ value, points: points(i) })), otherwise: 'missing' }
}

function powerOf(scale: Scale, column: Column, { training, asOf, objective }: Judged): Auc {
  const points = metricPoints({ scale, missing: 'skip' }, column, asOf)
  return auc(countOutcomesPerScore(points, training, objective))
}

/** Powers from which a metric is critical, or supports. */
const CRITICAL = 0.65
const SUPPORTING = 0.57

function importanceOf({ auc: power = 0.5, low = 0 }: Auc): Importance {
  if (low <= 0.5) return 'supplementary'
  return power >= CRITICAL ? 'critical' : power >= SUPPORTING ? 'supporting' : 'supplementary'
}

/** Why a metric is left off until a person has checked it; undefined when nothing speaks against it. */
function suspicion(
  column: Column,
  { training, asOf, table, objective }: DraftInput,
  orderTells: number | undefined,
): string | undefined {
  if (!training || countOutcomes(training).events === 0) return undefined
  const leak = metricLeak({ column, outcome: training, asOf, rows: table.rows, orderTells })
  return leak && describeLeak(leak, column.name, objective)
}
