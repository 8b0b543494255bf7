import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'healthsheet-'))
const data = join(folder, 'crm.csv')
const model = join(folder, 'model.json')

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
