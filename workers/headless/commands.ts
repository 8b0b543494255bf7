import { writeFile } from 'node:fs/promises'
import { auc } from '../../src/core/backtest/auc'
import { tierCounts } from '../../src/core/backtest/backtest'
import { columnRisk } from '../../src/core/backtest/column-risk'
import { leakOf } from '../../src/core/backtest/leak'
import { columnNamed } from '../../src/core/column/column'
import { isoDay } from '../../src/core/column/date-text'
import type { ColumnProfile } from '../../src/core/column/import-report'
import { defaultAsOf } from '../../src/core/model/as-of'
import { checkModel } from '../../src/core/model/check'
import { draftModel } from '../../src/core/model/draft'
import { writeModelFile } from '../../src/core/model/file-format'
import { guessRoles } from '../../src/core/model/guess-roles'
import type { HealthModel, Roles } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import type { Evaluator } from '../evaluator'
import { scoresTable } from '../scores'
import { UsageError, type Arguments } from './arguments'
import { backtestJson } from './figures'
import { columnOption, loadData, loadModel, outcomeOption, Refused } from './load'
import { measure } from './measure'
import { problemJson } from './problem-json'

/** What a command answers: an object for JSON, or the text of a file. */
export type Answer = object | string

interface Command {
  readonly options: readonly string[]
  readonly run: (args: Arguments) => Promise<Answer>
}

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', { options: ['data', 'recipe', 'as-of'], run: importFile }],
  [
    'draft',
    { options: ['data', 'recipe', 'id', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'], run: draft },
  ],
  ['score', { options: ['data', 'recipe', 'model', 'out', 'seed'], run: score }],
  [
    'backtest',
    {
      options: ['data', 'recipe', 'model', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'],
      run: backtest,
    },
  ],
  ['power', { options: ['data', 'recipe', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'id'], run: power }],
  ['check', { options: ['model'], run: check }],
  ['bench', { options: ['rows', 'metrics'], run: bench }],
])

/** Commands of headless.md that come later. */
export const LATER: ReadonlySet<string> = new Set(['suggest', 'compare', 'sql', 'export'])

async function importFile(args: Arguments): Promise<Answer> {
  const { report } = await loadData(args)
  return { rows: report.rows, columns: report.columns.map(columnJson), problems: report.problems.map(problemJson) }
}

function columnJson({ name, type, distinct, missing, min, max, sum }: ColumnProfile) {
  const shown = (value: number | undefined): number | string | null =>
    value === undefined ? null : type === 'date' ? isoDay(value) : value
  return { name, type, distinct: distinct ?? null, missing, min: shown(min), max: shown(max), sum: sum ?? null }
}

async function draft(args: Arguments): Promise<Answer> {
  const evaluator = await loadData(args)
  const roles = rolesOf(args, evaluator)
  const seed = args.whole('seed') ?? 1
  const day =
    args.get('as-of') ?? (roles.snapshot === undefined ? defaultAsOf(evaluator.report.columns, roles) : undefined)
  const judging = { ...EMPTY_MODEL, roles, holdout: { seed, looks: 0 }, ...(day !== undefined && { asOf: day }) }
  const customers = evaluator.customers(judging)
  const name = evaluator.report.file.replace(/\.[^.]*$/, '')
  const { asOf } = customers
  const training = customers.outcome('training')
  const input = { name, table: evaluator.table, roles, asOf, asOfDay: day, seed, training }
  return writeModelFile(draftModel(input))
}

/** The roles that the page would propose, with the ones that the command sets. */
function rolesOf(args: Arguments, { report }: Evaluator): Roles {
  const guessed = guessRoles(report.columns, report.rows)
  const id = columnOption(args, 'id', report.columns)
  const outcome = outcomeOption(args, report.columns)
  return { ...guessed, ...(id !== undefined && { id }), ...(outcome && { outcome }) }
}

async function score(args: Arguments): Promise<Answer> {
  const evaluator = await loadData(args)
  const model = await usableModel(args, evaluator)
  const started = performance.now()
  const set = evaluator.evaluate(model)
  const milliseconds = performance.now() - started
  const { scored, notScored, tiers } = tierCounts(set, model.tiers)
  const out = args.get('out')
  if (out !== undefined) await writeFile(out, [...scoresTable(evaluator, model)].join(''))
  const named = tiers.map(({ customers }, i) => ({ name: model.tiers[i]!.name, customers }))
  return { customers: set.customers, scored, notScored, tiers: named, milliseconds }
}

async function backtest(args: Arguments): Promise<Answer> {
  const evaluator = await loadData(args)
  const file = await usableModel(args, evaluator)
  const outcome = outcomeOption(args, evaluator.report.columns)
  const asOf = args.get('as-of')
  const model = { ...file, roles: { ...file.roles, ...(outcome && { outcome }) }, ...(asOf !== undefined && { asOf }) }
  if (!model.roles.outcome) throw new UsageError('The model names no outcome: give --outcome "Column=Value".')
  return backtestJson(evaluator.evaluate(model), model)
}

/** The model of a command; refused when its tiers are broken. Metrics that do not fit the data are off, and named. */
async function usableModel(args: Arguments, evaluator: Evaluator): Promise<HealthModel> {
  const model = await loadModel(args)
  const { columns: imported, rows } = evaluator.report
  const hasAsOf = evaluator.customers(model).asOf !== undefined
  const problems = checkModel(model, { columns: evaluator.columns, imported, rows, hasAsOf })
  const fatal = problems.filter(({ severity, field }) => severity === 'error' && field === 'tiers')
  if (fatal.length > 0) throw new Refused(fatal)
  for (const problem of problems) if (problem.severity === 'error') console.error(problemJson(problem).message)
  return model
}

async function power(args: Arguments): Promise<Answer> {
  const evaluator = await loadData(args)
  const { table, report } = evaluator
  const roles = rolesOf(args, evaluator)
  const outcomeColumn = roles.outcome?.column
  if (outcomeColumn === undefined) throw new UsageError('power needs --outcome "Column=Value".')
  const asOfDay = args.get('as-of') ?? (roles.snapshot === undefined ? defaultAsOf(report.columns, roles) : undefined)
  const judging = { ...EMPTY_MODEL, roles, ...(asOfDay !== undefined && { asOf: asOfDay }) }
  const customers = evaluator.customers(judging)
  const { asOf } = customers
  const outcome = customers.outcome('all')!
  const training = customers.outcome('training')!
  return report.columns
    .filter(({ name, type }) => name !== outcomeColumn && name !== roles.id && type !== 'text')
    .map((profile) => {
      const column = columnNamed(table, profile.name)!
      const risk = columnRisk(column, outcome, asOf)
      const value = risk && auc(risk)
      const leak = leakOf({ column, outcome: training, asOf })
      return {
        column: profile.name,
        auc: value?.auc ?? null,
        low: value?.low ?? null,
        high: value?.high ?? null,
        n: report.rows - profile.missing,
        missing: profile.missing,
        flags: leak ? [leak.kind] : [],
      }
    })
}

async function check(args: Arguments): Promise<Answer> {
  const problems = checkModel(await loadModel(args)).filter(({ severity }) => severity === 'error')
  if (problems.length > 0) throw new Refused(problems)
  return { ok: true }
}

/** One JSON line a figure. */
function bench(args: Arguments): Promise<Answer> {
  const lines = [...measure(args.whole('rows') ?? 1_000_000, args.whole('metrics') ?? 12)]
  return Promise.resolve(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
