import type { ColumnType, Table } from '../src/core/column/column'
import type { ImportReport } from '../src/core/column/import-report'
import type { ReadingProblem } from '../src/core/column/reading-problem'
import type { Problem } from '../src/core/problem'
import { NO_CLEANING, type Cleaning } from '../src/core/recipe/cleaning'
import { fitRecipe } from '../src/core/recipe/fit-recipe'
import { guessRecipe } from '../src/core/recipe/guess-recipe'
import type { JoinedFile } from '../src/core/recipe/join'
import type { Recipe } from '../src/core/recipe/recipe'
import { failure, success, type Result } from '../src/core/result'
import type { JoinAnswer, JoinedFacts, JoinHow, ReadProgress, ReadRequest } from './engine-api'
import { OneAtATime } from './one-at-a-time'
import type { LookedAt } from './problems-csv'
import { cleanRead, guessedRoles, type CleaningRoles } from './read/clean-read'
import { joinTables, type JoinedTables, type UpTo } from './read/join-tables'
import type { ReadTable, TableReader } from './read/read-table'
import { retype } from './read/retype'
import { StorageFull, type DataStore, type Staging } from './store/data-store'
import { storedColumn, storeTable } from './store/store-table'

/** A file that was read and not yet used. */
export interface Read extends ReadTable {
  readonly staging: Staging
}

/** What was read or joined, before anything is done about what is wrong with it. */
type Raw = Pick<ReadTable, 'table' | 'report' | 'lines'>

/** How files were joined, and how well. */
interface Joining {
  readonly recipe: Recipe
  readonly matches: readonly JoinedFile[]
  readonly upTo: UpTo
}

/** What is done about what is wrong with the data; roles are guessed where a person has not said them. */
interface Choices {
  readonly cleaning: Cleaning
  readonly roles?: CleaningRoles | undefined
}

const NO_CHOICES: Choices = { cleaning: NO_CLEANING }

/**
 * The files that are on their way in: read one after the other, joined where they are several, cleaned as a person
 * chooses, used or given up.
 */
export class ReadingFiles {
  readonly #store: DataStore
  readonly #read: TableReader
  #files: Read[] = []
  #raw: Raw | undefined
  #joining: Joining | undefined
  #choices: Choices = NO_CHOICES
  /** Types that a person chose for columns that were made by joining. */
  #types = new Map<string, ColumnType>()
  /** What will be used. */
  #ready: Pick<Read, 'table' | 'report' | 'stored' | 'staging'> | undefined
  #reading: AbortController | undefined
  /** What is made of the files, in the order in which it was asked for. */
  readonly #made = new OneAtATime()
  /** The workbook that is read for. */
  #workbook: string | undefined

  /** @param read what reads each of them */
  constructor(store: DataStore, read: TableReader) {
    this.#store = store
    this.#read = read
  }

  get workbook(): string | undefined {
    return this.#workbook
  }

  /** What was read or joined, before anything is done about what is wrong with it. */
  get lookedAt(): LookedAt {
    if (!this.#raw) throw new Error('nothing was read')
    const orphans = (this.#joining?.matches ?? []).flatMap(({ name, matches }) => {
      const file = this.#files.find((each) => each.report.file === name)
      const key = this.#joining?.recipe.files.find((each) => each.name === name)?.join?.key
      return file && key !== undefined ? [{ name, key, matches, table: file.table, lineOf: lineOf(file) }] : []
    })
    const { table, report } = this.#raw
    return { table, report, lineOf: lineOf(this.#raw), orphans }
  }

  async read(
    { workbook, name, dialect = {}, types = new Map<string, ColumnType>(), beside = false }: ReadRequest,
    source: Blob,
    onprogress: (progress: ReadProgress) => void,
  ): Promise<Result<ImportReport>> {
    const reading = new AbortController()
    const place = this.#files.findIndex(({ report }) => report.file === name)
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
      const result = await this.#read(source, options, staging)
      // A cancel is answered at once; what was stored goes while the answer is read.
      if (!result.ok && reading.signal.aborted) void staging.abandon()
      else if (!result.ok) await staging.abandon()
      else {
        const file = { ...result.value, staging }
        this.#files = beside && place >= 0 ? this.#files.toSpliced(place, 0, file) : [...this.#files, file]
        this.#raw = file
        this.#ready = file
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
    const given = new Set([...this.#files, ...(this.#ready ? [this.#ready] : [])].map(({ staging }) => staging))
    this.#reading?.abort()
    this.#forgetAll()
    this.#workbook = undefined
    for (const staging of given) await staging.abandon()
  }

  #forgetAll(): void {
    this.#files = []
    this.#ready = undefined
    this.#raw = undefined
    this.#joining = undefined
    this.#choices = NO_CHOICES
    this.#types = new Map()
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
  join(how: JoinHow): Promise<Result<JoinAnswer>> {
    return this.#made.do(() => this.#join(how))
  }

  async #join({ recipe: given, remembered, upTo, roles }: JoinHow): Promise<Result<JoinAnswer>> {
    const files = this.#files
    const fitted = given || !remembered ? undefined : fitRecipe(remembered, files.map(namesOf))
    const recipe = given ?? fitted?.recipe ?? guessRecipe(files.map(profiled))
    if (!given && recipe.files.length < 2) return success(await this.#keepFirst(recipe))
    const joined = joinTables(files, recipe, upTo)
    if (!joined.ok) return joined
    const { table, report, files: matches } = this.#withTypes(joined.value)
    this.#joining = { recipe, matches, upTo: joined.value.upTo }
    this.#choices = {
      cleaning: recipe.cleaning ?? NO_CLEANING,
      roles: roles && { roles, asOf: joined.value.upTo.asOf },
    }
    const changed = (fitted?.changes ?? []).map((change): ReadingProblem => ({
      about: 'reading',
      kind: 'other columns',
      ...change,
    }))
    const main = files.find((file) => file.report.file === report.file) ?? files[0]!
    return this.#prepare({
      table,
      report: { ...report, problems: [...report.problems, ...changed] },
      lines: main.lines,
    })
  }

  #withTypes(joined: JoinedTables): JoinedTables {
    return [...this.#types].reduce((now, [column, type]) => {
      if (!now.table.columns.some(({ name }) => name === column)) return now
      const changed = retype({ ...now, stored: now.table.columns.map(storedColumn) }, column, type)
      return changed.ok ? { ...now, ...changed.value } : now
    }, joined)
  }

  /** Does something else about what is wrong with the data. */
  clean(cleaning: Cleaning, roles: CleaningRoles): Promise<Result<JoinAnswer>> {
    return this.#made.do(() => {
      this.#choices = { cleaning, roles }
      if (this.#joining) this.#joining = { ...this.#joining, recipe: { ...this.#joining.recipe, cleaning } }
      return this.#prepare(this.#raw!)
    })
  }

  /** Reads a column as another type, in the file that it is of. @param name of the file; the main one if left out */
  retype(column: string, type: ColumnType, name?: string): Promise<Result<JoinAnswer>> {
    return this.#made.do(() => this.#retype(column, type, name))
  }

  async #retype(column: string, type: ColumnType, name: string | undefined): Promise<Result<JoinAnswer>> {
    const recipe = this.#joining?.recipe
    const wanted = name ?? recipe?.files.find(({ join }) => !join)?.name
    const file = recipe ? this.#files.find(({ report }) => report.file === wanted) : this.#files[0]
    if (!file) throw new Error('nothing was read')
    if (file.table.columns.some(({ name }) => name === column)) {
      const changed = retype(file, column, type)
      if (!changed.ok) return changed
      const other = { ...file, ...changed.value }
      this.#files = this.#files.map((each) => (each === file ? other : each))
      if (!recipe) return this.#prepare(other)
    } else this.#types.set(column, type)
    return this.#join({ ...(recipe && { recipe }), upTo: this.#joining?.upTo, roles: this.#choices.roles?.roles })
  }

  /** Makes what will be used of what was read: cleaned, and stored where it is no file as it is. */
  async #prepare(raw: Raw): Promise<Result<JoinAnswer>> {
    this.#raw = raw
    const { cleaning, roles = guessedRoles(raw) } = this.#choices
    const { table, report } = cleanRead(raw, cleaning, roles)
    const own = this.#files.find((file) => file.table === table)
    const full = own ? undefined : await this.#make(table, report)
    if (own) await this.#use(own)
    return full ? failure([full]) : success(this.#answer(report))
  }

  #answer(report: ImportReport): JoinAnswer {
    const { recipe = { files: [] }, matches = [], upTo = {} } = this.#joining ?? {}
    const files = this.#joining ? this.#files.map((file) => factsOf(file, matches)) : []
    return { recipe, report, files, upTo }
  }

  async #use(file: Read): Promise<void> {
    const before = this.#ready
    this.#ready = file
    if (before && !this.#files.some(({ staging }) => staging === before.staging)) await before.staging.abandon()
  }

  /** Stores what was made in the place of what was made before; answers with the problem where there is no room. */
  async #make(table: Table, report: ImportReport): Promise<Problem | undefined> {
    const staging = await this.#store.begin({ workbook: this.#workbook!, name: report.file })
    try {
      const stored = await storeTable(table, staging)
      await this.#use({ table, report, stored, staging, lines: this.#raw!.lines })
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
    this.#joining = undefined
    this.#raw = first
    await this.#use(first!)
    for (const { staging } of others) await staging.abandon()
    return { recipe, report: first!.report, files: [], upTo: {} }
  }

  /** Hands over what will be used; the files that it was joined of are given up. */
  take(): Promise<Pick<Read, 'table' | 'report' | 'stored' | 'staging'>> {
    return this.#made.do(async () => {
      const ready = this.#ready
      if (!ready) throw new Error('nothing was read')
      for (const { staging } of this.#files) if (staging !== ready.staging) await staging.abandon()
      return ready
    })
  }

  /** What was taken is used. */
  used(): void {
    this.#forgetAll()
  }
}

function lineOf({ lines }: Raw): (row: number) => number {
  return (row) => lines.lineOf(row)
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
  const facts = { name: report.file, rows: table.rows, columns, report }
  if (!found) return facts
  return { ...facts, matched: found.matches.matched, orphans: found.matches.orphans, customers: found.customers }
}

/** What a whole file would have needed, judged by what the part of it that was read has taken. */
function storageFull(file: string, { written }: StorageFull, { bytes, totalBytes }: ReadProgress): Problem {
  const share = totalBytes > 0 && bytes > 0 ? bytes / totalBytes : 1
  return { about: 'reading', kind: 'storage full', file, needed: Math.max(written / share, totalBytes / 2) }
}
