import { columnNamed, MISSING_CODE, type CodedColumn, type Column, type Table } from '../src/core/column/column'
import { columnOfNumbers } from '../src/core/column/make-column'
import { recode } from '../src/core/column/recode'
import type { ImportReport } from '../src/core/column/import-report'
import type { HealthModel, Tier } from '../src/core/model/health-model'
import { tierOf } from '../src/core/model/tier'
import type { Problem } from '../src/core/problem'
import { NOT_SCORED } from '../src/core/scoring/reference'
import type { Evaluator } from './evaluator'
import { StorageFull, type DataStore } from './store/data-store'
import { storeTable } from './store/store-table'

/** A report with the day that its data is of, or without one. */
export function datedReport({ asOf: _before, ...report }: ImportReport, asOf: string | undefined): ImportReport {
  return asOf === undefined ? report : { ...report, asOf }
}

/** Keeps the scores of a data set that is about to be replaced; answers with the problem where there is no room. */
export async function keepScores(
  store: DataStore,
  workbook: string,
  evaluator: Evaluator,
  model: HealthModel,
): Promise<Problem | undefined> {
  const table = snapshotOf(evaluator, model)
  if (!table) return undefined
  const { asOf: ownDay, file } = evaluator.report
  const asOf = model.roles.snapshot === undefined ? (ownDay ?? model.asOf) : undefined
  const report = { ...evaluator.report, columns: [], problems: [], counts: [], preview: [], rows: table.rows }
  const staging = await store.begin({ workbook, name: file })
  try {
    const kept = await staging.finish('snapshot', await storeTable(table, staging), datedReport(report, asOf))
    return kept.ok ? undefined : kept.failure[0]
  } catch (error) {
    await staging.abandon()
    if (error instanceof StorageFull) return { about: 'reading', kind: 'storage full', file, needed: error.written }
    throw error
  }
}

/**
 * What stays of a data set when another takes its place: per customer the ID, the score, the tier, the revenue and the day
 * that it was true of. Undefined without a column of IDs, since nothing could be found again.
 */
function snapshotOf(evaluator: Evaluator, model: HealthModel): Table | undefined {
  const { table } = evaluator
  const { roles, tiers } = model
  const id = roles.id === undefined ? undefined : columnNamed(table, roles.id)
  if (!id) return undefined
  const { asOf } = evaluator.customers(model)
  const scores = evaluator.weighed(model).scores()
  const revenue = roles.revenue === undefined ? undefined : columnNamed(table, roles.revenue)
  const score = Float64Array.from(scores, (each) => (each === NOT_SCORED ? NaN : each / 100))
  return {
    rows: table.rows,
    columns: [
      renamed(id, 'id'),
      columnOfNumbers('score', score),
      tierColumn(scores, tiers),
      ...(revenue ? [renamed(revenue, 'revenue')] : []),
      ...(asOf === undefined ? [] : [columnOfNumbers('as of, days since 1970', daysOf(asOf, table.rows))]),
    ],
  }
}

function renamed(column: Column, name: string): Column {
  return { ...column, name }
}

function daysOf(asOf: number | Float64Array, rows: number): Float64Array {
  return typeof asOf === 'object' ? asOf : new Float64Array(rows).fill(asOf)
}

function tierColumn(scores: Uint16Array, tiers: readonly Tier[]): Column {
  const counts = new Uint32Array(tiers.length)
  const codes = Uint16Array.from(scores, (score) => {
    const tier = tierOf(score, tiers)
    if (tier < 0) return MISSING_CODE
    counts[tier]!++
    return tier
  })
  const texts = tiers.map(({ name }) => name)
  const column: CodedColumn = {
    ...{ kind: 'coded', name: 'tier', type: 'category', codes },
    dictionary: { texts, values: Float64Array.from(texts.keys()), counts },
  }
  // The texts of a dictionary rise, tiers do not.
  return recode(column, new Map())
}
