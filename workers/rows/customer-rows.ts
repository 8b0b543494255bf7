import { columnNamed, textAt, valueAt, type Column, type Table, type TextColumn } from '../../src/core/column/column'
import { isoDay } from '../../src/core/column/date-text'
import type { Standing } from '../../src/core/manual/manual-value'
import type { Override } from '../../src/core/customers/override'
import type { RowQuery } from '../../src/core/customers/row-query'
import type { HealthModel } from '../../src/core/model/health-model'
import { coverageOf, explain, topReasons, type CountedMetric } from '../../src/core/scoring/explain'
import type { Evaluator } from '../evaluator'
import { countScores, listFigures, type ListFigures } from './list-figures'
import { listByText, listOf, type RowList } from './row-list'
import { orderKey, rowOrder, sortedText } from './row-order'
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
import { Selections } from './selection'
import { SortedTexts } from './sorted-texts'

/** Orders that are kept: going back to an earlier one costs nothing. */
const KEPT_ORDERS = 4

/** Columns of texts whose order is kept: names and IDs, and one more. */
const KEPT_TEXTS = 3

interface Listed {
  readonly query: string
  /** Whether the order is that of an earlier moment. */
  readonly held: boolean
  readonly key: string
  readonly rows: RowList
  readonly summary: RowsSummary
}

/** The list of a data set's customers: sorted, filtered and searched without a row object but for those on screen. */
export class CustomerRows {
  readonly #evaluator: Evaluator
  readonly #orders = new Map<string, Uint32Array>()
  /** Everybody by a text. */
  readonly #texts = new Map<TextColumn, ByText>()
  readonly #selections = new Selections()
  #scored: ScoredRows | undefined
  #overrides: ReadonlyMap<number, Override> = new Map()
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
    return { rows: Array.from(rows.slice(request.from, Math.min(request.to, rows.length)), lineOf), summary }
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
      for (const text of this.#texts.keys()) if (!table.columns.includes(text)) this.#texts.delete(text)
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
  #makeList(scored: ScoredRows, query: RowQuery, held?: RowList): Pick<Listed, 'rows' | 'summary'> {
    const { marks, summary } = this.#selections.select(scored, query)
    if (held) return { rows: held, summary: { ...summary, ...heldFigures(scored, held) } }
    const { customers } = summary
    const text = sortedText(query.sort, scored)
    if (!text) return { rows: listOf(marked(this.#order(scored, query), marks, customers)), summary }
    const { sorted, rest } = this.#byText(text, marks, customers)
    return { rows: listByText(sorted, query.sort!.descending, rest), summary }
  }

  #order(scored: ScoredRows, { sort }: RowQuery): Uint32Array {
    const key = orderKey(sort, scored)
    return keptOf(this.#orders, key, KEPT_ORDERS, () => rowOrder(sort, scored))
  }

  /** Of everybody one order is kept; a part of them is sorted for its own sake. */
  #byText(text: TextColumn, marks: Uint8Array, customers: number): ByText {
    if (customers < marks.length) return byText(text, marks)
    return keptOf(this.#texts, text, KEPT_TEXTS, () => byText(text, marks))
  }
}

/** What is known by a key, or is made and kept: so many, those that were asked for last. */
function keptOf<Key, Value>(kept: Map<Key, Value>, key: Key, most: number, make: () => Value): Value {
  const known = kept.get(key) ?? make()
  kept.delete(key)
  kept.set(key, known)
  if (kept.size > most) kept.delete(kept.keys().next().value!)
  return known
}

/** Rows by their text, and those that have none. */
interface ByText {
  readonly sorted: SortedTexts
  readonly rest: Uint32Array
}

/** Of the rows that are marked. */
function byText(text: TextColumn, marks: Uint8Array): ByText {
  const { offsets } = text
  const [having, rest] = [new Uint32Array(marks.length), new Uint32Array(marks.length)]
  let [has, others] = [0, 0]
  for (let row = 0; row < marks.length; row++) {
    if (marks[row] === 0) continue
    if (offsets[row + 1]! > offsets[row]!) having[has++] = row
    else rest[others++] = row
  }
  return { sorted: new SortedTexts(text, having.slice(0, has)), rest: rest.slice(0, others) }
}

/** The rows that are marked, so many, in their order. */
function marked(order: Uint32Array, marks: Uint8Array, customers: number): Uint32Array {
  if (customers === order.length) return order
  const rows = new Uint32Array(customers)
  let count = 0
  for (let i = 0; i < order.length; i++) if (marks[order[i]!] === 1) rows[count++] = order[i]!
  return rows
}

/** Of rows that stay listed, whatever has become of them. */
function heldFigures(scored: ScoredRows, held: RowList): ListFigures {
  const marks = new Uint8Array(scored.table.rows)
  const members = held.members()
  for (let i = 0; i < members.length; i++) marks[members[i]!] = 1
  return listFigures(scored, marks, countScores(scored.scores, marks))
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
