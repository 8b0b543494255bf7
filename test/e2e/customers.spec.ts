import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, figure, settled, test } from '../support/app'
import { chooseFile, openSample, saved } from '../support/workbook'

const row = (page: Page, index: number): Locator => page.locator(`.customers-grid .ag-row[row-index="${index}"]`)
const cell = (page: Page, index: number, column: string): Locator => row(page, index).locator(`[col-id="${column}"]`)
const listed = (page: Page): Locator => page.locator('[data-figure="list:customers"]')
const drawer = (page: Page): Locator => page.getByRole('complementary', { name: /^Customer/ })

async function openCustomers(page: Page, url: string): Promise<void> {
  await openSample(page, url)
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 0, 'score')).not.toBeEmpty()
}

test('the list is searched, sorted, filtered and seen by ready views; the line under it sums it up', async ({
  page,
  app,
  problems,
}) => {
  await openCustomers(page, app.url)
  await expect(listed(page)).toHaveText('4,591 customers')
  await expect(cell(page, 0, 'id')).toHaveText('HS-000001')

  await page.keyboard.press('/')
  await page.keyboard.type('bank serv')
  // The list follows each letter: what it holds for "bank" alone may begin with the same customer.
  const found = async (): Promise<number> => Number(await listed(page).getAttribute('data-value'))
  await expect.poll(found).toBeLessThan(200)
  await expect.poll(found).toBeGreaterThan(0)
  await expect(cell(page, 0, 'source:Customer')).toHaveText(/bank Serv/)
  await page.keyboard.press('Escape')
  await expect(listed(page)).toHaveText('4,591 customers')

  await page.getByRole('button', { name: 'MRR' }).click()
  await expect(page.getByRole('columnheader', { name: /^MRR/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByText('Sorted by MRR')).toBeVisible()
  const dear = async (index: number): Promise<number> =>
    Number((await cell(page, index, 'source:MRR').innerText()).replaceAll(',', ''))
  await expect.poll(() => dear(0)).toBeGreaterThan(10_000)
  expect(await dear(0)).toBeGreaterThanOrEqual(await dear(1))

  await page
    .getByRole('group', { name: 'Tier' })
    .getByRole('button', { name: /At risk/ })
    .click()
  await expect(cell(page, 0, 'tier')).toHaveText('At risk')
  await expect(listed(page)).toHaveText(/^1,\d{3} of 4,591 customers$/)
  await expect(page.locator('[row-id$="total"]').first()).toContainText('at risk')

  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByLabel('Column', { exact: true }).selectOption('Segment')
  await page.getByLabel('Enterprise').check()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByText('Segment is Enterprise')).toBeVisible()
  await expect(cell(page, 0, 'source:Segment')).toHaveText('Enterprise')
  await page.getByRole('button', { name: 'Remove filter: Segment is Enterprise' }).click()
  await expect(listed(page)).toHaveText(/^1,\d{3} of/)

  await page.getByRole('group', { name: 'Data set' }).getByRole('button', { name: 'History' }).click()
  await page.getByRole('button', { name: /^View:/ }).click()
  await page.getByRole('menuitemradio', { name: 'Green churners' }).click()
  await expect(page.getByText('Outcome is churned')).toBeVisible()
  await expect(cell(page, 0, 'tier')).toHaveText('Healthy')
  expect(problems).toEqual([])
})

test('a view is saved and columns are chosen; both are there after a reload', async ({ page, app }) => {
  await openCustomers(page, app.url)
  await page.getByRole('button', { name: 'Coverage' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Choose columns' }).click()
  await page.getByLabel('Coverage').check()
  await page.getByRole('button', { name: 'Move Coverage left' }).click()
  await page.keyboard.press('Escape')
  await expect(cell(page, 0, 'coverage')).toHaveText(/%$/)
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  await page.getByRole('button', { name: /Lowest scores first|Your own/ }).click()
  const save = page.getByRole('menuitem', { name: 'Save this view …' })
  if (await save.isDisabled()) {
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('an')
    await page.getByRole('button', { name: 'Your own' }).click()
  }
  await save.click()
  await page.getByLabel('Name of the view').fill('Mine')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByRole('button', { name: /Mine/ })).toBeVisible()
  await saved(page)
  await page.reload()
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 0, 'coverage')).toHaveText(/%$/)
  await page.getByRole('button', { name: /All customers/ }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Mine' })).toBeVisible()
})

test('the drawer explains a score to the hundredth, follows the list and tells what would change it', async ({
  page,
  app,
  problems,
}) => {
  await openCustomers(page, app.url)
  await cell(page, 0, 'source:Customer').click()
  await expect(drawer(page)).toBeVisible()
  await expect(drawer(page).getByText('1 of 4,591')).toBeVisible()
  const first = await drawer(page).getByRole('heading', { level: 2 }).innerText()
  await page.keyboard.press('ArrowDown')
  await expect(drawer(page).getByText('2 of 4,591')).toBeVisible()
  await expect(drawer(page).getByRole('heading', { level: 2 })).not.toHaveText(first)

  const shown = Number(await cell(page, 1, 'score').innerText())
  await expect.poll(async () => Math.abs((await figure(page, 'customer:score')) / 100 - shown)).toBeLessThanOrEqual(0.5)
  const score = await figure(page, 'customer:score')
  const after = await figure(page, 'customer:whatIf')
  expect(after).toBeGreaterThan(score)
  for (const tick of await drawer(page).getByRole('checkbox').all()) await tick.setChecked(false)
  await expect.poll(() => figure(page, 'customer:whatIf')).toBe(score)

  // A model that is edited, or taken back, changes the drawer too.
  await page.getByRole('link', { name: 'Model' }).click()
  await page.locator('[row-id] [col-id="weight"]').nth(3).click()
  await page.keyboard.type('40')
  await page.keyboard.press('Enter')
  await settled(page)
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 1, 'score')).not.toBeEmpty()
  await cell(page, 1, 'id').click()
  await expect(drawer(page)).toBeVisible()
  await expect.poll(() => figure(page, 'customer:score')).not.toBe(score)
  await page.keyboard.press('Control+z')
  await expect.poll(() => figure(page, 'customer:score')).toBe(score)

  // Its place is that in the list, however the list is sorted; the grid stays the one that it is.
  await page.locator('.customers-grid .ag-root').evaluate((grid) => (grid.id = 'the-grid'))
  await page.getByRole('button', { name: 'ID', exact: true }).click()
  await page.getByRole('button', { name: 'ID', exact: true }).click()
  await expect(drawer(page).getByText('4,590 of 4,591')).toBeVisible()
  await expect(page.locator('.customers-grid .ag-root')).toHaveAttribute('id', 'the-grid')
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toHaveCount(0)
  expect(problems).toEqual([])
})

test('an override is marked, survives a reload and the next import, and changes no statistic', async ({
  page,
  app,
  problems,
}) => {
  await openCustomers(page, app.url)
  await page.getByRole('link', { name: 'Model' }).click()
  await settled(page)
  const auc = await figure(page, 'training:auc')
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 3, 'id')).not.toBeEmpty()
  await cell(page, 3, 'id').click()
  const customer = await cell(page, 3, 'id').innerText()
  await drawer(page).getByRole('button', { name: 'Override this score' }).click()
  await drawer(page).getByLabel('What the override does').selectOption('Set to')
  await drawer(page).getByLabel('Score, 0 to 100').fill('101')
  await expect(drawer(page).getByRole('alert')).toHaveText('A score is from 0 to 100 with at most two decimals.')
  await drawer(page).getByLabel('Score, 0 to 100').fill('12')
  await drawer(page).getByLabel('Reason').fill('=SUM(their sponsor has left)')
  await drawer(page).getByRole('button', { name: 'Override', exact: true }).click()
  await expect(cell(page, 3, 'score')).toHaveText('12')
  await expect(cell(page, 3, 'id')).toContainText('by hand')
  await expect(listed(page)).toContainText('1 by hand')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Export/ }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text.split('\r\n')[0]).toContain('Score by the model,By hand,Reason')
  expect(text).toContain(`${customer},`)
  expect(text).toContain("'=SUM(their sponsor has left)")

  await saved(page)
  await page.reload()
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 3, 'score')).toHaveText('12')
  await page.getByRole('link', { name: 'Model' }).click()
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(auc)

  // The model file has nothing of it.
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  expect(readFileSync(await (await file).path(), 'utf8')).not.toContain('sponsor has left')

  // Another month's customers: the one who is still there keeps it.
  await chooseFile(page, {
    name: 'next.csv',
    text: `Customer ID,Customer,MRR,Seats in use %\n${customer},Still here,10,50\nHS-999999,New,20,60\n`,
  })
  await page.getByRole('button', { name: 'Use with this model' }).click()
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(listed(page)).toContainText('2 customers')
  await expect(row(page, 0)).toContainText('by hand')
  expect(problems).toEqual([])
})

test('a range is copied as a spreadsheet pastes it', async ({ page, app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openCustomers(page, app.url)
  await cell(page, 0, 'score').click()
  await cell(page, 2, 'tier').click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Copied 6 cells')).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  const lines = text.trimEnd().split(/\r?\n/)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^\d+(\.\d+)?\t(At risk|Watch|Healthy)$/)
})

test('who has too few values is listed as not scored and told why', async ({ page, app }) => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `C${i},${i < 5 ? '' : i % 11},${i < 5 ? '' : i % 7},${i % 4 === 0 ? 'Yes' : 'No'}`,
  )
  await openSample(page, app.url)
  await page.getByRole('button', { name: 'Healthsheet: all workbooks' }).click()
  await chooseFile(page, { name: 'few.csv', text: `id,logins,seats,churned\n${rows.join('\n')}\n` })
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await page.getByRole('link', { name: 'Customers' }).click()
  await page
    .getByRole('group', { name: 'Tier' })
    .getByRole('button', { name: /Not enough data 5/ })
    .click()
  await expect(listed(page)).toHaveText('5 of 60 customers')
  await cell(page, 0, 'id').click()
  await expect(drawer(page).getByRole('heading', { name: 'Not enough data' })).toBeVisible()
})

test('the engine dies while the list is open: the list and the drawer come back by themselves', async ({
  page,
  app,
}) => {
  await page.addInitScript(() => {
    const { Worker: Original } = window
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        Object.assign(window, { engine: this })
      }
    }
  })
  await openCustomers(page, app.url)
  await cell(page, 0, 'id').click()
  await expect(drawer(page)).toBeVisible()
  await page.evaluate(() => (window as unknown as { engine: Worker }).engine.terminate())
  await expect(page.getByText('The calculation stopped and was started again.')).toBeVisible()
  await page.getByRole('button', { name: 'MRR', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: /^MRR/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(cell(page, 0, 'id')).not.toHaveText(/^(HS-000001)?$/)
  await cell(page, 0, 'id').click()
  await expect(drawer(page).getByText('1 of 4,591')).toBeVisible()
})

test('a filtered list is summed up by its own customers', async ({ page, app }) => {
  await openCustomers(page, app.url)
  const total = page.locator('[row-id$="total"]')
  const healthy = page.getByRole('group', { name: 'Tier' }).getByRole('button', { name: /Healthy/ })
  await healthy.click()
  await expect(listed(page)).toHaveText(/^209 of/)
  await expect(total).toContainText('209 customers')
  await expect(total).toContainText('0 at risk')
})

test('without a column of IDs nobody can be overridden, and the drawer says what to do', async ({ page, app }) => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 11},${i % 7},${i % 4 === 0 ? 'Yes' : 'No'}`)
  await openSample(page, app.url)
  await page.getByRole('button', { name: 'Healthsheet: all workbooks' }).click()
  await chooseFile(page, { name: 'few.csv', text: `logins,seats,churned\n${rows.join('\n')}\n` })
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await page.getByRole('link', { name: 'Customers' }).click()
  await cell(page, 2, 'id').click()
  await expect(drawer(page).getByRole('heading', { level: 2 })).toHaveText('Row 3')
  await expect(drawer(page)).toContainText('Choose the column with the customer ID on the Data sheet.')
  await expect(drawer(page).getByRole('button', { name: 'Override this score' })).toHaveCount(0)
})
