import { readFileSync } from 'node:fs'
import { expect, figures, test } from '../support/app'
import { hasShared, headless, importFile, LEFT_OUT, metricCell, openPage, TELCO } from '../support/workbook'

interface Part {
  n: number
  events: number
  auc: number
  low: number
  high: number
  lift: number[]
  tiers: { customers: number; rate: number }[]
  cuts: Record<string, number>[]
}

test('Telco dropped in: every figure of the panel is the one that the command line gives', async ({
  page,
  app,
  problems,
}, info) => {
  test.skip(!hasShared, LEFT_OUT)
  await openPage(page, app.url)
  await importFile(page, TELCO)
  await page.getByRole('link', { name: 'Data' }).click()
  await expect(page.getByText('7,043 rows, 21 columns')).toBeVisible()
  await expect(page.getByText('1,869 of 7,043 churned (27%), enough to test with')).toBeVisible()
  await page.getByRole('link', { name: 'Model' }).click()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  const model = info.outputPath('telco.healthsheet.json')
  await (await download).saveAs(model)

  const all = headless('backtest', '--data', TELCO, '--model', model) as unknown as Part & { train: Part }
  const { train } = all
  expect(train.n).toBe(4831)
  const cut = train.cuts.find((each) => each['cut'] === 41)!
  const expected: Record<string, number> = {
    'training:auc': train.auc,
    'training:low': train.low,
    'training:high': train.high,
    'training:lift:1': train.lift[0]!,
    'training:cut:41:caught': cut['caught']!,
    'training:cut:41:missed': cut['missed']!,
    'training:cut:41:falseAlarms': cut['falseAlarms']!,
    'training:cut:41:flagged': cut['flagged']!,
    'training:cut:41:precision': cut['precision']!,
    'training:cut:41:recall': cut['recall']!,
    ...Object.fromEntries(train.tiers.map(({ rate }, i) => [`training:tier:${i}:rate`, rate])),
    ...Object.fromEntries(all.tiers.map(({ customers }, i) => [`all:tier:${i}:customers`, customers])),
  }
  expect(await figures(page)).toEqual(expected)
  expect(all.events).toBe(1869)

  const power = headless('power', '--data', TELCO, '--outcome', 'Churn=Yes') as unknown as {
    column: string
    auc: number
  }[]
  expect(power.find(({ column }) => column === 'tenure')!.auc).toBeCloseTo(0.260132824471, 12)
  await expect(metricCell(page, 'Tenure', 'better')).toContainText('Higher')

  // What the page proposes is what the command line drafts.
  const drafted = headless('draft', '--data', TELCO, '--id', 'customerID', '--outcome', 'Churn=Yes')
  const saved = JSON.parse(readFileSync(model, 'utf8')) as { metrics: unknown }
  expect(drafted['metrics']).toEqual(saved.metrics)
  expect(problems).toEqual([])
})
