import { existsSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, figure, SHARED, test } from '../support/app'
import { hasShared, LEFT_OUT, metricCell, modelShown, openPage, saved } from '../support/workbook'

const ids = Array.from({ length: 300 }, (_, i) => `C-${String(i).padStart(3, '0')}`)
const leaves = (i: number): boolean => (i * 7) % 10 < 3
const FILES = {
  'crm_customers.csv': `customer_id,segment,churned\n${ids.map((id, i) => `${id},${i % 2 ? 'SMB' : 'Large'},${leaves(i) ? 'Yes' : 'No'}`).join('\n')}\n`,
  'crm_logins.csv': `customer_id,day,minutes\n${ids
    .flatMap((id, i) =>
      Array.from(
        { length: leaves(i) ? 2 + (i % 3) : 5 + (i % 4) },
        (_, k) => `${id},2026-0${1 + (k % 6)}-${10 + (i % 9)},${10 + k}`,
      ),
    )
    .join('\n')}\nX-1,2026-01-01,5\n`,
}

async function choose(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const given = Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }))
  await page.locator('input[type=file]').first().setInputFiles(given)
}

const card = (page: Page) => page.getByRole('region', { name: 'Join into one row per customer' })

test('files that are dropped together are joined by their key, and a model comes of what they say together', async ({
  page,
  app,
  problems,
}) => {
  await openPage(page, app.url)
  await choose(page, FILES)
  await expect(card(page)).toBeVisible()
  const logins = card(page).locator('[data-file="crm_logins.csv"]')
  await expect(logins).toContainText('300 customers have rows')
  await expect(logins).toContainText('1 with no customer')
  expect(await figure(page, 'join:crm_logins.csv:matched')).toBeGreaterThan(1000)
  await expect(logins).toContainText('logins minutes mean')
  await expect(page.getByRole('complementary', { name: 'Data quality' })).toContainText(
    '1 row of crm_logins.csv has a “customer_id” that no customer has, such as “X-1”, and is left out.',
  )

  // Nothing from after the as-of day enters: an earlier day leaves fewer rows.
  const count = page.getByRole('columnheader', { name: /^logins count/ })
  await expect(count).toBeVisible()
  const cell = page.getByRole('row').filter({ hasText: 'C-001' }).getByRole('cell').nth(3)
  const rows = Number(await cell.innerText())
  const asOf = page.getByLabel('As-of day')
  const latest = await asOf.inputValue()
  await asOf.fill('2026-02-28')
  await expect.poll(async () => Number(await cell.innerText())).toBeLessThan(rows)
  await asOf.fill(latest)
  await expect(cell).toHaveText(String(rows))

  await logins.getByRole('button', { name: 'Remove logins minutes mean' }).click()
  await expect(logins).not.toContainText('logins minutes mean')
  await logins.getByRole('button', { name: 'New column from crm_logins.csv' }).click()
  const popover = page.getByRole('dialog', { name: 'New column' })
  await popover.getByLabel('Summed up as').selectOption('median')
  await popover.getByLabel('Of column').selectOption('minutes')
  await popover.getByLabel('Only where').fill('[minute] > 3')
  await expect(popover).toContainText('No column is named “minute”; [minutes] is (character 1).')
  await popover.getByLabel('Only where').fill('[minutes] > 3')
  await popover.getByLabel('Called').fill('Typical minutes')
  await popover.getByRole('button', { name: 'Add column' }).click()
  await expect(logins).toContainText('Typical minutes')
  // The same again is no accident that the page falls over.
  await logins.getByRole('button', { name: 'New column from crm_logins.csv' }).click()
  await popover.getByLabel('Called').fill('Typical minutes')
  await popover.getByRole('button', { name: 'Add column' }).click()
  await logins.getByRole('button', { name: 'Remove Typical minutes' }).last().click()
  await expect(logins.getByRole('button', { name: 'Remove Typical minutes' })).toHaveCount(1)

  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
  await expect(metricCell(page, 'Logins count', 'weight')).toBeVisible()
  await expect(metricCell(page, 'Typical minutes', 'weight')).toBeVisible()
  expect(await figure(page, 'training:auc')).toBeGreaterThan(0.8)
  await saved(page)
  await page.reload()
  await modelShown(page)
  await expect(metricCell(page, 'Typical minutes', 'weight')).toBeVisible()

  // Next month's files are known by their columns, whatever they are called.
  await page.getByRole('link', { name: 'Data' }).click()
  await choose(page, { 'July logins.csv': FILES['crm_logins.csv'], 'July customers.csv': FILES['crm_customers.csv'] })
  const july = card(page).locator('[data-file="July logins.csv"]')
  await expect(july).toContainText('Typical minutes')
  await page.getByRole('button', { name: 'Use with this model' }).click()
  await expect(page.getByRole('complementary', { name: 'Files' })).toContainText('Today’s customers')
  expect(problems).toEqual([])
})

test('files with nothing in common come one after the other', async ({ page, app }) => {
  await openPage(page, app.url)
  const { 'crm_customers.csv': customers } = FILES
  await choose(page, { 'history.csv': customers, 'today.csv': customers.replaceAll('C-', 'D-') })
  await expect(page.getByText('What is what in history.csv')).toBeVisible()
  await expect(card(page)).toBeHidden()
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await expect(page.getByText('What is what in today.csv')).toBeVisible()
})

test('a second file is added to the one that is looked at', async ({ page, app }) => {
  await openPage(page, app.url)
  const { 'crm_customers.csv': customers, 'crm_logins.csv': logins } = FILES
  await choose(page, { 'crm_customers.csv': customers })
  await expect(page.getByText('What is what in crm_customers.csv')).toBeVisible()
  const files = page.getByRole('complementary', { name: 'Files' })
  const buffer = Buffer.from(logins)
  await files.locator('input[type=file]').setInputFiles({ name: 'crm_logins.csv', mimeType: 'text/csv', buffer })
  await expect(card(page)).toBeVisible()
  await expect(files).toContainText('crm_logins.csv')
})

test(`ravenstack’s five files come to 500 customers${hasShared ? '' : ` (${LEFT_OUT})`}`, async ({ page, app }) => {
  const parts = ['accounts', 'subscriptions', 'feature_usage', 'support_tickets', 'churn_events']
  const paths = parts.map((part) => `${SHARED}/data/ravenstack/ravenstack_${part}.csv`)
  test.skip(!paths.every((path) => existsSync(path)), LEFT_OUT)
  await openPage(page, app.url)
  await page.locator('input[type=file]').first().setInputFiles(paths)
  await expect(card(page)).toBeVisible()
  await expect(page.getByText('What is what in ravenstack_accounts.csv')).toBeVisible()
  await expect(card(page)).toContainText('by way of ravenstack_subscriptions.csv')
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
  await expect(page.getByRole('banner')).toContainText('500 rows')
})
