import { columnNamed, MISSING_CODE, textAt, valueAt, type Column, type Table } from '../../src/core/column/column'
import { isoDay } from '../../src/core/column/date-text'
import type { Standing } from '../../src/core/manual/manual-value'
import type { Override } from '../../src/core/customers/override'
import type { RowQuery } from '../../src/core/customers/row-query'
import type { HealthModel } from '../../src/core/model/health-model'
import { coverageOf, explain, topReasons, type CountedMetric } from '../../src/core/scoring/explain'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import { amountOf } from '../customers'
import type { Evaluator } from '../evaluator'
import { findText } from './find-text'
import { applyCondition } from './row-filter'
import { orderKey, rowOrder } from './row-order'
import type {
  ActedRule,
  BlockRequest,
  CellValue,
  CustomerRow,
  Reason,
  RowsBlock,
  RowsRequest,
  RowsSummary,
} from './rows-api'
import { ScoredRows, scoredKey } from './scored-rows'
import { TextOrders } from './text-orders'

/** Of more rows nothing is sorted ahead: what cannot be parted would hold the thread, and the rest take memory. */
const MOST_AHEAD = 2_000_000
/** Orders that are kept: going back to an earlier one costs nothing. */
const KEPT_ORDERS = 4

interface Listed {
  readonly query: string
  /** Whether the order is that of an earlier moment. */
  readonly held: boolean
  readonly key: string
  readonly rows: Uint32Array
  readonly summary: RowsSummary
}

/** The list of a data set's customers: sorted, filtered and searched without a row object but for those on screen. */
export class CustomerRows {
  readonly #evaluator: Evaluator
  readonly #orders = new Map<string, Uint32Array>()
  readonly #texts = new TextOrders()
  /** Whether it is sorting before anybody asks. */
  #isAhead = false
  #scored: ScoredRows | undefined
  #overrides: ReadonlyMap<number, Override> = new Map()
  #searched: { readonly key: string; readonly marks: Uint8Array } | undefined
  #listed: Listed | undefined
  #table: Table
  /** Rises when people fill in a column by hand: what was sorted and searched before is no longer true. */
  #tables = 0

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator
    this.#table = evaluator.table
  }

  /** By row; only those that hold. */
  get overrides(): ReadonlyMap<number, Override> {
    return this.#overrides
  }

  override(overrides: ReadonlyMap<number, Override>): void {
    this.#overrides = overrides
  }

  block(request: BlockRequest): RowsBlock {
    const scored = this.scored(request.model)
    const { rows, summary } = this.list(request)
    const columns = request.columns.map((name) => columnNamed(scored.table, name))
    const lineOf = lineMaker(scored, columns, this.#standings(request))
    return { rows: Array.from(rows.subarray(request.from, request.to), lineOf), summary }
  }

  /**
   * Does before anybody asks what takes long to sort by: names and IDs, half a second for a million customers, what moves
   * them most, the rules that acted, and coverage.
   * @param going until when
   */
  async sortAhead(going: () => boolean): Promise<void> {
    const scored = this.#scored
    if (this.#isAhead || !scored || scored.table.rows > MOST_AHEAD) return
    this.#isAhead = true
    try {
      await this.#sortAhead(scored, going)
    } finally {
      this.#isAhead = false
    }
  }

  async #sortAhead(scored: ScoredRows, going: () => boolean): Promise<void> {
    const { model, table } = scored
    for (const name of [model.roles.name, model.roles.id]) {
      const column = name === undefined ? undefined : columnNamed(table, name)
      if (column?.kind === 'text') await this.#texts.ahead(column, going)
    }
    const isSame = (): boolean => going() && this.#scored === scored && this.#evaluator.holds(model)
    await scored.ahead(isSame)
  }

  /** The listed rows in their order, and the list in figures. */
  list({ model, query, hold }: Pick<RowsRequest, 'model' | 'query' | 'hold'>): Listed {
    const scored = this.scored(model)
    const asked = JSON.stringify(query)
    const key = `${asked}|${scored.key}|${this.#tables}`
    const last = this.#listed
    if (last?.key === key && (hold || !last.held)) return last
    const held = hold && last?.query === asked ? last.rows : undefined
    this.#listed = { query: asked, key, held: held !== undefined, ...this.#makeList(scored, query, held) }
    return this.#listed
  }

  /** The customers as a model scores them now. */
  scored(model: HealthModel): ScoredRows {
    const weighed = this.#evaluator.weighed(model)
    const { table } = this.#evaluator
    if (this.#table !== table) {
      this.#table = table
      this.#tables++
      this.#orders.clear()
      this.#scored = undefined
    }
    if (this.#scored?.key !== scoredKey(model, weighed, this.#overrides)) {
      this.#scored = new ScoredRows(table, model, weighed, this.#overrides)
    }
    return this.#scored
  }

  /** Of the wanted columns, what people filled in that does not count as it stands there; undefined where none can. */
  #standings({ model, columns }: BlockRequest): StandingsOf | undefined {
    const manual = new Set(model.manual.map(({ name }) => name))
    if (!columns.some((name) => manual.has(name))) return undefined
    return (row, cells) =>
      columns.map((name, i) => {
        const standing = manual.has(name) ? this.#evaluator.standing(name, row) : undefined
        return standing && (standing.kind !== 'counts' || cells[i] === undefined) ? standing : undefined
      })
  }

  /** @param held rows that stay listed in their order, whatever has become of them */
  #makeList(scored: ScoredRows, query: RowQuery, held?: Uint32Array): Pick<Listed, 'rows' | 'summary'> {
    const marks = this.#search(scored, query.search).slice()
    const isTier = (condition: RowQuery['conditions'][number]): boolean =>
      condition.kind !== 'by hand' && condition.column.kind === 'tier'
    const ofTiers = query.conditions.filter(isTier)
    for (const condition of query.conditions) if (!isTier(condition)) applyCondition(condition, scored, marks)
    const ofAnyTier = countScores(scored.scores, marks)
    for (const condition of ofTiers) applyCondition(condition, scored, marks)
    const perScore = ofTiers.length === 0 ? ofAnyTier : countScores(scored.scores, marks)
    const [anyTier, tiers] = [countTiers(scored, ofAnyTier), countTiers(scored, perScore)]
    if (held) return { rows: held, summary: { ...heldSummary(scored, held), tiers, anyTier } }
    const rows = marked(this.#order(scored, query), marks)
    return { rows, summary: { ...summaryOf(scored, marks, perScore), tiers, anyTier } }
  }

  #order(scored: ScoredRows, { sort }: RowQuery): Uint32Array {
    const key = orderKey(sort?.column, sort?.descending ?? false, scored)
    const known = this.#orders.get(key) ?? rowOrder(sort?.column, sort?.descending ?? false, scored, this.#texts)
    this.#orders.delete(key)
    this.#orders.set(key, known)
    if (this.#orders.size > KEPT_ORDERS) this.#orders.delete(this.#orders.keys().next().value!)
    return known
  }

  /** 1 per row whose name or ID holds the text. */
  #search({ model, table, id }: ScoredRows, text: string): Uint8Array {
    const wanted = text.trim()
    const key = JSON.stringify([wanted, model.roles.id, model.roles.name])
    if (this.#searched?.key === key) return this.#searched.marks
    const marks = new Uint8Array(table.rows).fill(wanted === '' ? 1 : 0)
    if (wanted !== '') {
      const name = model.roles.name === undefined ? undefined : columnNamed(table, model.roles.name)
      for (const column of [id, name]) if (column) findText(column, wanted, marks)
      if (!id) markNumber(marks, Number(wanted))
    }
    this.#searched = { key, marks }
    return marks
  }
}

/** The rows that are marked, in their order. */
function marked(order: Uint32Array, marks: Uint8Array): Uint32Array {
  const rows = new Uint32Array(order.length)
  let count = 0
  for (let i = 0; i < order.length; i++) if (marks[order[i]!] === 1) rows[count++] = order[i]!
  return count === rows.length ? rows : rows.slice(0, count)
}

/** Without an ID column a customer's ID is the number of the row, from 1. */
function markNumber(marks: Uint8Array, number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= marks.length) marks[number - 1] = 1
}

/** Marked rows per score, the last place for whoever is not scored. */
function countScores(scores: Uint16Array, marks: Uint8Array): Uint32Array {
  const counts = new Uint32Array(NOT_SCORED + 1)
  for (let row = 0; row < marks.length; row++) if (marks[row] === 1) counts[scores[row]!]!++
  return counts
}

/** Customers per tier, from the riskiest, then those who are not scored. */
function countTiers(scored: ScoredRows, perScore: Uint32Array): number[] {
  const { tiers } = scored.model
  const counts = new Array<number>(tiers.length + 1).fill(0)
  for (const [score, customers] of perScore.entries()) {
    if (customers === 0) continue
    const tier = scored.tier(score)
    counts[tier < 0 ? tiers.length : tier]! += customers
  }
  return counts
}

/** @param marks 1 per row that is listed; @param perScore how many of them have each score */
function summaryOf(
  scored: ScoredRows,
  marks: Uint8Array,
  perScore: Uint32Array,
): Omit<RowsSummary, 'tiers' | 'anyTier'> {
  const { table, model, overrides } = scored
  const column = model.roles.revenue === undefined ? undefined : columnNamed(table, model.roles.revenue)
  let [customers, sum] = [0, 0]
  for (const [score, count] of perScore.entries()) {
    customers += count
    if (score !== NOT_SCORED) sum += score * count
  }
  const count = customers - perScore[NOT_SCORED]!
  let byHand = 0
  for (const row of overrides.keys()) byHand += marks[row]!
  return {
    ...{ customers, all: table.rows, byHand },
    average: count === 0 ? undefined : sum / count,
    revenue: column?.type === 'number' ? sumAmounts(column, marks) : undefined,
  }
}

/** Of rows that stay listed, whatever has become of them. */
function heldSummary(scored: ScoredRows, held: Uint32Array): ReturnType<typeof summaryOf> {
  const marks = new Uint8Array(scored.table.rows)
  for (let i = 0; i < held.length; i++) marks[held[i]!] = 1
  return summaryOf(scored, marks, countScores(scored.scores, marks))
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

type StandingsOf = (row: number, cells: readonly CellValue[]) => readonly (Standing | undefined)[]

function lineMaker(
  scored: ScoredRows,
  columns: readonly (Column | undefined)[],
  standingsOf: StandingsOf | undefined,
): (row: number) => CustomerRow {
  const { metrics, table } = scored
  const countedAt = scored.counting()
  return (row) => {
    const counted = countedAt(row)
    const { down, up } = topReasons(counted)
    const steps = explain(counted)?.steps
    const reason = (index: number | undefined): Reason | undefined =>
      index === undefined || !steps ? undefined : { metric: metrics[index]!.name, step: steps[index]! }
    const [pulls, lifts] = [reason(down), reason(up)]
    const cells = columns.map((column) => (column ? cellAt(column, row, table.rows) : undefined))
    return {
      ...headOf(scored, row, counted),
      ...(pulls && { down: pulls }),
      ...(lifts && { up: lifts }),
      cells,
      ...(standingsOf && { standings: standingsOf(row, cells) }),
    }
  }
}

/** Who a customer is and what they got, as the list and the drawer tell alike. */
export function headOf(
  scored: ScoredRows,
  row: number,
  counted: readonly CountedMetric[],
): Omit<CustomerRow, 'down' | 'up' | 'cells' | 'standings'> {
  const override = scored.overrides.get(row)
  const score = scored.scores[row]!
  return {
    ...{ row, id: idAt(scored, row), score, tier: scored.tier(score), coverage: coverageOf(counted) },
    rules: actedRules(scored, row),
    ...(override && { override, modelScore: scored.weighed.scores()[row]! }),
  }
}

function actedRules(scored: ScoredRows, row: number): ActedRule[] {
  return scored.ruleSteps(row).map(({ rule, step }) => {
    const { id, name, reason } = scored.rules[rule]!
    return { id, name, reason, step }
  })
}

/** A row's customer ID as stored; without an ID column its number in the file, from 1. */
export function idAt({ id }: Pick<ScoredRows, 'id'>, row: number): string {
  return id ? textAt(id, row) : String(row + 1)
}

/** A cell for the page: numbers as they are, dates as ISO text, the rest as written; undefined where it is missing. */
export function cellAt(column: Column, row: number, rows: number): CellValue {
  if (row >= rows) return undefined
  if (column.kind === 'text') return textAt(column, row) || undefined
  const value = valueAt(column, row)
  if (Number.isNaN(value)) return undefined
  if (column.type === 'number') return value
  return column.type === 'date' ? isoDay(value) : textAt(column, row)
}
