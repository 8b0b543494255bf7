import type { ColumnType } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import type { Problem } from '../src/core/problem'
import { guessRecipe } from '../src/core/recipe/guess-recipe'
import type { JoinedFile } from '../src/core/recipe/join'
import { fitRecipe } from '../src/core/recipe/fit-recipe'
import type { Recipe } from '../src/core/recipe/recipe'
import { failure, success, type Result } from '../src/core/result'
import type { JoinAnswer, JoinedFacts, JoinHow, ReadProgress, ReadRequest } from './engine-api'
import { joinTables } from './read/join-tables'
import { readTable, type ReadTable } from './read/read-table'
import { StorageFull, type DataStore, type Staging } from './store/data-store'
import { storeTable } from './store/store-table'

/** A file that was read and not yet used. */
export interface Read extends ReadTable {
  readonly staging: Staging
}

/** The files that are on their way in: read one after the other, joined where they are several, used or given up. */
export class ReadingFiles {
  readonly #store: DataStore
  #files: Read[] = []
  /** What will be used: the only file, or what was joined of several. */
  #ready: Read | undefined
  #reading: AbortController | undefined
  /** The workbook that is read for. */
  #workbook: string | undefined

  constructor(store: DataStore) {
    this.#store = store
  }

  get workbook(): string | undefined {
    return this.#workbook
  }

  get ready(): Read | undefined {
    return this.#ready
  }

  /** Another type of a column changes what will be used. */
  replace(ready: Read): void {
    this.#files = this.#files.map((file) => (file === this.#ready ? ready : file))
    this.#ready = ready
  }

  async read(
    { workbook, name, dialect = {}, types = new Map<string, ColumnType>(), beside = false }: ReadRequest,
    source: Blob,
    onprogress: (progress: ReadProgress) => void,
  ): Promise<Result<ImportReport>> {
    const reading = new AbortController()
    const discarded = beside ? this.#forget(name) : this.discard()
    this.#reading = reading
    this.#workbook = workbook
    await discarded
    const staging = await this.#store.begin({ workbook, name })
    let seen: ReadProgress = { rows: 0, bytes: 0, totalBytes: 0 }
    const options = {
      ...{ file: name, dialect, types, signal: reading.signal },
      onprogress: (progress: ReadProgress) => {
        seen = progress
        staging.note(progress.rows)
        onprogress(progress)
      },
    }
    try {
      const result = await readTable(source, options, staging)
      if (!result.ok) await staging.abandon()
      else {
        this.#ready = { ...result.value, staging }
        this.#files.push(this.#ready)
      }
      return result.ok ? success(result.value.report) : result
    } catch (error) {
      await staging.abandon()
      if (error instanceof StorageFull) return failure([storageFull(name, error, seen)])
      throw error
    } finally {
      if (this.#reading === reading) this.#reading = undefined
    }
  }

  cancel(): void {
    this.#reading?.abort()
  }

  /** Gives up everything that was read. */
  async discard(): Promise<void> {
    const given = new Set([...this.#files, ...(this.#ready ? [this.#ready] : [])])
    this.#reading?.abort()
    this.#files = []
    this.#ready = undefined
    this.#workbook = undefined
    for (const { staging } of given) await staging.abandon()
  }

  /** A file is read again beside the others. */
  async #forget(name: string): Promise<void> {
    const again = this.#files.filter(({ report }) => report.file === name)
    this.#files = this.#files.filter((file) => !again.includes(file))
    for (const { staging } of again) await staging.abandon()
  }

  /**
   * Joins the files that were read, by a recipe, by one that is remembered if it fits, or by a guess. Where a guess finds
   * nothing to join, the first is what will be used, and the others are given up.
   */
  async join({ recipe: given, remembered, upTo }: JoinHow): Promise<Result<JoinAnswer>> {
    const files = this.#files
    const fitted = given || !remembered ? undefined : fitRecipe(remembered, files.map(namesOf))
    const recipe = given ?? fitted?.recipe ?? guessRecipe(files.map(profiled))
    if (!given && recipe.files.length < 2) return success(await this.#keepFirst(recipe))
    const joined = joinTables(files, recipe, upTo)
    if (!joined.ok) return joined
    const { table, report: told, files: matches } = joined.value
    const changes = fitted?.changes ?? []
    const changed = changes.map((change): Problem => ({ about: 'reading', kind: 'other columns', ...change }))
    const report = { ...told, problems: [...told.problems, ...(changed as typeof told.problems)] }
    const full = await this.#make(table, report)
    return full
      ? failure([full])
      : success({ recipe, report, files: files.map((file) => factsOf(file, matches)), upTo: joined.value.upTo })
  }

  /** Stores what was joined in the place of what was joined before; answers with the problem where there is no room. */
  async #make(table: ReadTable['table'], report: ImportReport): Promise<Problem | undefined> {
    const staging = await this.#store.begin({ workbook: this.#workbook!, name: report.file })
    try {
      const stored = await storeTable(table, staging)
      if (this.#ready && !this.#files.includes(this.#ready)) await this.#ready.staging.abandon()
      this.#ready = { table, report, stored, staging }
      return undefined
    } catch (error) {
      await staging.abandon()
      if (error instanceof StorageFull) return storageFull(report.file, error, { rows: 0, bytes: 1, totalBytes: 1 })
      throw error
    }
  }

  async #keepFirst(recipe: Recipe): Promise<JoinAnswer> {
    const [first, ...others] = this.#files
    this.#files = [first!]
    this.#ready = first
    for (const { staging } of others) await staging.abandon()
    return { recipe, report: first!.report, files: [], upTo: {} }
  }

  /** Hands over what will be used; the files that it was joined of are given up. */
  async take(): Promise<Read> {
    const ready = this.#ready
    if (!ready) throw new Error('nothing was read')
    for (const file of this.#files) if (file !== ready) await file.staging.abandon()
    return ready
  }

  /** What was taken is used. */
  used(): void {
    this.#files = []
    this.#ready = undefined
  }
}

function namesOf({ report }: Read): { name: string; columns: string[] } {
  return { name: report.file, columns: report.columns.map(({ name }) => name) }
}

function profiled({ table, report }: Read) {
  return { name: report.file, table, columns: report.columns }
}

function factsOf({ report, table }: Read, matches: readonly JoinedFile[]): JoinedFacts {
  const found = matches.find(({ name }) => name === report.file)
  const columns = report.columns.map(({ name, type }) => ({ name, type }))
  const facts = { name: report.file, rows: table.rows, columns }
  if (!found) return facts
  return { ...facts, matched: found.matches.matched, orphans: found.matches.orphans, customers: found.customers }
}

/** What a whole file would have needed, judged by what the part of it that was read has taken. */
function storageFull(file: string, { written }: StorageFull, { bytes, totalBytes }: ReadProgress): Problem {
  const share = totalBytes > 0 && bytes > 0 ? bytes / totalBytes : 1
  return { about: 'reading', kind: 'storage full', file, needed: Math.max(written / share, totalBytes / 2) }
}
