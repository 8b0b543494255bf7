import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hasShared, LEFT_OUT, sharedPath } from '../../support/shared'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'healthsheet-real-'))

function run(...input: string[]): string {
  const { status, stdout, stderr } = spawnSync('node', ['test/tools/headless.mjs', ...input], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${stdout}${stderr}`)
  return stdout
}

/** A model that is drafted of real data, and its backtest. */
function drafted(name: string, data: readonly string[], ...options: string[]) {
  const model = join(folder, `${name}.json`)
  const files = data.flatMap((file) => ['--data', sharedPath(`data/${file}`)])
  writeFileSync(model, run('draft', ...files, ...options))
  const backtest = JSON.parse(run('backtest', ...files, '--model', model)) as Backtested
  return { files, model, backtest }
}

interface Backtested {
  readonly verdict: { readonly kind: string }
  readonly warnings: readonly { readonly kind: string; readonly metrics?: readonly string[] }[]
}

interface Suggested {
  readonly holdout: { readonly auc: number; readonly aucToday: number; readonly aucEqual: number }
}

describe.skipIf(!hasShared)(`real customers${LEFT_OUT}`, () => {
  test('telco: a signal, and suggested weights that reach what a weighting can', () => {
    const { files, model, backtest } = drafted('telco', ['telco/Telco-Customer-Churn.csv'], '--id', 'customerID', '--outcome', 'Churn=Yes') // prettier-ignore
    expect(backtest.verdict.kind).toBe('signal')
    const seeds = Array.from({ length: 10 }, (_, i) => i + 1)
    const aucs = seeds.map(
      (seed) =>
        (JSON.parse(run('suggest', ...files, '--model', model, '--seed', String(seed))) as Suggested).holdout.auc,
    )
    expect(aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length).toBeGreaterThanOrEqual(0.83)
  })

  test('mlc_churn: minutes and charges are the same thing, and are named', () => {
    const { backtest } = drafted('mlc', ['mlc_churn/mlc_churn.csv'], '--outcome', 'churn=yes')
    const pairs = backtest.warnings
      .filter(({ kind }) => kind === 'redundancy')
      .map(({ metrics }) => metrics!.join(' and '))
    for (const when of ['day', 'eve', 'night', 'intl'])
      expect(pairs.some((pair) => pair.includes(`Total ${when} minutes`) && pair.includes(`Total ${when} charge`))).toBe(true) // prettier-ignore
  })

  test('ravenstack: nothing predicts, and nothing is promised', () => {
    const { backtest } = drafted('ravenstack', ['ravenstack/ravenstack_accounts.csv'], '--id', 'account_id', '--outcome', 'churn_flag=True') // prettier-ignore
    expect(backtest.verdict.kind).toBe('no signal')
    expect(backtest.warnings.map(({ kind }) => kind)).toContain('no signal')
  })

  test('b2b_small: a signal, without the column that knows the answer', () => {
    const names = ['dim_customers', 'fact_subscriptions', 'fact_usage_logs', 'fact_support_tickets'].map((name) => `b2b_small/${name}.csv`) // prettier-ignore
    const { files, backtest } = drafted('b2b', names, '--outcome', 'status=Churned')
    expect(backtest.verdict.kind).toBe('signal')
    const powers = JSON.parse(run('power', ...files, '--outcome', 'status=Churned')) as Power[]
    expect(powers.filter(({ flags }) => flags.includes('separates')).length).toBeGreaterThan(0)
  })
})

interface Power {
  readonly column: string
  readonly flags: readonly string[]
}
