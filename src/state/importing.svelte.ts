import type { ColumnType } from '../core/column/column'
import type { Dialect } from '../core/column/dialect'
import type { ImportReport } from '../core/column/import-report'
import { defaultAsOf } from '../core/model/as-of'
import type { HealthModel, Roles } from '../core/model/health-model'
import { isUntouched, NO_CLEANING, type Cleaning } from '../core/recipe/cleaning'
import type { Recipe } from '../core/recipe/recipe'
import type { Result } from '../core/result'
import type { DataPart, DataSet, EngineApi, JoinAnswer, JoinHow, Source } from '../../workers/engine-api'
import type { DraftFrom } from './drafting'
import { ImportMark, type ImportMarks } from './import-mark'
import { rolesAnew, type Told } from './imported-roles'
import type { FailedFile, ImportStage, Joining } from './import-stage'
import type { Incoming } from './incoming'
import { ReadingChoices } from './reading-choices'

export interface ImportingOptions {
  /** Files that are read beside the first. */
  readonly others?: readonly Incoming[]
  /** How earlier files of the workbook were joined and cleaned. */
  readonly remembered?: Recipe | undefined
  /** Which column is what, and what the outcome tells, by the workbook's model; a guess where there is none. */
  readonly known?: Told | undefined
  /** Told while it is worked on; absent: nobody is. */
  readonly marks?: ImportMarks | undefined
}

/** A file on its way into the workbook, or several to be joined: read, shown, questioned, and then used or dropped. */
export class Importing {
  readonly name: string
  readonly #workbook: string
  readonly #source: Source
  readonly #engine: EngineApi
  readonly #mark: ImportMark
  /** Those that are read beside the first. */
  #others: readonly Incoming[]
  #failed: readonly FailedFile[] = $state.raw([])
  /** How earlier files of the workbook were joined. */
  readonly #remembered: Recipe | undefined
  #joining: Joining | undefined = $state.raw()
  /** How the files are to be joined, while the answer is awaited. */
  #wanted: Recipe | undefined
  #current: string = $state('')
  /** Files that turned out to have nothing in common with the first; they are read on their own. */
  apart: readonly Incoming[] = []
  #stage: ImportStage = $state.raw({ status: 'reading', progress: { rows: 0, bytes: 0, totalBytes: 0 }, startedAt: 0 })
  readonly #choices = new ReadingChoices()
  #cleaning: Cleaning = $state.raw(NO_CLEANING)
  /** Whether the workbook's model says which column is what. */
  readonly #known: boolean
  /** Whether the recipe is kept for next month's files. */
  remember: boolean = $state(true)
  /** How many answers are awaited. */
  #awaited = $state(0)
  /** Rows of the file that is being read, as far as is known. */
  #rows = 0
  /** The columns' names when roles were guessed. */
  #names: string | undefined
  /** What it will be to the workbook; a person may change it until it is used. */
  part: DataPart = $state('history')
  #told: Told = $state.raw({ roles: {}, objective: 'churn' })
  #asOf: string | undefined = $state.raw()

  constructor(
    engine: EngineApi,
    workbook: string,
    part: DataPart,
    { name, source }: Incoming,
    { others = [], remembered, known, marks }: ImportingOptions = {},
  ) {
    this.#engine = engine
    this.#mark = new ImportMark(name, marks)
    this.#workbook = workbook
    this.part = part
    this.name = name
    this.#source = source
    this.#others = others
    this.#remembered = remembered
    this.#known = known !== undefined
    if (known) this.#told = { roles: known.roles, objective: known.objective }
    this.#current = name
  }

  /** Which column is what, and what the outcome tells; guessed once it is read, changed by a person. */
  get told(): Told {
    return this.#told
  }

  get roles(): Roles {
    return this.#told.roles
  }

  /** What a draft is made of, when the file is used. */
  get draftFrom(): DraftFrom {
    return { ...this.#told, name: `${this.name.replace(/\.[^.]+$/, '')} health`, asOf: this.#asOf, recipe: this.recipe }
  }

  /** The day that dates count back from, and up to which rows of joined files count. */
  get asOf(): string | undefined {
    return this.#asOf
  }

  async setRoles(roles: Roles, objective = this.#told.objective): Promise<void> {
    const before = this.roles
    this.#told = { roles, objective }
    if (roles.snapshot !== before.snapshot) await this.#again()
    else if (roles.id !== before.id && this.#cleaning.repeated) await this.clean(this.#cleaning)
  }

  async setAsOf(day: string | undefined): Promise<void> {
    this.#asOf = day
    await this.#again()
  }

  /** What is done about what is wrong with the data. */
  get cleaning(): Cleaning {
    return this.#cleaning
  }

  /** Files of those beside the first that could not be read. What could be is joined. */
  get failed(): readonly FailedFile[] {
    return this.#failed
  }

  /** How the data came to be, to be kept for next month's; undefined for a file that is used as it is. */
  get recipe(): Recipe | undefined {
    if (!this.remember) return undefined
    const cleaning = isUntouched(this.#cleaning) ? {} : { cleaning: this.#cleaning }
    if (this.#joining) return { files: this.#joining.recipe.files, ...cleaning }
    const columns = this.report?.columns.map(({ name }) => name) ?? []
    return isUntouched(this.#cleaning) ? undefined : { files: [{ name: this.name, columns }], ...cleaning }
  }

  /** Does something else about what is wrong with the data. */
  async clean(cleaning: Cleaning): Promise<void> {
    this.#cleaning = cleaning
    await this.#whileBusy(async () =>
      this.#answered(await this.#engine.clean({ cleaning, roles: this.roles, asOf: this.#asOf })),
    )
  }

  /** How the files are joined; undefined for a single one. */
  get joining(): Joining | undefined {
    return this.#joining
  }

  /** The file that is being read. */
  get current(): string {
    return this.#current
  }

  get stage(): ImportStage {
    return this.#stage
  }

  /** What the file was read as; undefined while it is being read and after a failure. */
  get report(): ImportReport | undefined {
    return this.#stage.status === 'read' ? this.#stage.report : undefined
  }

  /** Whether a change of type is under way. */
  get busy(): boolean {
    return this.#awaited > 0
  }

  /**
   * Reads the file as it is now understood, and others beside it. Resolves when that is done, refused, cancelled or the
   * engine has died.
   */
  read(): Promise<void> {
    return this.#unlessStopped(async () => {
      const first = await this.#readOne({ name: this.name, source: this.#source }, false)
      if (!first.ok) this.#stage = { status: 'failed', problems: first.failure }
      else if (this.#others.length === 0) await this.#alone(first.value)
      else await this.#readOthers(this.#others)
    })
  }

  /** Reads more files beside what was read, and joins them all. */
  add(files: readonly Incoming[]): Promise<void> {
    const names = new Set([this.name, ...this.#others.map(({ name }) => name)])
    const more = files.filter(({ name }) => !names.has(name))
    this.#others = [...this.#others, ...more]
    return this.#unlessStopped(() => this.#readOthers(more))
  }

  /** Joins the files in another way. It is shown at once, so that the next change is one of it. */
  async changeRecipe(recipe: Recipe): Promise<void> {
    const before = this.#joining
    if (before) this.#joining = { ...before, recipe }
    this.#wanted = recipe
    await this.#whileBusy(async () => {
      const result = await this.#engine.join({ recipe: this.#cleaned(recipe), upTo: this.#upTo, roles: this.roles })
      // A newer way has an answer of its own.
      if (this.#wanted !== recipe) return
      this.#wanted = undefined
      if (!result.ok) this.#joining = before
      await this.#joined(result)
    })
  }

  #cleaned({ files }: Recipe): Recipe {
    return { files, ...(!isUntouched(this.#cleaning) && { cleaning: this.#cleaning }) }
  }

  /** Other rows count: up to another day. */
  async #again(): Promise<void> {
    if (this.#joining) await this.changeRecipe(this.#joining.recipe)
    else if (!isUntouched(this.#cleaning)) await this.clean(this.#cleaning)
  }

  /** A single file, treated as the last one was. */
  async #alone(report: ImportReport): Promise<void> {
    await this.#taken(report)
    const cleaning = this.#remembered?.cleaning
    if (cleaning && isUntouched(this.#cleaning)) this.#cleaning = cleaning
    if (!isUntouched(this.#cleaning)) await this.clean(this.#cleaning)
  }

  get #upTo(): JoinHow['upTo'] {
    const { snapshot } = this.roles
    if (snapshot !== undefined) return { snapshot }
    return this.#asOf === undefined ? {} : { asOf: this.#asOf }
  }

  /** What was read is lost with the engine's thread. */
  stopped(): void {
    if (this.#stage.status === 'read') this.#stage = { status: 'stopped', rows: this.#stage.report.rows }
  }

  async #unlessStopped(work: () => Promise<void>): Promise<void> {
    this.#rows = 0
    try {
      await this.#mark.during(work)
    } catch (stop) {
      this.#wanted = undefined
      this.#stage = { status: 'stopped', rows: this.#rows }
      if (!(stop instanceof Error && stop.name === 'EngineStopped')) throw stop
    }
  }

  async #whileBusy(work: () => Promise<void>): Promise<void> {
    this.#awaited++
    try {
      await this.#unlessStopped(work)
    } finally {
      this.#awaited--
    }
  }

  async #readOthers(files: readonly Incoming[]): Promise<void> {
    const names = new Set(files.map(({ name }) => name))
    this.#failed = this.#failed.filter(({ name }) => !names.has(name))
    for (const other of files) {
      const result = await this.#readOne(other, true)
      if (result.ok) continue
      if (result.failure.some((problem) => problem.about === 'reading' && problem.kind === 'cancelled')) {
        this.#stage = { status: 'failed', problems: result.failure }
        return
      }
      this.#failed = [...this.#failed, { name: other.name, problems: result.failure }]
    }
    const remembered = (this.#remembered?.files.length ?? 0) > 1 ? this.#remembered : undefined
    await this.#join({ remembered, ...(this.#known && { roles: this.roles }) })
  }

  /** Leaves out a file that could not be read. */
  forget(name: string): void {
    this.#failed = this.#failed.filter((file) => file.name !== name)
    this.#others = this.#others.filter((file) => file.name !== name)
  }

  #readOne({ name, source }: Incoming, beside: boolean) {
    const totalBytes = source instanceof Blob ? source.size : 0
    const startedAt = performance.now()
    this.#current = name
    this.#stage = { status: 'reading', progress: { rows: 0, bytes: 0, totalBytes }, startedAt }
    return this.#engine.read(
      { workbook: this.#workbook, name, beside, ...this.#choices.of(name) },
      source,
      (progress) => {
        this.#rows = progress.rows
        if (this.#stage.status === 'reading') this.#stage = { status: 'reading', progress, startedAt }
      },
    )
  }

  async #join(how: JoinHow): Promise<void> {
    await this.#joined(await this.#engine.join(how))
  }

  async #joined(result: Result<JoinAnswer>): Promise<void> {
    if (!result.ok || result.value.files.length > 0) return this.#answered(result)
    this.apart = this.#others
    this.#others = []
    this.#joining = undefined
    await this.#alone(result.value.report)
  }

  /** What was joined or cleaned. */
  async #answered(result: Result<JoinAnswer>): Promise<void> {
    if (!result.ok) {
      this.#stage = { status: 'failed', problems: result.failure }
      return
    }
    const { files, report, recipe, upTo } = result.value
    if (files.length > 0) {
      this.#joining = { recipe: this.#wanted ?? recipe, files }
      this.#cleaning = recipe.cleaning ?? NO_CLEANING
    }
    await this.#taken(report)
    if (files.length > 0) this.#asOf = upTo.asOf
  }

  /** Reads a file again with some of its dialect set by hand. */
  async changeDialect(change: Partial<Dialect>, file = this.name): Promise<void> {
    this.#choices.setDialect(file, change)
    await this.#readAgain(file)
  }

  /** Reads a column as another type: from its dictionary where that has it all, else from the file. */
  changeType(column: string, type: ColumnType, file?: string): Promise<void> {
    return this.#whileBusy(async () => {
      const result = await this.#engine.retypeRead(column, type, file)
      const name = file ?? this.name
      this.#choices.setType(name, column, type)
      if (result.ok) await this.#answered(result)
      else await this.#readAgain(name)
    })
  }

  /** Reads one of the files again, and joins it as before. */
  #readAgain(file: string): Promise<void> {
    const joining = this.#joining
    const again = [{ name: this.name, source: this.#source }, ...this.#others].find(({ name }) => name === file)
    if (!joining || !again) return this.read()
    return this.#unlessStopped(async () => {
      const result = await this.#readOne(again, true)
      if (result.ok) return this.#join({ recipe: this.#cleaned(joining.recipe), upTo: this.#upTo, roles: this.roles })
      this.#stage = { status: 'failed', problems: result.failure }
    })
  }

  async cancel(): Promise<void> {
    await this.#engine.cancel()
  }

  /**
   * Puts the file in the place of the workbook's data set, of which the model's scores stay; on failure nothing has changed and the stage says why.
   */
  async use(model?: HealthModel): Promise<DataSet | undefined> {
    const result = await this.#mark.during(() => this.#engine.commit(this.part, { asOf: this.#asOf, model }))
    if (result.ok) return result.value
    this.#stage = { status: 'failed', problems: result.failure }
    return undefined
  }

  /** Drops what was read. */
  async discard(): Promise<void> {
    await this.#engine.discard()
  }

  /** Roles are guessed anew where the columns are others; what a person chose stays as long as its column does. */
  async #taken(report: ImportReport): Promise<void> {
    // Taking in, judging and drawing thousands of columns at once would hold the page up: each has a task of its own.
    await nextTask()
    const before = this.#names
    this.#names = report.columns.map(({ name }) => name).join('\n')
    if (before !== this.#names) {
      // Of a join only the new columns are others: those of the main file are what they were.
      const stays = this.#joining !== undefined && before !== undefined
      if (!this.#known) this.#told = rolesAnew(report, this.#told, stays)
      this.#asOf = this.roles.snapshot === undefined ? defaultAsOf(report.columns, this.roles) : undefined
      await nextTask()
    }
    this.#stage = { status: 'read', report }
  }
}

function nextTask(): Promise<void> {
  return new Promise((next) => setTimeout(next))
}
