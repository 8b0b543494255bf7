import type { RowColumn } from '../../../core/customers/row-query'

const TITLES: Readonly<Record<Exclude<RowColumn['kind'], 'source'>, string>> = {
  id: 'ID',
  score: 'Score',
  tier: 'Tier',
  coverage: 'Coverage',
  rules: 'Rules that acted',
  down: 'Pulls it down most',
  up: 'Lifts it most',
  outcome: 'Outcome',
}

/** What a column is called on screen and in files. */
export function columnTitle(column: RowColumn): string {
  return column.kind === 'source' ? column.name : TITLES[column.kind]
}
