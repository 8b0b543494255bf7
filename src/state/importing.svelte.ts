import type { ColumnType } from '../core/column/column'
import type { Dialect } from '../core/column/dialect'
import type { ImportReport } from '../core/column/import-report'
import { defaultAsOf } from '../core/model/as-of'
import { guessRoles } from '../core/model/guess-roles'
import type { Roles } from '../core/model/health-model'
import type { Problem } from '../core/problem'
import type { Recipe } from '../core/recipe/recipe'
import type { DataPart, DataSet, EngineApi, JoinedFacts, JoinHow, ReadProgress, Source } from '../../workers/engine-api'

/** Where an import stands. What is open stays open and unchanged until it is used. */
export type ImportStage =
  | { readonly status: 'reading'; readonly progress: ReadProgress; readonly startedAt: number }
  | { readonly status: 'read'; readonly report: ImportReport }
  | { readonly status: 'failed'; readonly problems: readonly Problem[] }
  | { readonly status: 'stopped'; readonly rows: number }

/** A file with its name. */
export interface Incoming {
  readonly name: string
  readonly source: Source
}

/** Files by names that differ: two of one name are told apart by a number. */
export function incoming(files: readonly File[]): Incoming[] {
  const names = new Set<string>()
  return files.map((source) => {
    let [name, number] = [source.name, 2]
    while (names.has(name)) name = `${source.name} (${number++})`
    names.add(name)
    return { name, source }
  })
}

/** How several files become one row per customer, and how well they do. */
export interface Joining {
  readonly recipe: Recipe
  readonly files: readonly JoinedFacts[]
}

/** A file on its way into the workbook, or several to be joined: read, shown, questioned, and then used or dropped. */
export class Importing {
  readonly name: string
  readonly #workbook: string
  readonly #source: Source
  readonly #engine: EngineApi
  /** Those that are read beside the first. */
  #others: readonly Incoming[]
  /** How earlier files of the workbook were joined. */
  readonly #remembered: Recipe | undefined
  #joining: Joining | undefined = $state.raw()
  #current: string = $state('')
  /** Files that turned out to have nothing in common with the first; they are read on their own. */
  apart: readonly Incoming[] = []
  #stage: ImportStage = $state.raw({ status: 'reading', progress: { rows: 0, bytes: 0, totalBytes: 0 }, startedAt: 0 })
  #dialect: Partial<Dialect> = $state.raw({})
  #types: ReadonlyMap<string, ColumnType> = $state.raw(new Map())
  #busy = $state(false)
  /** Rows of the file that is being read, as far as is known. */
  #rows = 0
  /** The columns' names when roles were guessed. */
  #names: string | undefined
  /** What it will be to the workbook; a person may change it until it is used. */
  part: DataPart = $state('history')
  #roles: Roles = $state.raw({})
  #asOf: string | undefined = $state.raw()

  constructor(
    engine: EngineApi,
    workbook: string,
    part: DataPart,
    { name, source }: Incoming,
    { others = [], remembered }: { others?: readonly Incoming[]; remembered?: Recipe | undefined } = {},
  ) {
    this.#engine = engine
    this.#workbook = workbook
    this.part = part
    this.name = name
    this.#source = source
    this.#others = others
    this.#remembered = remembered
    this.#current = name
  }

  /** Which column is what; guessed once it is read, changed by a person. */
  get roles(): Roles {
    return this.#roles
  }

  /** The day that dates count back from, and up to which rows of joined files count. */
  get asOf(): string | undefined {
    return this.#asOf
  }

  async setRoles(roles: Roles): Promise<void> {
    const otherDays = roles.snapshot !== this.#roles.snapshot
    this.#roles = roles
    if (otherDays) await this.#joinAgain()
  }

  async setAsOf(day: string | undefined): Promise<void> {
    this.#asOf = day
    await this.#joinAgain()
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
    return this.#busy
  }

  /**
   * Reads the file as it is now understood, and others beside it. Resolves when that is done, refused, cancelled or the
   * engine has died.
   */
  read(): Promise<void> {
    return this.#unlessStopped(async () => {
      const first = await this.#readOne({ name: this.name, source: this.#source }, false)
      if (!first.ok) this.#stage = { status: 'failed', problems: first.failure }
      else if (this.#others.length === 0) await this.#taken(first.value)
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

  /** Joins the files in another way. */
  changeRecipe(recipe: Recipe): Promise<void> {
    return this.#whileBusy(() => this.#join({ recipe, upTo: this.#upTo }))
  }

  /** Other rows count: up to another day. */
  async #joinAgain(): Promise<void> {
    if (this.#joining) await this.changeRecipe(this.#joining.recipe)
  }

  get #upTo(): JoinHow['upTo'] {
    const { snapshot } = this.#roles
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
      await work()
    } catch (stop) {
      this.#stage = { status: 'stopped', rows: this.#rows }
      if (!(stop instanceof Error && stop.name === 'EngineStopped')) throw stop
    }
  }

  async #whileBusy(work: () => Promise<void>): Promise<void> {
    this.#busy = true
    try {
      await this.#unlessStopped(work)
    } finally {
      this.#busy = false
    }
  }

  async #readOthers(files: readonly Incoming[]): Promise<void> {
    for (const other of files) {
      const result = await this.#readOne(other, true)
      if (result.ok) continue
      this.#stage = { status: 'failed', problems: result.failure }
      return
    }
    await this.#join({ remembered: this.#remembered })
  }

  #readOne({ name, source }: Incoming, beside: boolean) {
    const totalBytes = source instanceof Blob ? source.size : 0
    const startedAt = performance.now()
    this.#current = name
    this.#stage = { status: 'reading', progress: { rows: 0, bytes: 0, totalBytes }, startedAt }
    const own = name === this.name ? { dialect: this.#dialect, types: this.#types } : {}
    return this.#engine.read({ workbook: this.#workbook, name, beside, ...own }, source, (progress) => {
      this.#rows = progress.rows
      if (this.#stage.status === 'reading') this.#stage = { status: 'reading', progress, startedAt }
    })
  }

  async #join(how: JoinHow): Promise<void> {
    const result = await this.#engine.join(how)
    if (!result.ok) {
      this.#stage = { status: 'failed', problems: result.failure }
      return
    }
    const { files, report, recipe, upTo } = result.value
    if (files.length === 0) {
      this.apart = this.#others
      this.#others = []
      this.#joining = undefined
    } else this.#joining = { recipe, files }
    await this.#taken(report)
    if (files.length > 0) this.#asOf = upTo.asOf
  }

  /** Reads the file again with some of its dialect set by hand. */
  async changeDialect(change: Partial<Dialect>): Promise<void> {
    // The row of names of one sheet says nothing of another.
    const { nameRow: _, ...kept } = this.#dialect
    this.#dialect = { ...(change.sheet === undefined ? this.#dialect : kept), ...change }
    await this.read()
  }

  /** Reads a column as another type: from its dictionary where that has it all, else from the file. */
  changeType(column: string, type: ColumnType): Promise<void> {
    this.#types = new Map(this.#types).set(column, type)
    return this.#whileBusy(async () => {
      const result = await this.#engine.retype('read', column, type)
      if (result.ok) await this.#taken(result.value)
      else await this.read()
    })
  }

  async cancel(): Promise<void> {
    await this.#engine.cancel()
  }

  /** Puts the file in the place of the workbook's data set; on failure nothing has changed and the stage says why. */
  async use(): Promise<DataSet | undefined> {
    const result = await this.#engine.commit(this.part)
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
      const { roles, asOf } = guesses(report)
      // Of a join only the new columns are others: those of the main file are what they were.
      this.#roles = this.#joining && before !== undefined ? { ...roles, ...kept(this.#roles, report) } : roles
      this.#asOf = asOf
      await nextTask()
    }
    this.#stage = { status: 'read', report }
  }
}

/** The roles whose columns are there. */
function kept(roles: Roles, { columns }: ImportReport): Roles {
  const names = new Set(columns.map(({ name }) => name))
  const { outcome, ...named } = roles
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, column]) => names.has(column))),
    ...(outcome && names.has(outcome.column) && { outcome }),
  }
}

function nextTask(): Promise<void> {
  return new Promise((next) => setTimeout(next))
}

/** What a new file's columns seem to be, and the day that its dates count back from. */
function guesses({ columns, rows }: ImportReport): { roles: Roles; asOf: string | undefined } {
  const roles = guessRoles(columns, rows)
  return { roles, asOf: roles.snapshot === undefined ? defaultAsOf(columns, roles) : undefined }
}
