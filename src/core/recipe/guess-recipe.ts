import type { ColumnProfile } from '../column/import-report'
import { isIdName } from '../column/infer-type'
import { liesAhead } from '../model/as-of'
import { hasWord, LEAVING, stems, wordsOf } from '../model/words'
import { columnNamed, type Table } from '../column/column'
import { keyGroups, matchKeys } from './match-keys'
import type { Join, NewColumn, Recipe } from './recipe'

/** A file that was read, with its columns in figures. */
export interface ProfiledTable {
  readonly name: string
  readonly table: Table
  readonly columns: readonly ColumnProfile[]
}

/** A column of one file whose cells are keys of another. */
interface Link {
  readonly from: ProfiledTable
  readonly key: string
  readonly to: ProfiledTable
  readonly with: string
}

/** Share of a file's rows that have to find their key before two columns are taken for one. */
const LEAST_MATCHED = 0.5
/** Numbers that are compared and not added up. */
const AVERAGED = stems(
  'score rate rating satisfaction nps csat time hours minutes days duration percent share avg mean price',
)
/** Yes and no that tell of leaving make no count: they would know the answer. */
const ABOUT_LEAVING = stems('refund reason feedback')
const AS_WRITTEN = { ignoreCase: false, ignoreZeros: false } as const

/**
 * How files are most likely joined: the main one is the one that most others find their rows in by a key of the same
 * name; the rest are joined to it, or to one that is. Files that find nothing are left out. A person confirms or changes
 * it.
 */
export function guessRecipe(files: readonly ProfiledTable[]): Recipe {
  const links = files.flatMap((from) => files.flatMap((to) => (from === to ? [] : linksBetween(from, to))))
  const asked = (file: ProfiledTable): number =>
    new Set(links.flatMap(({ to, from }) => (to === file ? [from.name] : []))).size
  const [main] = files.toSorted((a, b) => asked(b) - asked(a))
  if (!main) return { files: [] }
  const joined = new Map<string, Link>()
  for (let found = true; found;) {
    const next = links.find(
      ({ from, to }) => from !== main && !joined.has(from.name) && (to === main || joined.has(to.name)),
    )
    found = next !== undefined
    if (next) joined.set(next.from.name, next)
  }
  const named = (file: ProfiledTable) => ({ name: file.name, columns: file.columns.map(({ name }) => name) })
  const label = labels(files.map(({ name }) => name))
  return {
    files: [
      named(main),
      ...[...joined.values()].map((link) => ({ ...named(link.from), join: joinOf(link, label.get(link.from.name)!) })),
    ],
  }
}

/** Keys of `from` that are unique in `to`; those of the same name first. */
function linksBetween(from: ProfiledTable, to: ProfiledTable): Link[] {
  // Two exports of one list, of the past and of today, are not joined.
  if (namesOf(from) === namesOf(to)) return []
  const keys = to.columns.filter((column) => isIdName(column.name) && isNearlyUnique(column, to.table.rows))
  return keys.flatMap((target) =>
    from.columns
      .filter(({ name }) => sameName(name, target.name))
      .filter(({ name }) => matchedShare(from.table, name, to.table, target.name) >= LEAST_MATCHED)
      .map(({ name }) => ({ from, key: name, to, with: target.name })),
  )
}

function namesOf({ columns }: ProfiledTable): string {
  return JSON.stringify(columns.map(({ name }) => name).sort())
}

/** A list of customers may name some of them twice, which is a matter of its quality. */
const LEAST_DISTINCT = 0.95

function isNearlyUnique({ distinct, missing }: ColumnProfile, rows: number): boolean {
  return distinct !== undefined && distinct > 0 && distinct >= LEAST_DISTINCT * (rows - missing)
}

function isUnique({ distinct, missing }: ColumnProfile, rows: number): boolean {
  return distinct !== undefined && distinct === rows - missing && distinct > 0
}

function sameName(a: string, b: string): boolean {
  return wordsOf(a).join(' ') === wordsOf(b).join(' ')
}

function matchedShare(from: Table, key: string, to: Table, target: string): number {
  const { numbers } = keyGroups(columnNamed(to, target)!, to.rows, AS_WRITTEN)
  return matchKeys(columnNamed(from, key)!, from.rows, numbers, AS_WRITTEN).matched / Math.max(1, from.rows)
}

function joinOf({ from, key, to, with: target }: Link, label: string): Join {
  const found = { key, file: to.name, with: target, ...AS_WRITTEN }
  const unique = from.columns.some((column) => column.name === key && isUnique(column, from.table.rows))
  // One row per customer says what they are, not what happened: its dates do not place it in time.
  if (unique) return { ...found, columns: asTheyAre(from, key) }
  const date = dateOf(from.columns)
  return { ...found, ...(date !== undefined && { date }), columns: summedUp(from, key, date, label) }
}

/** The column that says when a row happened: the first date that lies behind by its nature, a day of leaving last. */
function dateOf(columns: readonly ColumnProfile[]): string | undefined {
  const dates = columns.filter(({ name, type }) => type === 'date' && !liesAhead(name))
  return (dates.find(({ name }) => !hasWord(wordsOf(name), LEAVING)) ?? dates[0])?.name
}

/** One row per customer needs no summing up. */
function asTheyAre({ columns }: ProfiledTable, key: string): NewColumn[] {
  return columns.filter(({ name }) => name !== key).map(({ name }) => ({ name, how: 'last', column: name }))
}

function summedUp({ columns }: ProfiledTable, key: string, date: string | undefined, label: string): NewColumn[] {
  const counts: NewColumn[] = [{ name: `${label} count`, how: 'count' }]
  if (date !== undefined) {
    counts.push(
      { name: `${label} last 30 days`, how: 'count', window: { from: 0, to: 30 } },
      { name: `${label} days 31–60`, how: 'count', window: { from: 30, to: 60 } },
      { name: `${label} days since last`, how: 'days since last' },
    )
  }
  const others = columns.filter(({ name }) => name !== key && !isIdName(name))
  return [...counts, ...others.flatMap((column) => summaryOf(column, label))]
}

function summaryOf({ name, type }: ColumnProfile, label: string): NewColumn[] {
  const words = wordsOf(name)
  if (type === 'number') {
    const how = hasWord(words, AVERAGED) ? 'mean' : 'sum'
    return [{ name: `${label} ${name} ${how}`, how, column: name }]
  }
  if (type === 'boolean' && !hasWord(words, [...LEAVING, ...ABOUT_LEAVING])) {
    return [{ name: `${label} ${name} count`, how: 'count', where: `[${name.replaceAll(']', ']]')}]` }]
  }
  return []
}

/** What files are called in new columns: their names without what all have in common, and without their ending. */
function labels(names: readonly string[]): ReadonlyMap<string, string> {
  const words = names.map((name) => wordsOf(name.replace(/\.[^.]*$/, '')))
  const shared = words[0]?.findIndex((word, i) => words.some((each) => each[i] !== word)) ?? 0
  const own = words.map((each) => (names.length > 1 && shared > 0 ? each.slice(shared) : each).join(' '))
  return new Map(names.map((name, i) => [name, own[i]! === '' ? name : own[i]!]))
}
