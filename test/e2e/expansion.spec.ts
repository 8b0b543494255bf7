import type { Page } from '@playwright/test'
import { writeModelFile } from '../../src/core/model/file-format'
import { RandomStream } from '../../src/core/random'
import { expect, figure, settled, test } from '../support/app'
import { metric, modelOf } from '../support/model'
import { importFile, metricCell, openPage } from '../support/workbook'

const SCALE = { kind: 'curve', knots: [{ x: 0, points: 0 }, { x: 100, points: 100 }] } as const // prettier-ignore
const PLAN = { kind: 'values', values: [{ value: 'Team', points: 30 }, { value: 'Business', points: 80 }], otherwise: 'missing' } as const // prettier-ignore

const MODEL = modelOf(
  [
    metric('seats_used', { name: 'Seats used', scale: SCALE }),
    metric('logins', { name: 'Logins', scale: SCALE }),
    metric('plan', { name: 'Plan', scale: PLAN, weight: 2 }),
  ],
  {
    name: 'Ready to expand',
    objective: 'expand',
    columns: [
      { name: 'customer_id', type: 'text' },
      { name: 'seats_used', type: 'number' },
      { name: 'logins', type: 'number' },
      { name: 'plan', type: 'category' },
      { name: 'mrr', type: 'number' },
      { name: 'upsold', type: 'boolean' },
    ],
    roles: { id: 'customer_id', revenue: 'mrr', outcome: { column: 'upsold', event: 'Yes', leaveOut: [] } },
  },
)

/** Customers who use what they have the more, the more often they buy more. */
function customers(): string {
  const random = new RandomStream(7, 0)
  const lines = Array.from({ length: 900 }, (_, i) => {
    const ready = random.next()
    const near = (spread: number): number =>
      Math.round(100 * Math.min(1, Math.max(0, ready + spread * (random.next() - 0.5))))
    const upsold = random.next() < 0.05 + 0.5 * ready ** 2
    return `x${i},${near(0.4)},${near(0.8)},${random.next() < ready ? 'Business' : 'Team'},${50 + near(1)},${upsold ? 'Yes' : 'No'}`
  })
  return `customer_id,seats_used,logins,plan,mrr,upsold\n${lines.join('\n')}\n`
}

async function openExpansion(page: Page, url: string): Promise<void> {
  await openPage(page, url)
  await importFile(page, { name: 'accounts.csv', text: customers() })
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'ready.healthsheet.json',
      mimeType: 'application/json',
      buffer: Buffer.from(writeModelFile(MODEL)),
    })
  await page.getByRole('button', { name: 'Use on these customers' }).click()
  await settled(page)
}

async function openBacktest(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Backtest' }).click()
  await expect(page.getByRole('heading', { name: 'Where to draw the line' })).toBeVisible()
}

/** Everything that the page says, hints and labels too, also what is not unfolded. */
async function said(page: Page): Promise<string[]> {
  await settled(page)
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (!parentElement?.closest('script, style')) texts.push(textContent ?? '')
    }
    for (const element of document.querySelectorAll('*'))
      for (const name of ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt'])
        texts.push(element.getAttribute(name) ?? '')
    return texts.map((text) => text.trim()).filter((text) => text !== '')
  })
}

async function speaksOfExpansion(page: Page): Promise<void> {
  const texts = await said(page)
  expect(texts.filter((text) => /expan/i.test(text))).not.toEqual([])
  expect(texts.filter((text) => /churn|retain/i.test(text))).toEqual([])
}

test.beforeEach(async ({ page, app }) => openExpansion(page, app.url))

test('the Model sheet speaks of expansion: figures, chart, table, rules, scales and their hints', async ({
  page,
  problems,
}) => {
  await speaksOfExpansion(page)
  await expect(page.locator('.data-chip')).toContainText('expanded: upsold = Yes')
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('columnheader', { name: 'Unchanged' })).toBeVisible()
  await page.keyboard.press('Alt+r')
  await page.getByRole('button', { name: 'Add rule', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Rules' }).getByRole('columnheader', { name: 'Expanded' })).toBeVisible() // prettier-ignore
  await speaksOfExpansion(page)
  await page.getByRole('button', { name: 'Close the rules (Esc)' }).click()
  await metricCell(page, 'Plan', 'scale').dblclick()
  await expect(page.getByRole('dialog').getByRole('columnheader', { name: 'Expanded' })).toBeVisible()
  await speaksOfExpansion(page)
  expect(problems).toEqual([])
})

test('the Customers sheet lists whom to ask first, and filters by who expanded', async ({ page, problems }) => {
  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByRole('button', { name: /^View:/ }).click()
  await page.getByRole('menuitemradio', { name: 'Highest scores first' }).click()
  const score = page.locator('.customers-grid .ag-row[row-index="0"] [col-id="score"]')
  await expect.poll(async () => Number.parseFloat(await score.innerText())).toBeGreaterThan(90)
  await page.getByRole('button', { name: /^View:/ }).click()
  await speaksOfExpansion(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByLabel('Column', { exact: true }).selectOption({ label: 'Outcome' })
  await page.getByLabel('unchanged').check()
  await speaksOfExpansion(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByText('Outcome is unchanged')).toBeVisible()
  await speaksOfExpansion(page)
  expect(problems).toEqual([])
})

test('the Backtest sheet speaks of expansion, also of what an offer costs and brings', async ({ page, problems }) => {
  await openBacktest(page)
  await speaksOfExpansion(page)
  await page.getByLabel('Cost of one offer').fill('120')
  await page.getByLabel('Share who buy when asked').fill('22')
  await page.getByRole('button', { name: 'Use one amount for all' }).click()
  await page.getByLabel('Value of an expansion').fill('9000')
  await expect(page.getByText('an offer pays when the expansion chance is above')).toBeVisible()
  await page.getByRole('button', { name: 'Suggest weights' }).click()
  await expect(page.getByText(/^On customers they have not seen: AUC/)).toBeVisible()
  await speaksOfExpansion(page)
  await page.getByRole('button', { name: 'Tenths' }).click()
  await speaksOfExpansion(page)
  expect(problems).toEqual([])
})

for (const { figure: name, list, tier, outcome } of [
  { figure: 'all:missedInSafest', list: 'Red expanders', tier: 'At risk', outcome: 'expanded' },
  { figure: 'all:sparedInRiskiest', list: 'Green stayers', tier: 'Healthy', outcome: 'unchanged' },
]) {
  test(`${list} open as a list of as many customers as are counted`, async ({ page, problems }) => {
    await openBacktest(page)
    const count = await figure(page, name)
    expect(count).toBeGreaterThan(0)
    const miss = page.getByRole('listitem').filter({ hasText: list })
    await expect(miss).toContainText(tier)
    await miss.getByRole('button', { name: /^See/ }).click()
    await expect(page.getByRole('button', { name: /^View:/ })).toContainText(list)
    await expect(page.getByText(`Outcome is ${outcome}`)).toBeVisible()
    await expect(page.locator('[data-figure="list:customers"]')).toHaveAttribute('data-value', String(count))
    await expect(page.locator('.customers-grid .ag-row[row-index="0"] [col-id="tier"]')).toHaveText(tier)
    await speaksOfExpansion(page)
    expect(problems).toEqual([])
  })
}
