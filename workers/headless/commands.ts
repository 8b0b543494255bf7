import { writeFile } from 'node:fs/promises'
import { tierCounts } from '../../src/core/backtest/backtest'
import { isoDay } from '../../src/core/column/date-text'
import type { ColumnProfile } from '../../src/core/column/import-report'
import { defaultAsOf } from '../../src/core/model/as-of'
import { checkModel } from '../../src/core/model/check'
import { draftModel } from '../../src/core/model/draft'
import { writeModelFile } from '../../src/core/model/file-format'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import { scoresTable } from '../scores'
import type { Arguments } from './arguments'
import { backtestCommand, compareCommand, powerCommand, suggestCommand } from './backtests'
import { loadData, loadModel, objectiveOption, Refused, rolesOf, usableModel } from './load'
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
    {
      options: ['data', 'recipe', 'id', 'outcome', 'objective', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'],
      run: draft,
    },
  ],
  ['score', { options: ['data', 'recipe', 'model', 'out', 'seed'], run: score }],
  [
    'backtest',
    {
      options: ['data', 'recipe', 'model', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'],
      run: backtestCommand,
    },
  ],
  [
    'power',
    { options: ['data', 'recipe', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'id'], run: powerCommand },
  ],
  [
    'suggest',
    {
      options: ['data', 'recipe', 'model', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'],
      run: suggestCommand,
    },
  ],
  [
    'compare',
    {
      options: ['data', 'recipe', 'model', 'baseline', 'outcome', 'as-of', 'gap', 'horizon', 'observed-until', 'seed'],
      run: compareCommand,
    },
  ],
  ['check', { options: ['model'], run: check }],
  ['bench', { options: ['rows', 'metrics'], run: bench }],
])

/** Commands of headless.md that come later. */
export const LATER: ReadonlySet<string> = new Set(['sql', 'export'])

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
  const objective = objectiveOption(args, roles, evaluator.report.columns)
  const seed = args.whole('seed') ?? 1
  const day =
    args.get('as-of') ?? (roles.snapshot === undefined ? defaultAsOf(evaluator.report.columns, roles) : undefined)
  const judging = {
    ...EMPTY_MODEL,
    roles,
    objective,
    holdout: { seed, looks: 0 },
    ...(day !== undefined && { asOf: day }),
  }
  const customers = evaluator.customers(judging)
  const name = evaluator.report.file.replace(/\.[^.]*$/, '')
  const { asOf } = customers
  const training = customers.outcome('training')
  const input = { name, table: evaluator.table, roles, objective, asOf, asOfDay: day, seed, training }
  return writeModelFile(draftModel(input))
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
