import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/app'
import { metricCell, modelShown, openPage } from '../support/workbook'
import { workbookFile, type SheetCell } from '../support/workbook-file'

const CUSTOMERS = Array.from({ length: 400 }, (_, i) => ({
  id: `C-${i}`,
  usage: { logins: (i * 7) % 31, seats: i % 9 },
  plan: ['Free', 'Pro'][i % 2]!,
  churned: (i * 7) % 31 < 8 && i % 5 !== 0 ? 'Yes' : 'No',
}))

async function choose(page: Page, name: string, content: Uint8Array | string): Promise<void> {
  const buffer = Buffer.from(content)
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: '', buffer })
}

async function intoModel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
}

test('a workbook: the sheet with the customers is proposed, another can be chosen, and a model comes of it', async ({
  page,
  app,
  problems,
}) => {
  const rows: SheetCell[][] = [
    ['Customers of June'],
    [],
    ['id', 'logins', 'seats', 'plan', 'churned'],
    ...CUSTOMERS.map(({ id, usage, plan, churned }): SheetCell[] => [id, usage.logins, usage.seats, plan, churned]),
  ]
  const file = workbookFile([
    { name: 'Dashboard', rows: [['Churn', 0.2]] },
    { name: 'June', rows },
    { name: 'Plans', rows: [['plan', 'price'], ['Free', 0], ['Pro', 20]] }, // prettier-ignore
  ])
  await openPage(page, app.url)
  await choose(page, 'crm.xlsx', file)
  await expect(page.getByText('What is what in crm.xlsx')).toBeVisible()
  const files = page.getByRole('complementary', { name: 'Files' })
  await expect(files).toContainText('Sheet “June”, names in row 3')
  await expect(files).toContainText('400 rows')

  await files.getByRole('button', { name: 'Change' }).click()
  const popover = page.getByRole('dialog', { name: 'Sheet of the workbook' })
  await expect(popover).toContainText('no row of names')
  await popover.getByRole('radio', { name: /^Plans/ }).click()
  await expect(files).toContainText('Sheet “Plans”, names in row 1')
  await expect(files).toContainText('2 rows')
  await files.getByRole('button', { name: 'Change' }).click()
  await popover.getByRole('radio', { name: /^June/ }).click()
  await expect(files).toContainText('Sheet “June”, names in row 3')
  await intoModel(page)
  await expect(metricCell(page, 'Logins', 'weight')).toBeVisible()
  expect(problems).toEqual([])
})

test('JSON, JSON Lines and Parquet are read by their content, and a model file is still a model file', async ({
  page,
  app,
  problems,
}) => {
  await openPage(page, app.url)
  await choose(page, 'crm.json', JSON.stringify(CUSTOMERS))
  await expect(page.getByText('What is what in crm.json')).toBeVisible()
  await expect(page.getByText('JSON, one row per object')).toBeVisible()
  await intoModel(page)
  await expect(metricCell(page, 'Usage.logins', 'weight')).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  const model = readFileSync(await (await download).path(), 'utf8')
  await page.getByRole('link', { name: 'Data' }).click()
  await choose(page, 'renamed.json', model)
  await expect(page.getByRole('dialog')).toContainText('renamed.json')
  await page.keyboard.press('Escape')

  await choose(page, 'today.jsonl', CUSTOMERS.slice(0, 50).map((each) => JSON.stringify(each)).join('\n')) // prettier-ignore
  await expect(page.getByText('What is what in today.jsonl')).toBeVisible()
  await page.getByRole('button', { name: 'Remove today.jsonl' }).click()

  const parquet = readFileSync(new URL('../fixtures/parquet/t-zstd.parquet', import.meta.url))
  await choose(page, 'usage.parquet', parquet)
  await expect(page.getByText('What is what in usage.parquet')).toBeVisible()
  await expect(page.getByText('Parquet, with the types of the file')).toBeVisible()
  expect(problems).toEqual([])
})

test('a file that is no table says what to do, and what is open stays', async ({ page, app }) => {
  await openPage(page, app.url)
  await choose(page, 'report.pdf', '%PDF-1.7 …')
  await expect(page.getByRole('alert')).toHaveText(
    'report.pdf seems to be a PDF. Export the table from where it came from as CSV or .xlsx and drop that.',
  )
})

test('a file of a format that is loaded when one comes is read once each time, also the second time', async ({
  page,
  app,
}) => {
  await openPage(page, app.url)
  // Longer than a stored chunk, so that a second reader of it would be found out by the store.
  const rows = Array.from({ length: 70_000 }, (_, i) => `{"customer_id":"C-${i}","n":${i % 90},"churned":"${i % 3 ? 'No' : 'Yes'}"}`) // prettier-ignore
  const file = { name: 'many.jsonl', text: rows.join('\n') }
  for (let time = 0; time < 2; time++) {
    await choose(page, file.name, file.text)
    await expect(page.getByText('What is what in many.jsonl')).toBeVisible()
    await expect(page.getByText('70,000 rows, 3 columns')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible()
  }
})
