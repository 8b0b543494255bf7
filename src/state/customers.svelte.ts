import { columnKey, type Condition, type RowColumn, type RowQuery } from '../core/customers/row-query'
import type { Override } from '../core/customers/override'
import type { HealthModel } from '../core/model/health-model'
import { same } from '../core/same'
import type { ModelStore } from '../storage/model-store'
import type { Shelf } from '../storage/shelf'
import type { DataPart, DataSet, EngineApi } from '../../workers/engine-api'
import type { BlockRequest, CustomerDetail, RowsBlock, RowsRequest, RowsSummary } from '../../workers/rows/rows-api'
import type { ExportColumn } from '../../workers/rows/rows-csv'
import { Annotations } from './annotations.svelte'

export type {
  ActedRule,
  CellValue,
  CustomerDetail,
  CustomerRow,
  DetailMetric,
  Reason,
  RowsSummary,
} from '../../workers/rows/rows-api'

/** A column of the list as a person arranged it. */
export interface ShownColumn {
  readonly column: RowColumn
  /** In pixels; undefined until it was set by hand. */
  readonly width?: number
}

/** A list that a person wants to come back to. */
export interface SavedView {
  readonly name: string
  readonly query: RowQuery
}

/** What the list needs of the page around it. */
interface Page {
  readonly view: { readonly shelf: Shelf }
  readonly toasts: { readonly show: (text: string) => void }
  readonly workbook: { readonly model: HealthModel } | undefined
}

interface Kept {
  readonly columns?: readonly ShownColumn[]
  readonly views?: readonly SavedView[]
}

/** Rows that the list asks for at once. */
export const BLOCK = 100

/** Of more customers no list is made before somebody looks: it takes memory, seven bytes each. */
const MOST_PREPARED = 2_000_000

/** The first block of a list that is asked for before the sheet that shows it is drawn. */
interface Ahead {
  readonly request: BlockRequest
  readonly answer: Promise<RowsBlock>
}

const EVERYBODY: RowQuery = { search: '', conditions: [] }

/** The Customers sheet's list: who is in it, in what order, with which columns, and whose drawer is open. */
export class Customers {
  /** What people wrote about single customers. */
  readonly annotations: Annotations
  #query: RowQuery = $state.raw(EVERYBODY)
  #part: DataPart | undefined = $state.raw()
  #summary: RowsSummary | undefined = $state.raw()
  #columns: readonly ShownColumn[] | undefined = $state.raw()
  #views: readonly SavedView[] = $state.raw([])
  #opened: number | undefined = $state.raw()
  #detail: CustomerDetail | undefined = $state.raw()
  #orphans: readonly Override[] = $state.raw([])
  /** Counts the changes that are not of the query: overrides, another data set. */
  #changes = $state(0)
  /** Whether rows stay where they are though what was filled in may have moved them. */
  #held = $state(false)
  #followed: HealthModel | undefined
  /** Source columns that the list shows; one has to ask for their cells. */
  #sources: readonly string[] = []
  #ahead: Ahead | undefined
  #workbook: string | undefined
  readonly #engine: EngineApi
  readonly #shelf: Shelf
  readonly #model: () => HealthModel | undefined

  constructor(engine: EngineApi, models: ModelStore, page: Page) {
    this.#engine = engine
    this.#shelf = page.view.shelf
    this.#model = () => page.workbook?.model
    const failed = (): void => page.toasts.show('Not saved: the browser could not write. Nothing was changed.')
    this.annotations = new Annotations(models, () => void this.applyOverrides(), failed)
  }

  get query(): RowQuery {
    return this.#query
  }

  get part(): DataPart | undefined {
    return this.#part
  }

  get summary(): RowsSummary | undefined {
    return this.#summary
  }

  /** Columns as arranged by hand; undefined until they were. */
  get columns(): readonly ShownColumn[] | undefined {
    return this.#columns
  }

  get views(): readonly SavedView[] {
    return this.#views
  }

  /** The row whose drawer is open. */
  get opened(): number | undefined {
    return this.#opened
  }

  get detail(): CustomerDetail | undefined {
    return this.#detail
  }

  /** Overrides whose customer is not in the data. */
  get orphans(): readonly Override[] {
    return this.#orphans
  }

  /** Whether the list keeps its rows and their order of before something was filled in. */
  get held(): boolean {
    return this.#held
  }

  get changes(): number {
    return this.#changes
  }

  /** Shows the list of a workbook, with the columns and views that were kept for it. */
  async open(workbook: string): Promise<void> {
    this.#workbook = workbook
    this.#query = EVERYBODY
    this.#held = false
    this.#followed = undefined
    this.#ahead = undefined
    this.#part = undefined
    this.#summary = undefined
    this.#opened = undefined
    this.#detail = undefined
    const { columns, views = [] } = keptOf(this.#shelf.get(keyOf(workbook)))
    this.#columns = columns
    this.#views = views
    await this.annotations.open(workbook)
  }

  /** Lists the other data set. */
  setPart(part: DataPart): void {
    if (this.#part === part) return
    this.#part = part
    this.#held = false
    this.close()
    this.#changes++
  }

  ask(query: RowQuery): void {
    this.#query = query
    this.#held = false
    this.#listAhead()
  }

  /** Something was filled in by hand: a row must not move away from under whoever types down a column. */
  filledIn(): void {
    this.#held = true
    this.askAgain()
  }

  /** What the engine knows of the customers is another: the list is asked for anew. */
  askAgain(): void {
    this.#ahead = undefined
    this.#changes++
  }

  /** Lists and sorts by what is there now. */
  settle(): void {
    if (!this.#held) return
    this.#held = false
    this.askAgain()
  }

  /** A manual column that has another name now keeps its place in the list, its filter and its order. */
  follow(model: HealthModel): void {
    const before = this.#followed ?? model
    this.#followed = model
    if (before.manual === model.manual) return
    for (const { id, name } of model.manual) {
      const was = before.manual.find((column) => column.id === id)?.name
      if (was !== undefined && was !== name) this.#rename(was, name)
    }
  }

  #rename(from: string, to: string): void {
    const renamed = <Column extends RowColumn>(column: Column): Column =>
      column.kind === 'source' && column.name === from ? { ...column, name: to } : column
    const queryOf = ({ conditions, sort, ...rest }: RowQuery): RowQuery => ({
      ...rest,
      conditions: conditions.map((each) =>
        each.kind === 'by hand' ? each : { ...each, column: renamed(each.column) },
      ),
      ...(sort && { sort: { ...sort, column: renamed(sort.column) } }),
    })
    this.#query = queryOf(this.#query)
    this.#views = this.#views.map((view) => ({ ...view, query: queryOf(view.query) }))
    this.#columns = this.#columns?.map((each) => ({ ...each, column: renamed(each.column) }))
    this.#keep()
  }

  /** Puts a condition in the place of the one on the same column. */
  filter(condition: Condition): void {
    const rest = this.#query.conditions.filter((each) => !sameSubject(each, condition))
    this.ask({ ...this.#query, conditions: [...rest, condition] })
  }

  unfilter(condition: Condition): void {
    this.ask({ ...this.#query, conditions: this.#query.conditions.filter((each) => each !== condition) })
  }

  /** Sorts by a column; by the same one again the other way, and then no more. */
  sort(column: RowColumn, descendingFirst: boolean): void {
    const { sort, ...rest } = this.#query
    const same = sort && columnKey(sort.column) === columnKey(column)
    if (!same) this.ask({ ...rest, sort: { column, descending: descendingFirst } })
    else if (sort.descending === descendingFirst) this.ask({ ...rest, sort: { column, descending: !descendingFirst } })
    else this.ask(rest)
  }

  arrange(columns: readonly ShownColumn[]): void {
    this.#columns = columns
    this.#keep()
  }

  saveView(name: string): void {
    this.#views = [...this.#views.filter((view) => view.name !== name), { name, query: this.#query }]
    this.#keep()
  }

  removeView(name: string): void {
    this.#views = this.#views.filter((view) => view.name !== name)
    this.#keep()
  }

  /** Says which source columns the list is going to show. */
  shows(sources: readonly string[]): void {
    this.#sources = sources
  }

  /** Some of the listed customers. @param columns source columns whose cells are wanted */
  async block(from: number, to: number, columns: readonly string[]): Promise<RowsBlock | undefined> {
    const asked = this.#request()
    if (!asked) return undefined
    this.#sources = columns
    const block = await this.#answer({ ...asked, from, to, columns })
    if (asked.query === this.#query) this.#summary = block.summary
    return block
  }

  #answer(request: BlockRequest): Promise<RowsBlock> {
    const ahead = this.#ahead
    this.#ahead = undefined
    return ahead && same(ahead.request, request) ? ahead.answer : this.#engine.rows(request)
  }

  /** The IDs of listed customers by their place in the list; the end is left out. */
  async ids(from: number, to: number): Promise<readonly string[]> {
    const request = this.#request()
    return request ? this.#engine.rowIds(request, from, to) : []
  }

  /** Those of the IDs that no customer has, in whichever data set. */
  async unknown(ids: readonly string[]): Promise<readonly string[]> {
    const model = this.#model()
    return model ? this.#engine.unknownIds(model, ids) : ids
  }

  file(columns: readonly ExportColumn[]): Promise<Blob> {
    return this.#engine.rowsFile(this.#request()!, columns)
  }

  /** Opens the drawer of a row, or brings an open one up to date. */
  async show(row: number): Promise<void> {
    const request = this.#request()
    if (!request) return
    this.#opened = row
    const detail = await this.#engine.customer(request, row)
    if (this.#opened === row) this.#detail = detail
  }

  close(): void {
    this.#opened = undefined
    this.#detail = undefined
  }

  /** Tells the engine which overrides hold today. */
  async applyOverrides(part = this.#part): Promise<void> {
    const model = this.#model()
    if (!model || !part) return
    const told = this.#engine.override(model, part, this.annotations.holding)
    if (part === this.#part) this.#listAhead()
    const orphans = await told
    if (part === this.#part) this.#orphans = orphans
    this.#changes++
  }

  /**
   * Has the engine make the lists of a data set that was just opened that take it longest, while nobody waits for them: by
   * name, and as it is, since the first takes three times as long as the next.
   */
  async prepare({ part, report }: DataSet): Promise<void> {
    const model = this.#model()
    if (!model || report.rows > MOST_PREPARED) return
    const { name } = model.roles
    const byName: RowQuery[] =
      name === undefined ? [] : [{ ...EVERYBODY, sort: { column: { kind: 'source', name }, descending: false } }]
    try {
      for (const query of [...byName, EVERYBODY])
        await this.#engine.rows({ model, part, query, hold: false, from: 0, to: BLOCK, columns: [] })
    } catch {
      // Whoever looks at the list hears of it.
    }
  }

  /** Has the engine make the list while the page draws the sheet, which asks for rows when it has a grid. */
  #listAhead(): void {
    const asked = this.#request()
    if (!asked) return
    const request = { ...asked, from: 0, to: BLOCK, columns: this.#sources }
    const answer = this.#engine.rows(request)
    // Whoever takes the answer hears of it.
    answer.catch(() => undefined)
    this.#ahead = { request, answer }
  }

  #request(): RowsRequest | undefined {
    const model = this.#model()
    return model && this.#part && { model, part: this.#part, query: this.#query, hold: this.#held }
  }

  /** Forgets how the list of a workbook was arranged: a saved view may name a customer. */
  forget(workbook: string): void {
    this.#shelf.set(keyOf(workbook), '')
  }

  #keep(): void {
    const kept: Kept = { ...(this.#columns && { columns: this.#columns }), views: this.#views }
    this.#shelf.set(keyOf(this.#workbook ?? ''), JSON.stringify(kept))
  }
}

function keyOf(workbook: string): string {
  return `healthsheet:customers:${workbook}`
}

function sameSubject(a: Condition, b: Condition): boolean {
  if (a.kind === 'by hand' || b.kind === 'by hand') return a.kind === b.kind
  return columnKey(a.column) === columnKey(b.column)
}

/** What an earlier visit kept; nothing of it is trusted to be there. */
function keptOf(text: string | null): Kept {
  try {
    const kept = JSON.parse(text || '{}') as Kept
    return typeof kept === 'object' ? kept : {}
  } catch {
    return {}
  }
}
