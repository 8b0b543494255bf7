import type { ColumnProfile } from '../column/import-report'
import type { HealthModel, Metric, Scale } from './health-model'
import { describeModel, type ModelField, type ModelProblem } from './model-problem'
import { checkEconomics } from './check-economics'
import { checkManual } from './check-manual'
import { checkRules } from './check-rules'
import { isHundredth } from './hundredth'
import { nearestName } from './nearest-name'

/** What a model is checked against: the columns of the data that judges it. */
export interface CheckedData {
  readonly columns: readonly ColumnProfile[]
  readonly rows: number
  /** Whether dates have a day to count back from. */
  readonly hasAsOf: boolean
  /** Those of the columns that no person fills in; absent: all of them. */
  readonly imported?: readonly ColumnProfile[]
  /** Values of columns filled in by hand, by name, that became known too late to judge by. */
  readonly tooLate?: ReadonlyMap<string, number>
}

/** Under this share of customers with a value a metric deserves a look. */
const LOW_COVERAGE = 0.5

/** Everything that is wrong with a model, errors before warnings, in the order of its rows. */
export function checkModel(model: HealthModel, data?: CheckedData): ModelProblem[] {
  const found = [
    ...checkTiers(model),
    ...model.metrics.flatMap((metric) => [...checkMetric(metric), ...(data ? checkAgainst(metric, data) : [])]),
    ...checkNames(model.metrics),
    ...checkManual(model, data),
    ...checkRules(model, data),
    ...checkEconomics(model),
    ...(data ? checkRoom(model.metrics, data.rows) : []),
  ]
  const broken = new Set(
    found.flatMap((problem) => ('metric' in problem && problem.severity === 'error' ? [problem.metric] : [])),
  )
  const all = [...checkWeights(model.metrics.filter((metric) => metric.on && !broken.has(metric.id))), ...found]
  return [
    ...all.filter(({ severity }) => severity === 'error'),
    ...all.filter(({ severity }) => severity === 'warning'),
  ]
}

/** The metrics that count: on, and without an error. A metric with an error is off until it is fixed. */
export function activeMetrics(model: HealthModel, problems: readonly ModelProblem[]): Metric[] {
  const broken = new Set(
    problems.flatMap((problem) => ('metric' in problem && problem.severity === 'error' ? [problem.metric] : [])),
  )
  return model.metrics.filter((metric) => metric.on && !broken.has(metric.id))
}

/** Why nobody can be scored, whatever values they have, and what to do, in words; undefined where somebody can. */
export function whyNobodyIsScored(problems: readonly ModelProblem[]): string | undefined {
  const problem = problems.find(({ kind }) => kind === 'no metric on' || kind === 'no weight')
  return problem && describeModel(problem)
}

function checkWeights(active: readonly Metric[]): ModelProblem[] {
  if (active.some((metric) => metric.weight > 0)) return []
  const kind = active.length === 0 ? 'no metric on' : 'no weight'
  return [{ about: 'model', severity: 'error', kind }]
}

function checkTiers({ tiers }: HealthModel): ModelProblem[] {
  const error = { about: 'model', severity: 'error', field: 'tiers' } as const
  if (tiers.length < 2 || tiers.length > 7) return [{ ...error, kind: 'number of tiers' }]
  if (tiers[0]!.from !== 0) return [{ ...error, kind: 'first tier' }]
  return tiers.flatMap((tier, i): ModelProblem[] => {
    if (!isHundredth(tier.from, 100)) return [{ ...error, kind: 'cut outside', tier: tier.name, from: tier.from }]
    const below = tiers[i - 1]
    if (!below || tier.from > below.from) return []
    const cuts = { lower: below.name, lowerFrom: below.from, upper: tier.name, upperFrom: tier.from }
    return [{ ...error, kind: 'cuts cross', ...cuts, ...(i > 1 && { fix: { kind: 'swap cuts', tier: i } as const }) }]
  })
}

function problemOf({ id, name }: Metric, severity: 'error' | 'warning', field: ModelField) {
  return { about: 'model', severity, field, metric: id, name } as const
}

function checkMetric(metric: Metric): ModelProblem[] {
  const found: ModelProblem[] = []
  if (!isHundredth(metric.weight, 100))
    found.push({ ...problemOf(metric, 'error', 'weight'), kind: 'weight out of range' })
  if (metric.missing !== 'skip' && !isHundredth(metric.missing, 100)) {
    found.push({ ...problemOf(metric, 'error', 'missing'), kind: 'points out of range' })
  }
  const wrong = scaleProblem(metric.scale)
  if (wrong) found.push({ ...problemOf(metric, 'error', 'scale'), kind: wrong })
  return found
}

type ScaleProblem = 'marks not rising' | 'too few marks' | 'points out of range'

/** What is wrong with a scale by itself; undefined when nothing is. */
export function scaleProblem(scale: Scale): ScaleProblem | undefined {
  const points = pointsOf(scale)
  if (scale.kind === 'curve' && points.length < 2) return 'too few marks'
  if (scale.kind === 'bands' && (points.length < 2 || scale.bands.at(-1)?.below !== undefined)) return 'too few marks'
  if (!marksRise(scale)) return 'marks not rising'
  return points.every((each) => isHundredth(each, 100)) ? undefined : 'points out of range'
}

function pointsOf(scale: Scale): number[] {
  switch (scale.kind) {
    case 'curve':
      return scale.knots.map((knot) => knot.points)
    case 'bands':
      return scale.bands.map((band) => band.points)
    case 'values':
      return [...scale.values.map((value) => value.points), ...(scale.otherwise === 'missing' ? [] : [scale.otherwise])]
  }
}

/** Each mark above the one before by at least 1e-9·max(1, |x|), all of them finite (scoring.md, Scales). */
function marksRise(scale: Scale): boolean {
  if (scale.kind === 'values') return true
  const marks =
    scale.kind === 'curve'
      ? scale.knots.map((knot) => knot.x)
      : scale.bands.slice(0, -1).map((band) => band.below ?? NaN)
  return marks.every((x, i) => {
    const before = marks[i - 1]
    return Number.isFinite(x) && (before === undefined || x - before >= 1e-9 * Math.max(1, Math.abs(before)))
  })
}

function checkAgainst(metric: Metric, data: CheckedData): ModelProblem[] {
  const { columns, rows, hasAsOf } = data
  const late = metric.on ? data.tooLate?.get(metric.column) : undefined
  if (late) {
    const of = problemOf(metric, 'warning', 'cover')
    return [{ ...of, kind: 'known too late', column: metric.column, customers: late }]
  }
  const column = columns.find(({ name }) => name === metric.column)
  if (!column) return [noSuchColumn(metric, columns)]
  const { name, type } = column
  // Of a column without a value no type can be told, so none is complained of.
  if (column.missing === rows && metric.on) return checkFilled(metric, column, rows)
  if (type === 'text') return [{ ...problemOf(metric, 'error', 'column'), kind: 'text column', column: name, type }]
  const byValue = metric.scale.kind === 'values'
  if (byValue ? type !== 'category' && type !== 'boolean' : type === 'category') {
    return [{ ...problemOf(metric, 'error', 'scale'), kind: 'scale does not fit', column: name, type }]
  }
  if (type === 'date' && !hasAsOf) return [{ ...problemOf(metric, 'error', 'column'), kind: 'no day to count from' }]
  return checkFilled(metric, column, rows)
}

function noSuchColumn(metric: Metric, columns: readonly ColumnProfile[]): ModelProblem {
  const nearest = nearestName(
    metric.column,
    columns.map(({ name }) => name),
  )
  const fix = nearest === undefined ? {} : { fix: { kind: 'use column', metric: metric.id, column: nearest } as const }
  return { ...problemOf(metric, 'error', 'column'), kind: 'no such column', column: metric.column, ...fix }
}

function checkFilled(metric: Metric, column: ColumnProfile, rows: number): ModelProblem[] {
  const warning = (field: ModelField) => problemOf(metric, 'warning', field)
  if (metric.suspect && !metric.suspect.checked) {
    const fix = { kind: 'check leak', metric: metric.id } as const
    return [{ ...warning('metric'), kind: 'suspect', reason: metric.suspect.reason, fix }]
  }
  if (!metric.on) return []
  const fix = { kind: 'switch off', metric: metric.id } as const
  const share = rows === 0 ? 0 : 1 - column.missing / rows
  if (share === 0) return [{ ...warning('cover'), kind: 'no values', fix }]
  if (column.distinct === 1 && column.missing === 0) return [{ ...warning('spread'), kind: 'same for everyone', fix }]
  return share < LOW_COVERAGE ? [{ ...warning('cover'), kind: 'low coverage', share }] : []
}

/** Most bytes of points, at two per customer and metric. */
const MOST_POINTS = 2 ** 31

/** The metrics for whose points there is no room. */
function checkRoom(metrics: readonly Metric[], rows: number): ModelProblem[] {
  const fit = Math.floor(MOST_POINTS / (2 * Math.max(1, rows)))
  const needed = 2 * rows * metrics.length
  return metrics
    .slice(fit)
    .map((metric) => ({ ...problemOf(metric, 'error', 'metric'), kind: 'too many points', metrics: fit, needed }))
}

function checkNames(metrics: readonly Metric[]): ModelProblem[] {
  const names = new Set<string>()
  const ids = new Set<string>()
  return metrics.flatMap((metric): ModelProblem[] => {
    const found: ModelProblem[] = []
    if (ids.has(metric.id)) found.push({ ...problemOf(metric, 'error', 'metric'), kind: 'repeated id' })
    if (names.has(metric.name)) found.push({ ...problemOf(metric, 'warning', 'metric'), kind: 'repeated name' })
    ids.add(metric.id)
    names.add(metric.name)
    return found
  })
}
