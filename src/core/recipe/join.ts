import { columnNamed, type Column, type Table } from '../column/column'
import { asOfDays } from '../scoring/as-of-days'
import type { AsOf } from '../scoring/points'
import { keyGroups, matchKeys, type Matches } from './match-keys'
import type { Join, Recipe, RecipeFile } from './recipe'
import { groupByCustomer, summarise } from './summarise'

/** A file that was read. */
export interface NamedTable {
  readonly name: string
  readonly table: Table
}

/** One row per row of the main file, and how well the others found their customers. */
export interface Joined {
  readonly table: Table
  readonly files: readonly JoinedFile[]
}

export interface JoinedFile {
  readonly name: string
  readonly rows: number
  readonly matches: Matches
  /** Rows of the main file that have a row in this one. */
  readonly customers: number
}

/** What a recipe asks of files that are not there, or do not have. */
export class RecipeMisfit extends Error {
  override readonly name = 'RecipeMisfit'
}

/**
 * Joins files into one row per row of the main file. Where the main file has several rows per customer, each takes the
 * rows that happened up to its own day.
 * @param snapshot the column of the main file that says when each of its rows was true; else `asOf` holds for all
 * @param asOf YYYY-MM-DD
 * @throws RecipeMisfit where a file or a column is missing, in words
 */
export function joinFiles(
  tables: readonly NamedTable[],
  recipe: Recipe,
  { snapshot, asOf }: { readonly snapshot?: string; readonly asOf?: string } = {},
): Joined {
  const main = recipe.files.find((file) => !file.join)
  if (!main) throw new RecipeMisfit('The recipe has no main file.')
  const joining = new Joining(tables, main, asOfDays(tableOf(tables, main.name), snapshot, asOf))
  for (const file of inOrder(recipe)) joining.add(file)
  return joining.joined
}

function tableOf(tables: readonly NamedTable[], name: string): Table {
  const found = tables.find((each) => each.name === name)
  if (!found) throw new RecipeMisfit(`The recipe needs the file ${name}, which is not among those that were chosen.`)
  return found.table
}

/** Files after those that they are joined to. */
function inOrder({ files }: Recipe): (RecipeFile & { readonly join: Join })[] {
  const done = new Set(files.filter((file) => !file.join).map(({ name }) => name))
  const waiting = files.filter((file): file is RecipeFile & { readonly join: Join } => file.join !== undefined)
  const ordered: (RecipeFile & { readonly join: Join })[] = []
  while (ordered.length < waiting.length) {
    const next = waiting.find((file) => !done.has(file.name) && done.has(file.join.file))
    if (!next) throw new RecipeMisfit('The files of the recipe are joined in a circle, or to one that is not there.')
    done.add(next.name)
    ordered.push(next)
  }
  return ordered
}

/** Whose the rows of a joined file are. */
interface Owners {
  /** Per row of the file the group of its customer, −1 for nobody. */
  readonly matches: Matches
  /** Per row of the main file its group, and how many groups there are. */
  readonly groups: Int32Array
  readonly count: number
}

class Joining {
  readonly #tables: readonly NamedTable[]
  readonly #table: Table
  readonly #asOf: AsOf | undefined
  readonly #columns: Column[]
  readonly #files: JoinedFile[] = []
  /** By file: what is joined to it finds its customers through it. */
  readonly #owners = new Map<string, Owners>()

  constructor(tables: readonly NamedTable[], main: RecipeFile, asOf: AsOf | undefined) {
    this.#tables = tables
    this.#table = tableOf(tables, main.name)
    this.#asOf = asOf
    this.#columns = [...this.#table.columns]
  }

  get joined(): Joined {
    return { table: { rows: this.#table.rows, columns: this.#columns }, files: this.#files }
  }

  add({ name, join }: RecipeFile & { readonly join: Join }): void {
    const table = tableOf(this.#tables, name)
    const owners = this.#ownersOf(table, name, join)
    this.#owners.set(name, owners)
    const { matches, groups, count } = owners
    const date = join.date === undefined ? undefined : columnOf(table, join.date, name)
    const grouped = groupByCustomer(table, matches.group, count, date)
    for (const column of join.columns) {
      if (column.column !== undefined) columnOf(table, column.column, name)
      const made = summarise(grouped, column, groups, this.#asOf)
      this.#columns.push({ ...made, name: this.#free(column.name) })
    }
    const has = (group: number): boolean => group >= 0 && grouped.starts[group + 1]! > grouped.starts[group]!
    const customers = groups.reduce((sum, group) => sum + Number(has(group)), 0)
    this.#files.push({ name, rows: table.rows, matches, customers })
  }

  #ownersOf(table: Table, name: string, join: Join): Owners {
    const own = columnOf(table, join.key, name)
    const through = this.#owners.get(join.file)
    const other = through ? tableOf(this.#tables, join.file) : this.#table
    const { group, numbers } = keyGroups(columnOf(other, join.with, join.file), other.rows, join)
    const matches = matchKeys(own, table.rows, numbers, join)
    if (!through) return { matches, groups: group, count: numbers.size }
    // It knows its customer only by way of the other file.
    const customerOf = new Int32Array(numbers.size).fill(-1)
    for (let row = 0; row < other.rows; row++) {
      const key = group[row]!
      if (key >= 0 && customerOf[key] === -1) customerOf[key] = through.matches.group[row]!
    }
    const found = matches.group.map((key) => (key < 0 ? -1 : customerOf[key]!))
    const matched = found.reduce((sum, each) => sum + Number(each >= 0), 0)
    return { ...through, matches: { ...matches, group: found, matched } }
  }

  /** The name itself, or with the first number that no column has. */
  #free(wanted: string): string {
    const taken = new Set(this.#columns.map(({ name }) => name))
    let [name, number] = [wanted, 2]
    while (taken.has(name)) name = `${wanted} (${number++})`
    return name
  }
}

function columnOf(table: Table, name: string, file: string): Column {
  const column = columnNamed(table, name)
  if (!column) throw new RecipeMisfit(`The recipe needs a column “${name}” in ${file}, and there is none.`)
  return column
}
