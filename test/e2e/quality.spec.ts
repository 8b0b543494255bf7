import { readFileSync } from 'node:fs'
import { expect, test } from '../support/app'
import { chooseFile, openPage, saved } from '../support/workbook'

/** 300 customers with everything that a list can have wrong with it. */
function customers(month: number): { name: string; text: string } {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const churned = i % 4 === 0
    const device = ['Mobile Phone', 'Mobile Phone', 'Computer', 'Phone', 'Computer'][i % 5]!
    const spend = i === 17 ? 99_999 : i === 30 ? '' : i === 31 ? 'soon' : 100 + ((i * 37) % 90)
    return `C-${i},${spend},${device},EU,${churned ? 'price' : ''},${(i % 11) + (churned ? 0 : 3)},${churned ? 'Yes' : 'No'}`
  })
  const repeated = 'C-5,120,Computer,EU,,9,No'
  return {
    name: `customers ${month}.csv`,
    text: ['customer_id,spend,device,region,reason,logins,churned', ...rows, repeated].join('\n'),
  }
}

test('what is wrong with a file is named with its lines; choices act at once and are remembered next month', async ({
  page,
  app,
}) => {
  await openPage(page, app.url)
  await chooseFile(page, customers(1))
  const pane = page.getByRole('complementary', { name: 'Data quality' })
  await expect(pane.getByText('4 to look at')).toBeVisible()
  const repeated = pane.getByRole('group', { name: '1 customer appears several times' })
  await expect(repeated.getByRole('button', { name: 'Keep all' })).toHaveAttribute('aria-pressed', 'true')

  // The places lead to the rows.
  await pane.getByRole('button', { name: '7 and 302' }).click()
  const asked = page.getByRole('status').filter({ hasText: 'appears several times' })
  await expect(asked).toContainText('lines 7, 302, as read')
  await expect(
    page
      .getByRole('table', { name: /Preview/ })
      .getByRole('row')
      .nth(2),
  ).toContainText('C-5120')
  await page.getByRole('button', { name: 'Close these rows' }).click()

  await repeated.getByRole('button', { name: 'Keep the last' }).click()
  await expect(page.getByText('300 rows, 7 columns')).toBeVisible()
  await pane
    .getByRole('group', { name: /spell one value in two ways/ })
    .getByRole('button', { name: 'Merge' })
    .click()
  await pane.getByRole('button', { name: /^spend: 1 blank/ }).click()
  await page.getByRole('menuitemradio', { name: 'Leave rows out' }).click()
  await expect(page.getByText('299 rows, 7 columns')).toBeVisible()
  await expect(pane.getByText('1 row with gaps was left out.')).toBeVisible()
  await expect(pane.getByText('“reason” is “price” for')).toBeVisible()

  const waiting = page.waitForEvent('download')
  await pane.getByRole('button', { name: 'Download all problems as CSV' }).click()
  const lines = readFileSync(await (await waiting).path(), 'utf8').split('\r\n')
  expect(lines).toContain('customers 1.csv,302,customer_id,C-5,repeated customer')
  expect(lines).toContain('customers 1.csv,32,spend,,blank')
  expect(lines).toContain('customers 1.csv,33,spend,soon,cannot be read as its type')
  expect(lines).toContain('customers 1.csv,19,spend,99999,lies far out')

  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await expect(page.locator('[data-metric="Spend"]')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Live results' })).toContainText('299')
  await saved(page)

  await page.getByRole('link', { name: 'Data' }).click()
  await chooseFile(page, customers(2))
  await expect(page.getByText('299 rows, 7 columns')).toBeVisible()
  await expect(
    pane
      .getByRole('group', { name: '1 customer appears several times' })
      .getByRole('button', { name: 'Keep the last' }),
  ).toHaveAttribute('aria-pressed', 'true')
})

test('what counts of each column is said beside its type', async ({ page, app }) => {
  await openPage(page, app.url)
  await chooseFile(page, customers(1))
  await page.getByRole('button', { name: 'Type of spend: Number. Change it.' }).click()
  await expect(page.getByText('numeric 299 · empty 1 · not a number 1')).toBeVisible()
})

test('scores of the data that is replaced stay, and can be removed', async ({ page, app }) => {
  await openPage(page, app.url)
  await chooseFile(page, customers(1))
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await saved(page)
  await page.getByRole('link', { name: 'Data' }).click()
  await chooseFile(page, customers(2))
  await page.getByRole('button', { name: 'History: outcomes are known' }).click()
  await page.getByRole('button', { name: 'Use with this model' }).click()
  await expect(page.getByRole('button', { name: /^customers 2\.csv · / })).toBeVisible()
  await saved(page)
  await page.reload()
  await page.getByRole('link', { name: 'Data' }).click()
  await expect(page.getByText('customers 1.csv · 301 scores')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the scores of customers 1.csv' }).click()
  await expect(page.getByText('Scores kept of earlier data')).toBeHidden()
})
