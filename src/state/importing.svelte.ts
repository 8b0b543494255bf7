import type { ColumnType } from '../core/column/column'
import type { Dialect } from '../core/column/dialect'
import type { ImportReport } from '../core/column/import-report'
import { defaultAsOf } from '../core/model/as-of'
import { guessRoles } from '../core/model/guess-roles'
import type { Roles } from '../core/model/health-model'
import type { Problem } from '../core/problem'
import type { DataPart, DataSet, EngineApi, ReadProgress, Source } from '../../workers/engine-api'

/** Where an import stands. What is open stays open and unchanged until it is used. */
export type ImportStage =
  | { readonly status: 'reading'; readonly progress: ReadProgress; readonly startedAt: number }
  | { readonly status: 'read'; readonly report: ImportReport }
  | { readonly status: 'failed'; readonly problems: readonly Problem[] }
  | { readonly status: 'stopped'; readonly rows: number }

/** One file on its way into the workbook: read, shown, questioned, and then used or dropped. */
export class Importing {
  readonly name: string
  readonly #workbook: string
  readonly #source: Source
  readonly #engine: EngineApi
  #stage: ImportStage = $state.raw({ status: 'reading', progress: { rows: 0, bytes: 0, totalBytes: 0 }, startedAt: 0 })
  #dialect: Partial<Dialect> = $state.raw({})
  #types: ReadonlyMap<string, ColumnType> = $state.raw(new Map())
  #busy = $state(false)
  /** The columns' names when roles were guessed. */
  #names: string | undefined
  /** What it will be to the workbook; a person may change it until it is used. */
  part: DataPart = $state('history')
  /** Which column is what; guessed once it is read, changed by a person. */
  roles: Roles = $state.raw({})
  asOf: string | undefined = $state.raw()

  constructor(engine: EngineApi, workbook: string, part: DataPart, name: string, source: Source) {
    this.#engine = engine
    this.#workbook = workbook
    this.part = part
    this.name = name
    this.#source = source
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

  /** Reads the file as it is now understood. Resolves when it is read, refused, cancelled or the engine has died. */
  async read(): Promise<void> {
    const totalBytes = this.#source instanceof Blob ? this.#source.size : 0
    const startedAt = performance.now()
    this.#stage = { status: 'reading', progress: { rows: 0, bytes: 0, totalBytes }, startedAt }
    let rows = 0
    const request = {
      workbook: this.#workbook,
      name: this.name,
      dialect: this.#dialect,
      types: this.#types,
    }
    try {
      const result = await this.#engine.read(request, this.#source, (progress) => {
        rows = progress.rows
        if (this.#stage.status === 'reading') this.#stage = { status: 'reading', progress, startedAt }
      })
      if (result.ok) await this.#taken(result.value)
      else this.#stage = { status: 'failed', problems: result.failure }
    } catch (stop) {
      this.#stage = { status: 'stopped', rows }
      if (!(stop instanceof Error && stop.name === 'EngineStopped')) throw stop
    }
  }

  /** Reads the file again with some of its dialect set by hand. */
  async changeDialect(change: Partial<Dialect>): Promise<void> {
    // The row of names of one sheet says nothing of another.
    const { nameRow: _, ...kept } = this.#dialect
    this.#dialect = { ...(change.sheet === undefined ? this.#dialect : kept), ...change }
    await this.read()
  }

  /** Reads a column as another type: from its dictionary where that has it all, else from the file. */
  async changeType(column: string, type: ColumnType): Promise<void> {
    this.#types = new Map(this.#types).set(column, type)
    this.#busy = true
    try {
      const result = await this.#engine.retype('read', column, type)
      if (result.ok) await this.#taken(result.value)
      else await this.read()
    } finally {
      this.#busy = false
    }
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
      this.roles = roles
      this.asOf = asOf
      await nextTask()
    }
    this.#stage = { status: 'read', report }
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
