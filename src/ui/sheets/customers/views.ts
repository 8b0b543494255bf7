import { outcomeWords, type MissWords } from '../../../core/backtest/outcome-words'
import { HAPPENED, NO_TIER, STAYED, type Condition, type RowQuery } from '../../../core/customers/row-query'
import type { HealthModel } from '../../../core/model/health-model'
import type { DataPart } from '../../../state/data-sets.svelte'
import { capital } from '../../parts/capital'

/** A list that everybody needs. */
export interface ReadyView {
  readonly name: string
  /** What it is for, in a few words. */
  readonly hint: string
  readonly query: RowQuery
}

/**
 * The views that every workbook has; whoever the model flags comes first. Those that need outcomes are there where outcomes
 * are known.
 */
export function readyViews({ tiers, roles, objective }: HealthModel, part: DataPart, judged: boolean): ReadyView[] {
  const words = outcomeWords(objective)
  const upwards = words.riskiest === 'lowest'
  const [riskiest, safest] = [tiers.at(upwards ? 0 : -1)!.name, tiers.at(upwards ? -1 : 0)!.name]
  const inTier = (name: string): Condition => ({ kind: 'one of', column: { kind: 'tier' }, texts: [name] })
  const dearest =
    roles.revenue === undefined
      ? {}
      : { sort: { column: { kind: 'source', name: roles.revenue } as const, descending: true } }
  const byScore = { sort: { column: { kind: 'score' } as const, descending: !upwards } }
  const view = (
    name: string,
    hint: string,
    conditions: readonly Condition[],
    sort: Pick<RowQuery, 'sort'>,
  ): ReadyView => ({
    ...{ name, hint, query: { search: '', conditions, ...sort } },
  })
  const miss = ({ name, hint }: MissWords, tier: string, text: string): ReadyView =>
    view(name, hint, [inTier(tier), { kind: 'one of', column: { kind: 'outcome' }, texts: [text] }], dearest)
  const misses =
    part === 'history' && judged ? [miss(words.missed, safest, HAPPENED), miss(words.spared, riskiest, STAYED)] : []
  return [
    view('All customers', 'as in the file', [], {}),
    view(`${capital(words.riskiest)} scores first`, '', [], byScore),
    view(`${riskiest}${roles.revenue === undefined ? '' : ' by revenue'}`, words.reach, [inTier(riskiest)], dearest),
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
