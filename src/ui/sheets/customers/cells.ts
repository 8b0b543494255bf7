import { NO_TIER, type RowColumn } from '../../../core/customers/row-query'
import { compact, counted, fixed, percent, upTo, whole } from '../../../core/figure'
import type { ManualColumn } from '../../../core/manual/manual-column'
import type { Tier } from '../../../core/model/health-model'
import { NOT_SCORED } from '../../../core/scoring/reference'
import type { CellValue, CustomerRow, Reason, RowsSummary } from '../../../state/customers.svelte'
import { html, icon } from '../../grid/dom'
import { standingWords } from './manual/standing-words'
import { TIER_ICONS, tierLook } from '../../results/tier-look'

/** The line under the list: everybody in it at once. */
interface TotalLine {
  readonly total: RowsSummary
}

export type ListRow = CustomerRow | TotalLine

/** What cells need to know beside their row. */
export interface CellContext {
  readonly tiers: readonly Tier[]
  /** Source columns in the order of a row's cells. */
  readonly sources: readonly string[]
  readonly revenue: string | undefined
  readonly name: string | undefined
  /** Columns that are filled in by hand, by name. */
  readonly manual: ReadonlyMap<string, ManualColumn>
}

/** A value as the list and the drawer write it. */
export function valueText(value: CellValue): string {
  return typeof value === 'number' ? upTo(value, 2) : (value ?? '')
}

/** A score in whole points, as the list writes it; '–' for whoever is not scored. */
export function scoreText(score: number, decimals = 0): string {
  return score === NOT_SCORED ? '–' : fixed(score / 100, decimals)
}

/** A cell's text, for copying. */
export function cellText(row: ListRow, column: RowColumn, context: CellContext): string {
  if ('total' in row) return totalText(row, column, context)
  switch (column.kind) {
    case 'source':
      return plain(row.cells[context.sources.indexOf(column.name)])
    case 'id':
      return row.id
    case 'score':
      return row.score === NOT_SCORED ? '' : String(row.score / 100)
    case 'tier':
      return tierName(row.tier, context)
    case 'coverage':
      return String(Number(row.coverage.toFixed(4)))
    case 'down':
    case 'up':
      return row[column.kind]?.metric ?? ''
    case 'rules':
      return row.rules.map(({ name }) => name).join('; ')
    case 'outcome':
      return ''
  }
}

function plain(value: CellValue): string {
  return value === undefined ? '' : String(value)
}

function tierName(tier: number, { tiers }: CellContext): string {
  return tiers[tier]?.name ?? NO_TIER
}

/** Draws a cell: nodes, never markup. */
export function drawCell(row: ListRow, column: RowColumn, context: CellContext): Node[] {
  if ('total' in row) return [html('b', {}, totalText(row, column, context))]
  switch (column.kind) {
    case 'source': {
      const missing = uncounted(row, column.name, context)
      if (missing) return missing
      const value = row.cells[context.sources.indexOf(column.name)]
      const text = valueText(value)
      return [html('span', { class: column.name === context.name ? 'trunc m' : 'trunc', title: text }, text)]
    }
    case 'id':
      return [html('span', { class: 'trunc t2 fs11' }, row.id), ...mark(row)]
    case 'score':
      return score(row, context)
    case 'tier':
      return [tier(row.tier, context)]
    case 'coverage':
      return [html('span', {}, percent(row.coverage))]
    case 'down':
    case 'up':
      return reason(row[column.kind])
    case 'rules':
      return row.rules.length === 0 ? [] : [rules(row)]
    case 'outcome':
      return []
  }
}

/** What a person filled in and does not count for this customer, with the reason; undefined for other cells. */
function uncounted(row: CustomerRow, name: string, { sources, manual }: CellContext): Node[] | undefined {
  const standing = row.standings?.[sources.indexOf(name)]
  const column = manual.get(name)
  if (!standing || !column) return undefined
  const words = standingWords(standing, column)
  const text = valueText(standing.entry.value)
  return [
    icon('warning', 'i xs t3'),
    html('span', { class: 'trunc uncounted', title: words }, text),
    html('span', { class: 'sr' }, words),
  ]
}

/** Says that a person, not the model, has the last word. */
function mark({ override, modelScore }: CustomerRow): Node[] {
  if (!override) return []
  const words = { set: 'set to', cap: 'capped at', floor: 'floored at' }[override.kind]
  const tip = `By hand ${words} ${upTo(override.points, 2)}: ${override.reason}. The model says ${scoreText(modelScore ?? NOT_SCORED)}.`
  return [html('span', { class: 'hand', title: tip }, icon('edit', 'i s'), html('span', { class: 'sr' }, 'by hand'))]
}

function score(row: CustomerRow, { tiers }: CellContext): Node[] {
  if (row.score === NOT_SCORED) return [html('span', { class: 't3' }, '–')]
  const bar = html('i', { class: `${tierLook(row.tier, tiers.length)}-fill` })
  bar.style.width = `${row.score / 100}%`
  return [
    html('span', { class: 'scn' }, scoreText(row.score)),
    html('span', { class: 'sct', 'aria-hidden': 'true' }, bar),
  ]
}

function tier(index: number, context: CellContext): Node {
  if (index < 0) return html('span', { class: 't3' }, NO_TIER)
  const look = tierLook(index, context.tiers.length)
  return html('span', { class: `tier ${look}` }, icon(TIER_ICONS[look], 'i fill'), tierName(index, context))
}

/** A step in points with its sign: "+2.6", "−3.4". */
export function stepText(step: number): string {
  return `${step > 0 ? '+' : ''}${fixed(step / 100, 1)}`
}

function reason(given: Reason | undefined): Node[] {
  if (!given) return []
  const way = given.step < 0 ? 'down' : 'up'
  return [
    html('span', { class: 'trunc', title: given.metric }, given.metric),
    html('span', { class: `delta ${way}` }, stepText(given.step)),
  ]
}

function rules({ rules: acted }: CustomerRow): Node {
  const tip = acted.map(({ name, reason: why, step }) => `${name} (${stepText(step)})${why === '' ? '' : `: ${why}`}`)
  return html('span', { class: 'trunc', title: tip.join('\n') }, acted.map(({ name }) => name).join(', '))
}

function totalText({ total }: TotalLine, column: RowColumn, { tiers, revenue }: CellContext): string {
  // A column of IDs has no room for more; the toolbar says what they are.
  if (column.kind === 'id')
    return total.customers < 100_000 ? counted(total.customers, 'customer') : whole(total.customers)
  if (column.kind === 'score') return total.average === undefined ? '' : `${scoreText(total.average)} average`
  if (column.kind === 'tier') return `${whole(total.tiers[0] ?? 0)} ${tiers[0]?.name.toLowerCase() ?? ''}`
  if (column.kind === 'source' && column.name === revenue && total.revenue !== undefined) {
    return compact(total.revenue / 100)
  }
  return ''
}
