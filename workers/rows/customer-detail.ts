import { columnNamed, valueAt } from '../../src/core/column/column'
import { explain } from '../../src/core/scoring/explain'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { hundredths, MISSING_POINTS } from '../../src/core/scoring/scale'
import { waysTo, type ChangeableMetric } from '../../src/core/scoring/what-if'
import type { Standing } from '../../src/core/manual/manual-value'
import type { HealthModel, Metric, Rule } from '../../src/core/model/health-model'
import type { AsOf } from '../../src/core/scoring/points'
import { limitsOf } from '../../src/core/scoring/rules'
import { applyingAt } from '../rule-cache'
import { cellAt, headOf } from './customer-rows'
import type { CellValue, CustomerDetail, DetailMetric } from './rows-api'
import type { ScoredRows } from './scored-rows'

/** One customer in full: what the score is made of and what would change it. */
export function customerDetail(
  scored: ScoredRows,
  row: number,
  place: number,
  asOf: AsOf | undefined,
  standing: (column: string, row: number) => Standing | undefined = () => undefined,
): CustomerDetail {
  const { weighed, metrics, model, table } = scored
  const counted = scored.counting()(row)
  const explained = explain(counted)
  const days = typeof asOf === 'object' ? asOf[row] : asOf
  const detail = metrics.map((metric, i): DetailMetric & ChangeableMetric => {
    const value = valueOf(scored, metric, row, days)
    const filled = value === undefined && counted[i]!.points !== MISSING_POINTS
    return { ...counted[i]!, id: metric.id, scale: metric.scale, step: explained?.steps[i] ?? 0, value, filled }
  })
  const applying = applyingAt(scored.rules, weighed.applied, row).map((place) => scored.rules[place]!)
  const cell = (name: string | undefined): CellValue => {
    const column = name === undefined ? undefined : columnNamed(table, name)
    return column && cellAt(column, row, table.rows)
  }
  const [name, segment, revenue] = [cell(model.roles.name), cell(model.roles.segment), cell(model.roles.revenue)]
  return {
    ...headOf(scored, row, counted),
    place,
    name: name?.toString(),
    segment: segment?.toString(),
    revenue: typeof revenue === 'number' ? revenue : undefined,
    average: explained?.average,
    metrics: detail,
    manual: new Map(
      model.manual.flatMap(({ id, name }): [string, Standing][] => {
        const found = standing(name, row)
        return found ? [[id, found]] : []
      }),
    ),
    noValue: explained?.noValue ?? 0,
    limits: limitsOf(applying.map(({ then }) => then)),
    next: nextTier(model, weighed.scores()[row]!, detail, applying),
  }
}

/** Dates as the days before the as-of day that their scale reads. */
function valueOf({ table }: ScoredRows, metric: Metric, row: number, asOf: number | undefined): CellValue {
  const column = columnNamed(table, metric.column)
  if (!column) return undefined
  if (column.type !== 'date') return cellAt(column, row, table.rows)
  const days = (asOf ?? NaN) - valueAt(column, row)
  return Number.isNaN(days) ? undefined : days
}

/** What the model's own score lacks to the next tier, and the ways there; undefined in the healthiest and unscored. */
function nextTier(
  { tiers }: HealthModel,
  score: number,
  metrics: readonly ChangeableMetric[],
  applying: readonly Rule[],
): CustomerDetail['next'] {
  if (score === NOT_SCORED) return undefined
  const tier = tiers.findIndex(({ from }) => hundredths(from) > score)
  if (tier < 0) return undefined
  const target = hundredths(tiers[tier]!.from)
  const heldBy = applying.filter(({ then }) => then.kind !== 'floor' && hundredths(then.points) < target)
  const ways = heldBy.length > 0 ? [] : waysTo(target, metrics)
  return { tier, missing: target - score, ways, heldBy: heldBy.map(({ name }) => name) }
}
