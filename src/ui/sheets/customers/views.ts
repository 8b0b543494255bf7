import { NO_TIER, type Condition, type RowQuery } from '../../../core/customers/row-query'
import type { HealthModel } from '../../../core/model/health-model'
import type { DataPart } from '../../../state/data-sets.svelte'

/** A list that everybody needs. */
export interface ReadyView {
  readonly name: string
  /** What it is for, in a few words. */
  readonly hint: string
  readonly query: RowQuery
}

/** The views that every workbook has. Those that need outcomes are there where outcomes are known. */
export function readyViews({ tiers, roles, objective }: HealthModel, part: DataPart, judged: boolean): ReadyView[] {
  const [lowest, highest] = [tiers[0]!.name, tiers.at(-1)!.name]
  const inTier = (name: string): Condition => ({ kind: 'one of', column: { kind: 'tier' }, texts: [name] })
  const outcome = (text: 'churned' | 'retained'): Condition => ({
    kind: 'one of',
    column: { kind: 'outcome' },
    texts: [text],
  })
  const dearest =
    roles.revenue === undefined
      ? {}
      : { sort: { column: { kind: 'source', name: roles.revenue } as const, descending: true } }
  const byScore = { sort: { column: { kind: 'score' } as const, descending: false } }
  const view = (
    name: string,
    hint: string,
    conditions: readonly Condition[],
    sort: Pick<RowQuery, 'sort'>,
  ): ReadyView => ({
    ...{ name, hint, query: { search: '', conditions, ...sort } },
  })
  const misses =
    part === 'history' && judged && objective === 'churn'
      ? [
          view('Green churners', 'healthy, yet they left', [inTier(highest), outcome('churned')], dearest),
          view('Red keepers', 'at risk, yet they stayed', [inTier(lowest), outcome('retained')], dearest),
        ]
      : []
  return [
    view('All customers', 'as in the file', [], {}),
    view('Lowest scores first', '', [], byScore),
    view(
      `${lowest}${roles.revenue === undefined ? '' : ' by revenue'}`,
      'whom to call first',
      [inTier(lowest)],
      dearest,
    ),
    ...misses,
    view('Not scored', 'too few values', [inTier(NO_TIER)], {}),
    view('By hand', 'set, capped or floored', [{ kind: 'by hand' }], byScore),
  ]
}

/** Whether two queries list the same. */
export function sameQuery(a: RowQuery, b: RowQuery): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
}

function ordered({ search, conditions, sort }: RowQuery): unknown {
  return [search.trim(), conditions, sort && [sort.column, sort.descending]]
}
