import type { ColumnType } from '../core/column/column'
import type { Problem } from '../core/problem'
import type { HealthModel } from '../core/model/health-model'
import type { DataPart, DataSet, EngineApi, Snapshot } from '../../workers/engine-api'
import type { DraftFrom } from './drafting'
import type { ImportMarks } from './import-mark'
import { Importing, type ImportingOptions } from './importing.svelte'
import type { Incoming } from './incoming'

export type { DataPart, DataSet } from '../../workers/engine-api'

/** The customers of the open workbook: those whose outcome is known, today's, and a file that is on its way in. */
export class DataSets {
  #history: DataSet | undefined = $state.raw()
  #current: DataSet | undefined = $state.raw()
  #importing: Importing | undefined = $state.raw()
  #problems: readonly Problem[] = $state.raw([])
  #snapshots: readonly Snapshot[] = $state.raw([])
  /** Files that are read when the one on its way in is used or dropped. */
  #waiting: readonly Incoming[] = []
  readonly #engine: EngineApi
  readonly #marks: ImportMarks

  constructor(engine: EngineApi, marks: ImportMarks) {
    this.#engine = engine
    this.#marks = marks
  }

  /** Scores that stayed of data sets that were replaced, the newest first. */
  get snapshots(): readonly Snapshot[] {
    return this.#snapshots
  }

  async forgetSnapshot(id: string): Promise<void> {
    await this.#engine.forgetSnapshot(id)
    this.#snapshots = this.#snapshots.filter((each) => each.id !== id)
  }

  get history(): DataSet | undefined {
    return this.#history
  }

  get current(): DataSet | undefined {
    return this.#current
  }

  /** The data set that judges the model: the history, or the only one. */
  readonly judging: DataSet | undefined = $derived(this.#history ?? this.#current)

  /** The file that is being read or looked at. */
  get importing(): Importing | undefined {
    return this.#importing
  }

  /** Data sets that could not be read back. */
  get problems(): readonly Problem[] {
    return this.#problems
  }

  /** Opens what a workbook has; nothing for a new one. */
  async open(workbook: string): Promise<void> {
    await this.drop()
    this.close()
    await this.reopen(workbook)
  }

  /** What the engine had read, and nobody used, is lost with its thread. */
  stopped(): void {
    this.#importing?.stopped()
  }

  /** Opens what a workbook has for a new engine, which has forgotten it. */
  async reopen(workbook: string): Promise<void> {
    const { history, current, snapshots, problems } = await this.#engine.open(workbook)
    this.#snapshots = snapshots
    this.#history = history
    this.#current = current
    this.#problems = problems
  }

  close(): void {
    this.#history = undefined
    this.#current = undefined
    this.#importing = undefined
    this.#waiting = []
    this.#problems = []
    this.#snapshots = []
  }

  /** Starts reading a file, and others to be joined with it. Resolves when they are read, refused or cancelled. */
  async read(workbook: string, part: DataPart, file: Incoming, more: ImportingOptions = {}): Promise<Importing> {
    const dropped = this.drop()
    const importing = new Importing(this.#engine, workbook, part, file, { ...more, marks: this.#marks })
    // At once: whoever gives up another file sees that one has come.
    this.#importing = importing
    await dropped
    if (this.#importing === importing) await importing.read()
    this.#wait(importing)
    return importing
  }

  /** Makes both samples the workbook's; undefined where there is no room for them. */
  async useSample(workbook: string): Promise<DraftFrom | undefined> {
    const history = await this.read(workbook, 'history', { name: 'Sample history.csv', source: 'sample history' })
    if (!history.report) return undefined
    await this.use(workbook)
    await this.read(workbook, 'current', { name: 'Sample customers.csv', source: 'sample current' })
    await this.use(workbook)
    return history.draftFrom
  }

  /** Reads files beside the one that was read, to be joined with it. */
  async readBeside(files: readonly Incoming[]): Promise<void> {
    const importing = this.#importing
    if (!importing) return
    await importing.add(files)
    this.#wait(importing)
  }

  /** What has nothing in common with the file that was read comes after it. */
  #wait({ apart }: Importing): void {
    this.#waiting = [...this.#waiting, ...apart]
  }

  /** The next file that waits, which then waits no more. */
  nextWaiting(): Incoming | undefined {
    const [next, ...rest] = this.#waiting
    this.#waiting = rest
    return next
  }

  forgetWaiting(): void {
    this.#waiting = []
  }

  /** Gives up the file that is on its way in. What is open stays. */
  async drop(): Promise<void> {
    const importing = this.#importing
    this.#importing = undefined
    if (importing) await importing.discard()
  }

  /** Makes the file that was read the workbook's; undefined when it could not be stored, which its stage tells. */
  async use(workbook: string, model?: HealthModel): Promise<DataSet | undefined> {
    const set = await this.#importing?.use(model)
    if (!set) return undefined
    this.#snapshots = await this.#engine.snapshots(workbook)
    this.#importing = undefined
    this.#problems = []
    this.#put(set)
    return set
  }

  /** Reads a column of an open data set as another type; false where that needs the file again. */
  async retype(part: DataPart, column: string, type: ColumnType): Promise<boolean> {
    const set = part === 'history' ? this.#history : this.#current
    const result = set && (await this.#engine.retype(part, column, type))
    if (!set || !result?.ok) return false
    this.#put({ ...set, report: result.value })
    return true
  }

  /** Says what day an open data set is of. */
  async setAsOf(part: DataPart, day: string | undefined): Promise<void> {
    const set = part === 'history' ? this.#history : this.#current
    if (set) this.#put({ ...set, report: await this.#engine.date(part, day) })
  }

  #put(set: DataSet): void {
    if (set.part === 'history') this.#history = set
    else this.#current = set
  }
}
