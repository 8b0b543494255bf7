import { openAsBlob, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ColumnProfile } from '../../src/core/column/import-report'
import { setSeed } from '../../src/core/model/edit-backtest'
import { guessObjective, guessRoles } from '../../src/core/model/guess-roles'
import { checkModel } from '../../src/core/model/check'
import { readModelFile } from '../../src/core/model/file-format'
import { nearestName } from '../../src/core/model/nearest-name'
import type { HealthModel, Outcome, Roles } from '../../src/core/model/health-model'
import type { Problem } from '../../src/core/problem'
import { chooseExecutor } from '../choose-executor'
import { Evaluator } from '../evaluator'
import { NO_CLEANING } from '../../src/core/recipe/cleaning'
import { fitRecipe } from '../../src/core/recipe/fit-recipe'
import { guessRecipe } from '../../src/core/recipe/guess-recipe'
import type { Recipe } from '../../src/core/recipe/recipe'
import { readRecipe } from '../../src/core/recipe/recipe-file'
import { cleanRead, guessedRoles } from '../read/clean-read'
import { joinTables, type ReadFile } from '../read/join-tables'
import { readTable } from '../read/read-table'
import { UsageError, type Arguments } from './arguments'
import { problemJson } from './problem-json'

/** Thrown with what a user can fix. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super('refused')
    this.problems = problems
  }
}

/** The data of a command, read as the page reads it: one file, or several joined by a recipe or by a guess of one. */
export async function loadData(args: Arguments): Promise<Evaluator> {
  args.need('data')
  const files: ReadFile[] = []
  for (const path of args.all('data')) files.push(await readFileAt(path))
  const recipe = args.get('recipe')
  const { table, report } =
    files.length === 1 && recipe === undefined ? files[0]! : await joined(files, recipe, args.get('as-of'))
  return new Evaluator(table, report, chooseExecutor().createScorer(table.rows))
}

async function joined(
  files: readonly ReadFile[],
  path: string | undefined,
  asOf: string | undefined,
): Promise<ReadFile> {
  const tables = files.map(({ table, report }) => ({ name: report.file, table, columns: report.columns }))
  const recipe = path === undefined ? guessRecipe(tables) : fitted(await loadRecipe(path), files)
  const result = joinTables(files, recipe, asOf === undefined ? undefined : { asOf })
  if (!result.ok) throw new Refused(result.failure)
  const { table, report, upTo } = result.value
  return cleanRead({ table, report }, recipe.cleaning ?? NO_CLEANING, { ...guessedRoles({ report }), asOf: upTo.asOf })
}

/** A recipe for these files, which it knows by their columns. */
function fitted(recipe: Recipe, files: readonly ReadFile[]): Recipe {
  const found = fitRecipe(
    recipe,
    files.map(({ report }) => ({ name: report.file, columns: report.columns.map(({ name }) => name) })),
  )
  if (found) return found.recipe
  const what = 'These are not the files that it was made with: their columns are others.'
  throw new Refused([{ about: 'reading', kind: 'recipe', file: 'The recipe', what }])
}

async function loadRecipe(path: string): Promise<Recipe> {
  if (!isThere(path)) throw new UsageError(`There is no file ${path}.`)
  const result = readRecipe(basename(path), await readFile(path, 'utf8'))
  if (!result.ok) throw new Refused(result.failure)
  return result.value
}

async function readFileAt(path: string): Promise<ReadFile> {
  if (!isThere(path)) throw new UsageError(`There is no file ${path}.`)
  const nowhere = { write: () => Promise.resolve(), discard: () => Promise.resolve() }
  const options = {
    file: basename(path),
    dialect: {},
    types: new Map(),
    onprogress: () => undefined,
    signal: new AbortController().signal,
  }
  const result = await readTable(await openAsBlob(path), options, nowhere)
  if (!result.ok) throw new Refused(result.failure)
  return result.value
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** The model file of a command, with the outcome and the split seed that the command sets. */
export async function loadModel(args: Arguments, option: 'model' | 'baseline' = 'model'): Promise<HealthModel> {
  const path = args.need(option)
  if (!isThere(path)) throw new UsageError(`There is no file ${path}.`)
  const result = readModelFile(basename(path), await readFile(path, 'utf8'))
  if (!result.ok) throw new Refused(result.failure)
  const seed = args.whole('seed')
  return seed === undefined ? result.value : setSeed(result.value, seed)
}

/** `--outcome "C=V"`, or a date column with its spans. Checked against the columns of the data. */
export function outcomeOption(args: Arguments, columns: readonly ColumnProfile[]): Outcome | undefined {
  const text = args.get('outcome')
  if (text === undefined) return undefined
  const named = columns.find(({ name }) => name === text)
  if (named?.type === 'date') {
    const observed = args.get('observed-until') ?? new Date((named.max ?? 0) * 86_400_000).toISOString().slice(0, 10)
    return {
      column: named.name,
      gap: args.whole('gap') ?? 0,
      horizon: args.whole('horizon') ?? 90,
      observedUntil: observed,
    }
  }
  // A column's name may hold an equals sign, so the longest name that fits is meant.
  const column = columns
    .filter(({ name }) => text.startsWith(`${name}=`))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (!column) throw new UsageError(noColumn(text.split('=')[0] ?? '', columns))
  return { column: column.name, event: text.slice(column.name.length + 1).trim(), leaveOut: [] }
}

/** `--objective`, or what the outcome's column and its event tell by their names. */
export function objectiveOption(
  args: Arguments,
  { outcome }: Roles,
  columns: readonly ColumnProfile[],
): HealthModel['objective'] {
  const said = args.get('objective')
  if (said === 'churn' || said === 'expand') return said
  if (said !== undefined) throw new UsageError(`--objective is churn or expand, not “${said}”.`)
  if (!outcome) return 'churn'
  const values = columns.find(({ name }) => name === outcome.column)?.values ?? []
  const told = 'event' in outcome ? values.filter(({ text }) => text === outcome.event) : values
  return guessObjective({ name: outcome.column, values: told }) ?? 'churn'
}

/** The column of an option; throws with the nearest name when there is none. */
function columnOption(args: Arguments, option: string, columns: readonly ColumnProfile[]): string | undefined {
  const name = args.get(option)
  if (name === undefined || columns.some((column) => column.name === name)) return name
  throw new UsageError(noColumn(name, columns))
}

function noColumn(name: string, columns: readonly ColumnProfile[]): string {
  const nearest = nearestName(
    name,
    columns.map((column) => column.name),
  )
  return `No column is named “${name}”${nearest === undefined ? '' : `; “${nearest}” is`}.`
}

/** The roles that the page would propose, with the ones that the command sets. */
export function rolesOf(args: Arguments, { report }: Evaluator): Roles {
  const guessed = guessRoles(report.columns, report.rows)
  const id = columnOption(args, 'id', report.columns)
  const outcome = outcomeOption(args, report.columns)
  return { ...guessed, ...(id !== undefined && { id }), ...(outcome && { outcome }) }
}

/** The model of a command; refused when its tiers are broken. Metrics that do not fit the data are off, and named. */
export async function usableModel(args: Arguments, evaluator: Evaluator): Promise<HealthModel> {
  const model = await loadModel(args)
  const { columns, rows } = evaluator.report
  const hasAsOf = evaluator.customers(model).asOf !== undefined
  const problems = checkModel(model, { columns: evaluator.columns, imported: columns, rows, hasAsOf })
  const fatal = problems.filter(({ severity, field }) => severity === 'error' && field === 'tiers')
  if (fatal.length > 0) throw new Refused(fatal)
  for (const problem of problems) if (problem.severity === 'error') console.error(problemJson(problem).message)
  return model
}
