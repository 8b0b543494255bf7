import type { ColumnProfile } from '../core/column/import-report'
import { counted } from '../core/figure'
import { dayOf } from '../core/column/date-text'
import { columnOfCells } from '../core/manual/manual-cells'
import { manualCsv } from '../core/manual/manual-csv'
import { beside, type ManualColumn } from '../core/manual/manual-column'
import type { ManualFacts } from '../core/manual/manual-facts'
import { withEntry, type ManualChange, type ManualValue } from '../core/manual/manual-value'
import { profileOf } from '../core/column/profile'
import type { Step } from '../core/model/history'
import type { HealthModel } from '../core/model/health-model'
import type { ModelStore } from '../storage/model-store'
import type { EngineApi, ManualReport } from '../../workers/engine-api'
import type { DataPart, DataSets } from './data-sets.svelte'
import { today } from './today'

/** What a person filled in or cleared at once, and what stood there before. */
export interface ManualStep {
  readonly changes: readonly ManualChange[]
  readonly before: readonly ManualChange[]
  readonly words: string
  /** The model's last step at that time: what was done to the model later is taken back first. */
  readonly after: Step | undefined
}

/** A value for a customer's cell; without one the cell is cleared. */
export interface ManualCell {
  readonly customer: string
  readonly value?: number | string
}

/** What the columns need of the page around them. */
interface Page {
  readonly data: DataSets
  readonly workbook: { readonly model: HealthModel; readonly lastStep: Step | undefined } | undefined
  readonly toasts: { readonly show: (text: string) => void }
}

type Values = ReadonlyMap<string, ReadonlyMap<string, ManualValue>>

/** Most steps that are kept; as many as of the model. */
const MOST_STEPS = 200

/** What people fill in by hand: kept apart from imported data, told to the engine, joined to whatever is loaded by ID. */
export class ManualColumns {
  /** By column and customer. */
  #values: Values = $state.raw(new Map())
  #report: ManualReport = $state.raw({})
  #past: readonly ManualStep[] = $state.raw([])
  #future: readonly ManualStep[] = $state.raw([])
  #told: HealthModel | undefined
  #workbook: string | undefined
  readonly #engine: EngineApi
  readonly #models: ModelStore
  readonly #page: Page
  readonly #onchange: () => void

  /** @param onchange called when values that the engine knows of have changed */
  constructor(engine: EngineApi, models: ModelStore, page: Page, onchange: () => void) {
    this.#engine = engine
    this.#models = models
    this.#page = page
    this.#onchange = onchange
  }

  get past(): readonly ManualStep[] {
    return this.#past
  }

  get future(): readonly ManualStep[] {
    return this.#future
  }

  of(column: string, customer: string): ManualValue | undefined {
    return this.#values.get(column)?.get(customer)
  }

  /** How many customers have a value in a column. */
  count(column: string): number {
    return this.#values.get(column)?.size ?? 0
  }

  facts(part: DataPart): readonly ManualFacts[] {
    return this.#report[part] ?? []
  }

  /** The columns of a data set: the imported ones, then those that are filled in by hand. */
  columns(part: DataPart, model = this.#page.workbook?.model): readonly ColumnProfile[] {
    const { data } = this.#page
    const report = (part === 'history' ? data.history : data.current)?.report
    if (!report || !model) return report?.columns ?? []
    if (model.manual.length === 0) return report.columns
    const facts = new Map(this.facts(part).map(({ column, profile }) => [column, profile]))
    const names = report.columns.map(({ name }) => name)
    return [
      ...report.columns,
      ...beside(model.manual, names).map((column) => profileFor(column, facts.get(column.id), report.rows)),
    ]
  }

  /** The columns of the data set that judges. */
  readonly judging: readonly ColumnProfile[] = $derived.by(() => {
    const { judging } = this.#page.data
    return judging ? this.columns(judging.part) : []
  })

  /** Customers of the data set that judges whose value became known too late to count, by the column's name. */
  readonly tooLate: ReadonlyMap<string, number> = $derived.by(() => {
    const { judging } = this.#page.data
    const facts = judging ? this.facts(judging.part) : []
    return new Map(facts.map(({ profile, rows }) => [profile.name, rows.later + rows['no day']]))
  })

  /**
   * Opens what was filled in in a workbook. Values of columns that no step of undo can bring back are cleared away.
   * @param ids of the columns that there are or can be again
   */
  async open(workbook: string, ids: ReadonlySet<string>): Promise<void> {
    this.#workbook = workbook
    this.#past = []
    this.#future = []
    this.#report = {}
    const kept = await this.#models.manualValues(workbook)
    const gone = kept.filter(({ column }) => !ids.has(column))
    if (gone.length > 0) {
      const changes = gone.map(({ customer, column }) => ({ customer, column }))
      await this.#models.writeManual(workbook, changes)
    }
    this.#values = changed(
      new Map(),
      kept.filter(({ column }) => ids.has(column)).map((value) => ({ ...value, value })),
    )
  }

  /** Tells the engine everything: it has just opened its data sets. */
  async apply(model: HealthModel): Promise<void> {
    const all = [...this.#values.values()].flatMap((column) => [...column.values()])
    await this.#tell(
      model,
      all.map((value) => ({ customer: value.customer, column: value.column, value })),
      true,
    )
  }

  /** The model is another: asks how the values stand under it, where that can differ. */
  follow(model: HealthModel): void {
    const told = this.#told
    const same = told?.manual === model.manual && told.roles === model.roles && told.asOf === model.asOf
    if (!same && (model.manual.length > 0 || told?.manual.length)) void this.#tell(model, [], false)
  }

  /** Fills in or clears cells of a column, as of today. Answers false where nothing could be written. */
  fill(column: ManualColumn, cells: readonly ManualCell[]): Promise<boolean> {
    const whose = cells.length === 1 ? cells[0]!.customer : counted(cells.length, 'customer')
    return this.fillAll([{ column, cells }], `${column.name} of ${whose}`)
  }

  /** The same in several columns at once. @param words what undo takes back */
  fillAll(
    filled: readonly { readonly column: ManualColumn; readonly cells: readonly ManualCell[] }[],
    words: string,
  ): Promise<boolean> {
    const day = today()
    const changes = filled.flatMap(({ column: { id: column }, cells }) =>
      cells.map(({ customer, value }): ManualChange => {
        const of = { customer, column }
        return value === undefined ? of : { ...of, value: withEntry(this.of(column, customer), of, { value, day }) }
      }),
    )
    return this.write(changes, words)
  }

  /** Makes changes as one step of undo. Answers false where they could not be written. @param words what undo takes back */
  async write(changes: readonly ManualChange[], words: string): Promise<boolean> {
    const real = changes.filter(({ customer, column, value }) => value !== this.of(column, customer))
    if (real.length === 0) return true
    const before = real.map(({ customer, column }) => {
      const value = this.of(column, customer)
      return { customer, column, ...(value && { value }) }
    })
    if (!(await this.#keep(real))) return false
    const step = { changes: real, before, words, after: this.#page.workbook?.lastStep }
    this.#past = [...this.#past, step].slice(-MOST_STEPS)
    this.#future = []
    return true
  }

  async undo(): Promise<void> {
    const step = this.#past.at(-1)
    if (!step || !(await this.#keep(step.before))) return
    this.#past = this.#past.slice(0, -1)
    this.#future = [step, ...this.#future]
  }

  async redo(): Promise<void> {
    const [step, ...rest] = this.#future
    if (!step || !(await this.#keep(step.changes))) return
    this.#past = [...this.#past, step]
    this.#future = rest
  }

  /** Everything that was filled in, as a CSV file. */
  file({ manual }: HealthModel): Blob {
    const values = [...this.#values.values()].flatMap((column) => [...column.values()])
    return new Blob([manualCsv(manual, values)], { type: 'text/csv' })
  }

  async #keep(changes: readonly ManualChange[]): Promise<boolean> {
    const model = this.#page.workbook?.model
    if (this.#workbook === undefined || !model) return false
    if (await this.#models.writeManual(this.#workbook, changes)) {
      this.#page.toasts.show('Not saved: the browser could not write. Nothing was changed.')
      return false
    }
    this.#values = changed(this.#values, changes)
    await this.#tell(model, changes, false)
    this.#onchange()
    return true
  }

  async #tell(model: HealthModel, changes: readonly ManualChange[], anew: boolean): Promise<void> {
    this.#told = model
    try {
      const report = await this.#engine.manual({ model, today: dayOf(today()), anew, changes })
      if (this.#told === model) this.#report = report
    } catch (error) {
      // A new thread is told everything once it has opened its data sets.
      if (!(error instanceof Error && error.name === 'EngineStopped')) throw error
    }
  }
}

/** What the engine says of a column, under the name that it has now; of a new one, that nobody has a value. */
function profileFor(column: ManualColumn, known: ColumnProfile | undefined, rows: number): ColumnProfile {
  return known ? { ...known, name: column.name } : profileOf(columnOfCells(column, rows, new Map()), rows)
}

function changed(values: Values, changes: readonly ManualChange[]): Values {
  const next = new Map(values)
  for (const column of new Set(changes.map((change) => change.column))) next.set(column, new Map(values.get(column)))
  for (const { customer, column, value } of changes) {
    const cells = next.get(column) as Map<string, ManualValue>
    if (value) cells.set(customer, value)
    else cells.delete(customer)
  }
  return next
}
