import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'healthsheet-'))
const data = join(folder, 'crm.csv')
const model = join(folder, 'model.json')

interface Cut {
  readonly value: number
  readonly caught: number
  readonly flagged: number
}

function run(...input: string[]): { status: number | null; answer: Record<string, unknown>; stdout: string } {
  const { status, stdout } = spawnSync('node', ['test/tools/headless.mjs', ...input], { cwd: ROOT, encoding: 'utf8' })
  return {
    status,
    stdout,
    answer: stdout.startsWith('{') || stdout.startsWith('[') ? (JSON.parse(stdout) as Record<string, unknown>) : {},
  }
}

beforeAll(() => {
  const rows = Array.from({ length: 500 }, (_, i) => {
    const churned = i % 4 === 0
    return `C-${i},${((i * 37) % 101) / 10 + (churned ? 0 : 4)},${i % 5},${churned ? 'Yes' : 'No'}`
  })
  writeFileSync(data, `customer_id,logins,tickets,churned\n${rows.join('\n')}\n`)
  writeFileSync(model, run('draft', '--data', data, '--id', 'customer_id', '--outcome', 'churned=Yes').stdout)
})

describe('the command line', () => {
  test('imports: rows, columns with their types, problems', () => {
    const { status, answer } = run('import', '--data', data)
    expect(status).toBe(0)
    expect(answer).toMatchObject({ rows: 500, problems: [] })
    expect((answer['columns'] as { name: string; type: string }[]).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'customer_id text',
      'logins number',
      'tickets number',
      'churned boolean',
    ])
  })

  test('drafts for who left or who bought more: as the outcome’s name says, unless the command does', () => {
    const file = join(folder, 'upsold.csv')
    const rows = Array.from({ length: 500 }, (_, i) => {
      const upsold = i % 4 === 0
      return `C-${i},${((i * 37) % 101) / 10 + (upsold ? 4 : 0)},${i % 5},${upsold ? 'Yes' : 'No'}`
    })
    writeFileSync(file, `customer_id,logins,tickets,upsold\n${rows.join('\n')}\n`)
    const guessed = run('draft', '--data', file)
    expect(guessed.answer).toMatchObject({
      objective: 'expand',
      roles: { outcome: { column: 'upsold', event: 'Yes' } },
    })
    const drafted = join(folder, 'expand.json')
    writeFileSync(drafted, guessed.stdout)
    const { answer } = run('backtest', '--data', file, '--model', drafted)
    expect((answer['train'] as { auc: number }).auc).toBeGreaterThan(0.7)
    expect(answer).toMatchObject({ events: 125, verdict: { kind: 'signal' } })

    const asLeft = run('draft', '--data', file, '--objective', 'churn').answer
    expect(asLeft).toMatchObject({ objective: 'churn' })
    const pointsOf = ({ metrics }: Record<string, unknown>) =>
      (metrics as { column: string; scale: { curve: [number, number][] } }[])
        .find(({ column }) => column === 'logins')!
        .scale.curve.map(([, points]) => points)
    expect([pointsOf(guessed.answer), pointsOf(asLeft)]).toEqual([[0, 100], [100, 0]]) // prettier-ignore
    expect(run('draft', '--data', data, '--objective', 'expand').answer).toMatchObject({ objective: 'expand' })
    expect(run('draft', '--data', data).answer).toMatchObject({ objective: 'churn' })

    const refused = run('draft', '--data', file, '--objective', 'growth')
    expect(refused.status).toBe(2)
    expect(refused.answer['problems']).toMatchObject([{ message: '--objective is churn or expand, not “growth”.' }])
  })

  test('scores: every customer in a tier or not scored', () => {
    const out = join(folder, 'scores.csv')
    const { answer } = run('score', '--data', data, '--model', model, '--out', out)
    const tiers = answer['tiers'] as { customers: number }[]
    expect(tiers.reduce((sum, { customers }) => sum + customers, 0) + Number(answer['notScored'])).toBe(500)
  })

  test('backtests: figures of all, of the training part and of the hold-out, with the verdict', () => {
    const { answer } = run('backtest', '--data', data, '--model', model)
    expect(answer).toMatchObject({ n: 500, events: 125, verdict: { kind: 'signal' } })
    const [train, holdout] = [answer['train'], answer['holdout']] as { n: number; auc: number }[]
    expect(train!.n + holdout!.n).toBe(500)
    expect(train!.auc).toBeGreaterThan(0.7)
    expect(answer['lift']).toHaveLength(10)
  })

  test('suggests weights, judged on the hold-out against today’s and equal ones', () => {
    const { answer } = run('suggest', '--data', data, '--model', model)
    const weights = answer['weights'] as Record<string, number>
    expect(Object.keys(weights)).toEqual(['Logins', 'Tickets'])
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100)
    const holdout = answer['holdout'] as { auc: number; aucToday: number; aucEqual: number }
    expect(holdout.auc).toBeGreaterThan(0.7)
    expect(holdout.aucToday).toBeGreaterThan(0.5)
    expect(answer['verdict']).toMatchObject({
      kind: expect.any(String) as string,
      sentence: expect.any(String) as string,
    })
  })

  test('compares two models on the customers that both score', () => {
    const { answer } = run('compare', '--data', data, '--model', model, '--baseline', model)
    expect(answer).toMatchObject({ difference: 0, low: 0, high: 0, z: 0, p: 1 })
    const migration = answer['migration'] as number[][]
    expect(migration.flat().reduce((sum, count) => sum + count, 0)).toBe(500)
    expect(migration.map((row, i) => row[i])).toEqual(migration.map((row) => row.reduce((sum, each) => sum + each, 0)))
  })

  test('values cuts where the model says what they cost and bring; else null, with the reason', () => {
    const { answer } = run('backtest', '--data', data, '--model', model)
    expect((answer['cuts'] as { value: unknown }[])[0]!.value).toBeNull()
    expect(answer['reasons']).toEqual({ value: 'the model says nothing of costs and values' })
    const valued = join(folder, 'valued.json')
    const economics = { cost: 10, saveRate: 0.5, value: { amount: 100 } }
    writeFileSync(valued, JSON.stringify({ ...(JSON.parse(readFileSync(model, 'utf8')) as object), economics }))
    const { cuts } = run('backtest', '--data', data, '--model', valued).answer as { cuts: Cut[] }
    for (const { value, caught, flagged } of cuts) expect(value).toBeCloseTo(50 * caught - 10 * flagged, 9)
  })

  test.each([
    ['all churned', () => 'Yes', 'one outcome'],
    ['none churned', () => 'No', 'one outcome'],
    ['one churned', (i: number) => (i === 7 ? 'Yes' : 'No'), 'too few'],
  ])('%s: words and reasons, no NaN', (_, churned, kind) => {
    const file = join(folder, 'degenerate.csv')
    const rows = Array.from({ length: 80 }, (_unused, i) => `C-${i},${i % 9},${i % 5},${churned(i)}`)
    writeFileSync(file, `customer_id,logins,tickets,churned\n${rows.join('\n')}\n`)
    const { status, answer, stdout } = run('backtest', '--data', file, '--model', model)
    expect(status).toBe(0)
    expect(answer['verdict']).toMatchObject({ kind })
    expect(stdout).not.toMatch(/NaN|Infinity/)
    if (kind === 'one outcome') expect(answer['reasons']).toMatchObject({ auc: 'all known outcomes are the same' })
    const suggestion = run('suggest', '--data', file, '--model', model).answer
    expect(suggestion).toMatchObject({ weights: {}, holdout: { auc: null }, verdict: { kind: 'too few' } })
  })

  test('gives the power of every usable column', () => {
    const { stdout } = run('power', '--data', data, '--outcome', 'churned=Yes', '--id', 'customer_id')
    const columns = JSON.parse(stdout) as { column: string; auc: number }[]
    expect(columns.find(({ column }) => column === 'logins')!.auc).toBeLessThan(0.35)
  })

  test('checks a model', () => {
    expect(run('check', '--model', model)).toMatchObject({ status: 0, answer: { ok: true } })
  })

  test('answers what the user can fix with problems and exit 2', () => {
    const missing = run('import', '--data', join(folder, 'nobody.csv'))
    expect(missing.status).toBe(2)
    expect(missing.answer['problems']).toHaveLength(1)
    expect(run('sql', '--model', model).status).toBe(2)
    expect(run('nonsense').status).toBe(2)
  })
})
