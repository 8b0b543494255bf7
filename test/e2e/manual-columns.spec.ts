import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, settled, test } from '../support/app'
import { chooseFile, openSample, saved } from '../support/workbook'

const row = (page: Page, index: number): Locator => page.locator(`.customers-grid .ag-row[row-index="${index}"]`)
const cell = (page: Page, index: number, column: string): Locator => row(page, index).locator(`[col-id="${column}"]`)
const pulse = (page: Page, index: number): Locator => cell(page, index, 'source:Pulse')
const drawer = (page: Page): Locator => page.getByRole('complementary', { name: /^Customer/ })
const toast = (page: Page): Locator => page.locator('.toast')

async function openCustomers(page: Page, url: string): Promise<void> {
  await openSample(page, url)
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(cell(page, 0, 'score')).not.toBeEmpty()
}

async function addPulse(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a column' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Pulse')
  await page.getByLabel('Least', { exact: true }).fill('1')
  await page.getByLabel('Most', { exact: true }).fill('5')
  await page.getByRole('button', { name: 'Add column' }).click()
  await expect(pulse(page, 0)).toBeFocused()
}

/** Puts a text on the clipboard and pastes it where the focus is. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('Control+v')
}

test('a column is added, filled in, weighed, kept over a reload and joined to the next data', async ({
  page,
  app,
  problems,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openCustomers(page, app.url)
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  await page.getByRole('button', { name: 'Add a column' }).click()
  await page.getByLabel('Name', { exact: true }).fill('MRR')
  await expect(page.getByRole('alert')).toHaveText('Another column is called so. Choose a name of its own.')
  await page.keyboard.press('Escape')
  await addPulse(page)

  // The focus is in the new column: typing starts at once, and Enter goes down.
  await expect(cell(page, 3, 'id')).not.toBeEmpty()
  const ids = await Promise.all([0, 1, 2, 3].map((index) => cell(page, index, 'id').innerText()))
  for (const value of ['4', '2', '5']) {
    await page.keyboard.type(value)
    await page.keyboard.press('Enter')
  }
  await expect(pulse(page, 0)).toHaveText('4')
  await expect(pulse(page, 1)).toHaveText('2')
  await expect(pulse(page, 2)).toHaveText('5')

  // What cannot stand there says why and is not kept.
  await page.keyboard.type('9')
  await expect(page.getByRole('alert')).toHaveText('Pulse is from 1 to 5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(pulse(page, 3)).toHaveText('')
  await pulse(page, 3).click()
  await page.keyboard.type('abc')
  await expect(page.getByRole('alert')).toHaveText('“abc” is not a number')
  await page.keyboard.press('Escape')

  // One step of undo per edit, the model's own steps among them.
  await pulse(page, 0).click()
  await page.keyboard.press('Delete')
  await expect(pulse(page, 0)).toHaveText('')
  await page.keyboard.press('Control+z')
  await expect(pulse(page, 0)).toHaveText('4')

  // As a metric it moves the score of whoever has a value.
  await expect(cell(page, 3, 'score')).not.toBeEmpty()
  const before = await Promise.all([0, 1, 2, 3].map((index) => cell(page, index, 'score').innerText()))
  await page.getByRole('link', { name: 'Model' }).click()
  await page.getByRole('button', { name: 'Add metric' }).click()
  await page.getByRole('combobox', { name: 'Column for the new metric' }).fill('Pul')
  await expect(page.getByRole('option', { name: /Pulse/ })).toContainText('typed by hand')
  await page.keyboard.press('Enter')
  await settled(page)
  await page.locator('[data-metric="Pulse"] [col-id="weight"]').click()
  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await settled(page)
  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByRole('group', { name: 'Data set' }).getByRole('button', { name: 'Today' }).click()
  await page.getByRole('searchbox').fill(ids[2]!)
  await expect(pulse(page, 0)).toHaveText('5')
  expect(Number(await cell(page, 0, 'score').innerText())).toBeGreaterThan(Number(before[2]))

  // A value that is typed moves it at once.
  const high = Number(await cell(page, 0, 'score').innerText())
  await pulse(page, 0).click()
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await expect.poll(async () => Number(await cell(page, 0, 'score').innerText())).toBeLessThan(high)
  await page.getByRole('searchbox').fill('')
  await expect(cell(page, 3, 'id')).not.toHaveText(ids[2]!)

  // The drawer tells when it was said.
  await page.getByRole('searchbox').fill(ids[1]!)
  await cell(page, 0, 'id').click()
  await expect(drawer(page).getByRole('heading', { name: 'Filled in by hand' })).toBeVisible()
  await expect(drawer(page).locator('[data-column]')).toContainText(/Set \d+ \w{3} \d{4}/i)
  await page.keyboard.press('Escape')

  await saved(page)
  await page.reload()
  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByRole('searchbox').fill(ids[1]!)
  await expect(pulse(page, 0)).toHaveText('2')

  // The file of the model has the column and nobody's value; what was filled in has a file of its own.
  const model = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  const written = readFileSync(await (await model).path(), 'utf8')
  expect(written).toContain('"manualColumns"')
  expect(written).not.toContain(ids[1]!)
  const values = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Pulse: change/ }).click()
  await page.getByRole('menuitem', { name: /^Download/ }).click()
  const csv = readFileSync(await (await values).path(), 'utf8').split('\r\n')
  expect(csv[0]).toBe('Customer ID,Column,Value,Date,Note')
  expect(csv.some((line) => line.startsWith(`${ids[1]!},Pulse,2,`))).toBe(true)

  // Next month's customers: whoever is still there keeps the value, the others are named.
  await chooseFile(page, {
    name: 'next.csv',
    text: `Customer ID,Customer,MRR,Seats in use %\n${ids[1]!},Still here,10,50\nHS-999999,New,20,60\n`,
  })
  await page.getByRole('button', { name: 'Use with this model' }).click()
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(pulse(page, 0)).toHaveText('2')
  await page.getByRole('button', { name: '2 values of customers who are not here' }).click()
  await expect(page.getByRole('dialog', { name: 'Values of customers who are not here' })).toContainText(ids[0]!)
  expect(problems).toEqual([])
})

test('blocks are pasted in the order of the list and by ID, all of it or nothing', async ({
  page,
  app,
  problems,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openCustomers(page, app.url)
  await addPulse(page)
  await page.getByRole('button', { name: 'MRR', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: /^MRR/ })).toHaveAttribute('aria-sort', 'descending')
  await pulse(page, 0).click()
  await paste(page, '1\n7\n3')
  await expect(toast(page)).toContainText('Nothing was pasted: 1 of 3 values cannot stand there.')
  // More rows than are loaded.
  const many = Array.from({ length: 400 }, (_, i) => String((i % 5) + 1)).join('\n')
  await paste(page, many)
  await expect(toast(page)).toContainText('Pasted 400 values into Pulse.')
  await expect(pulse(page, 0)).toHaveText('1')
  await expect(pulse(page, 4)).toHaveText('5')
  await toast(page).getByRole('button', { name: 'Undo' }).click()
  await expect(pulse(page, 0)).toHaveText('')
  await page.keyboard.press('Control+y')
  await expect(pulse(page, 0)).toHaveText('1')

  await expect(cell(page, 1, 'id')).not.toBeEmpty()
  const id = await cell(page, 1, 'id').innerText()
  await page.getByRole('button', { name: /^Pulse: change/ }).click()
  await page.getByRole('menuitem', { name: /^Paste by ID/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste into Pulse by ID' })
  await dialog.getByLabel('IDs and values').fill(`Customer ID,Pulse\n${id},5,2026-01-31\nnobody,3\nHS-000003,12\n`)
  await expect(dialog.getByRole('status')).toHaveText('1 customer found')
  await expect(dialog.getByRole('region', { name: 'IDs that no customer has' })).toContainText('nobody')
  await expect(dialog.getByRole('region', { name: 'Lines that cannot be kept' })).toContainText(
    'Line 4, HS-000003: Pulse is from 1 to 5',
  )
  await expect(pulse(page, 1)).toHaveText('2')
  await dialog.getByRole('button', { name: 'Keep 1 value' }).click()
  await expect(toast(page)).toContainText('Kept 1 value in Pulse')
  expect(problems).toEqual([])
})

test('a choice is picked from its list; a column is renamed with what reads it, and deleted with its values', async ({
  page,
  app,
  problems,
}) => {
  await openCustomers(page, app.url)
  await page.getByRole('button', { name: 'Add a column' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Mood')
  await page.getByRole('button', { name: 'Choice' }).click()
  await page.getByLabel(/^Choices/).fill('Unhappy\nSo-so\nHappy')
  await page.getByLabel('Counts for so many days').fill('90')
  await page.getByRole('button', { name: 'Add column' }).click()
  const mood = (index: number, name = 'Mood'): Locator => cell(page, index, `source:${name}`)
  await expect(mood(0)).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(mood(0)).toContainText('So-so')
  await page.keyboard.type('h')
  await page.keyboard.press('Enter')
  await expect(mood(1)).toContainText('Happy')
  await mood(2).dblclick()
  await page.getByRole('option', { name: 'Unhappy' }).click()
  await expect(mood(2)).toContainText('Unhappy')
  // Keys that follow each other at once are all heard.
  await mood(3).click()
  for (const key of ['x', 'Escape', 's', 'Enter']) await page.keyboard.press(key)
  await expect(mood(3)).toContainText('So-so')

  await page.getByRole('button', { name: /^Mood: change/ }).click()
  await page.getByRole('menuitem', { name: /^Rename/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('Feeling')
  await page.getByRole('button', { name: 'Change column' }).click()
  await expect(mood(0, 'Feeling')).toContainText('So-so')
  await page.getByRole('button', { name: /^Feeling: change/ }).click()
  await page.getByRole('menuitem', { name: /^Delete/ }).click()
  await expect(mood(0, 'Feeling')).toHaveCount(0)
  await toast(page).getByRole('button', { name: 'Undo' }).click()
  await expect(mood(0, 'Feeling')).toContainText('So-so')
  expect(problems).toEqual([])
})

test('what is known today does not judge a model: in the history it counts as missing, and the page says so', async ({
  page,
  app,
}) => {
  await openCustomers(page, app.url)
  await page.getByRole('group', { name: 'Data set' }).getByRole('button', { name: 'History' }).click()
  await addPulse(page)
  await pulse(page, 0).click()
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await expect(
    page.getByText(/1 value of Pulse is after the as-of day of customers whose outcome is known/),
  ).toBeVisible()
  await expect(pulse(page, 0).locator('.uncounted')).toHaveText('3')
  await cell(page, 0, 'id').click()
  await expect(drawer(page)).toContainText('after the as-of day of customers whose outcome is known: counts as missing')
  await drawer(page).getByRole('button', { name: 'Change Pulse' }).click()
  await drawer(page).getByLabel('Day it was true of').fill('2020-01-31')
  await drawer(page).getByRole('button', { name: 'Keep' }).click()
  await expect(drawer(page)).toContainText('3 of 31 Jan 2020 is what was known on the as-of day and counts')
  await expect(pulse(page, 0).locator('.uncounted')).toHaveCount(0)
})

test('the engine dies: what was filled in is told to the next one', async ({ page, app }) => {
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
  await addPulse(page)
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await expect(pulse(page, 0)).toHaveText('4')
  await page.evaluate(() => (window as unknown as { engine: Worker }).engine.terminate())
  await expect(page.getByText('The calculation stopped and was started again.')).toBeVisible()
  await page.getByRole('button', { name: 'Pulse', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: /^Pulse/ })).toHaveAttribute('aria-sort', 'descending')
  await expect(pulse(page, 0)).toHaveText('4')
  await expect(pulse(page, 1)).toHaveText('')
})

test('without a column of IDs nothing can be filled in, and the page says what to do', async ({ page, app }) => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 11},${i % 7},${i % 4 === 0 ? 'Yes' : 'No'}`)
  await openSample(page, app.url)
  await page.getByRole('button', { name: 'Healthsheet: all workbooks' }).click()
  await chooseFile(page, { name: 'few.csv', text: `logins,seats,churned\n${rows.join('\n')}\n` })
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByRole('button', { name: 'Add a column' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a column' })).toContainText(
    'Choose the column with the customer ID on the Data sheet.',
  )
})
