import { BINS } from '../../src/core/backtest/score-histogram'
import { columnNamed, MISSING_CODE, type Column } from '../../src/core/column/column'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { amountOf } from '../customers'
import type { RowsSummary } from './rows-api'
import type { ScoredRows } from './scored-rows'

/** What those who are listed come to, but for their tiers. */
export type ListFigures = Omit<RowsSummary, 'tiers' | 'anyTier'>

/** Marked rows per score, the last place for whoever is not scored. */
export function countScores(scores: Uint16Array, marks: Uint8Array): Uint32Array {
  const counts = new Uint32Array(NOT_SCORED + 1)
  for (let row = 0; row < marks.length; row++) if (marks[row] === 1) counts[scores[row]!]!++
  return counts
}

/** Customers per tier, from the riskiest, then those who are not scored. */
export function countTiers(scored: ScoredRows, perScore: Uint32Array): number[] {
  const { tiers } = scored.model
  const counts = new Array<number>(tiers.length + 1).fill(0)
  for (let score = 0; score < BINS; score++) {
    const customers = perScore[score]!
    if (customers > 0) counts[scored.tier(score)]! += customers
  }
  counts[tiers.length]! += perScore[NOT_SCORED]!
  return counts
}

/** @param marks 1 per row that is listed; @param perScore how many of them have each score */
export function listFigures(scored: ScoredRows, marks: Uint8Array, perScore: Uint32Array): ListFigures {
  const { table, model, overrides } = scored
  const column = model.roles.revenue === undefined ? undefined : columnNamed(table, model.roles.revenue)
  let [count, sum] = [0, 0]
  for (let score = 0; score < BINS; score++) {
    count += perScore[score]!
    sum += score * perScore[score]!
  }
  const customers = count + perScore[NOT_SCORED]!
  let byHand = 0
  for (const row of overrides.keys()) byHand += marks[row]!
  return {
    ...{ customers, all: table.rows, byHand },
    average: count === 0 ? undefined : sum / count,
    revenue: column?.type === 'number' ? sumAmounts(column, marks) : undefined,
  }
}

/** Of the marked rows, in hundredths. */
function sumAmounts(column: Column, marks: Uint8Array): number {
  let sum = 0
  if (column.kind === 'coded') {
    const amounts = new Float64Array(MISSING_CODE + 1)
    amounts.set(column.dictionary.values.map(amountOf))
    for (let row = 0; row < marks.length; row++) if (marks[row] === 1) sum += amounts[column.codes[row]!]!
  } else if (column.kind === 'float') {
    for (let row = 0; row < marks.length; row++) if (marks[row] === 1) sum += amountOf(column.values[row]!)
  }
  return sum
}
