import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/app'
import { workbookFile } from '../support/workbook-file'
import { chooseFile, metricCell, openPage, openSample } from '../support/workbook'

async function violations(page: Page, part = 'html'): Promise<unknown[]> {
  const found = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return found.violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ target, failureSummary }) => [target, failureSummary]),
  ])
}

// The longest file by far: its tests share nothing, so both workers may take them.
test.describe.configure({ mode: 'parallel' })
test.slow()

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('the first page', async ({ page, app }) => {
      await openPage(page, app.url)
      expect(await violations(page)).toEqual([])
    })

    test('the Data sheet', async ({ page, app }) => {
      await openPage(page, app.url)
      await chooseFile(page, { name: 'few.csv', text: 'id,seats,plan,churned\n1,3,A,Yes\n2,x,B,No\n3,,A\n4,7,B,No\n' })
      await expect(page.getByText('What is what in few.csv')).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    test('the Data sheet with files that are joined, and with a workbook', async ({ page, app }) => {
      await openPage(page, app.url)
      const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
      const input = page.locator('input[type=file]').first()
      await input.setInputFiles([
        file('customers.csv', 'customer_id,plan\nA,x\nB,y\nC,x\n'),
        file('logins.csv', 'customer_id,day,n\nA,2026-01-01,1\nA,2026-01-02,2\nB,2026-01-05,3\nZ,2026-01-05,3\n'),
      ])
      await expect(page.getByRole('region', { name: 'Join into one row per customer' })).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'New column from logins.csv' }).click()
      await page.getByLabel('Only where').fill('[m] > 1')
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      const rows = [['id', 'n'], ['a', 1], ['b', 2]] // prettier-ignore
      const buffer = Buffer.from(workbookFile([{ name: 'One', rows }, { name: 'Two', rows, hidden: true }])) // prettier-ignore
      await input.setInputFiles({ name: 'crm.xlsx', mimeType: '', buffer })
      await page.getByRole('complementary', { name: 'Files' }).getByRole('button', { name: 'Change' }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
    })

    test('columns filled in by hand', async ({ page, app }) => {
      await openSample(page, app.url)
      await page.getByRole('link', { name: 'Customers' }).click()
      const mood = page.locator('.customers-grid .ag-row[row-index="0"] [col-id="source:Mood"]')
      await page.getByRole('button', { name: 'Add a column' }).click()
      await page.getByLabel('Least', { exact: true }).fill('x')
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.getByRole('button', { name: 'Choice' }).click()
      await page.getByLabel('Name', { exact: true }).fill('Mood')
      await page.getByLabel(/^Choices/).fill('Bad\nGood')
      await page.getByLabel('Counts for so many days').fill('30')
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.getByRole('button', { name: 'Add column', exact: true }).click()
      await expect(mood).toBeFocused()
      await page.keyboard.type('x')
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.type('g')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /^Mood: change/ }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.getByRole('menuitem', { name: /^Paste by ID/ }).click()
      await page.getByLabel('IDs and values').fill('HS-000001,Good\nnobody,Bad\nHS-000002,x')
      await expect(page.getByText('1 customer found')).toBeVisible()
      expect(await violations(page, 'dialog')).toEqual([])
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.locator('.customers-grid .ag-row[row-index="0"] [col-id="id"]').click()
      await page.getByRole('button', { name: 'Change Mood' }).click()
      expect(await violations(page)).toEqual([])
    })

    test('the Model sheet, its editors and its dialogs', async ({ page, app }) => {
      await openSample(page, app.url)
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: 'Show as table' }).click()
      await metricCell(page, 'Last contact', 'scale').dblclick()
      await expect(page.getByRole('dialog', { name: 'Scale of Last contact' })).toBeVisible()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      await metricCell(page, 'Plan', 'scale').dblclick()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      await metricCell(page, 'Plan', 'importance').dblclick()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Add metric' }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.press('Alt+r')
      await page.getByRole('button', { name: 'Add rule', exact: true }).click()
      await page.getByRole('textbox', { name: 'When: condition of Rule 1' }).fill('=[nothing]')
      expect(await violations(page, '.dock')).toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+/')
      await expect(page.getByRole('dialog', { name: 'Help and shortcuts' })).toBeVisible()
      expect(await violations(page, 'dialog')).toEqual([])
    })

    test('the Customers sheet, its lists and its drawer', async ({ page, app }) => {
      await openSample(page, app.url)
      await page.getByRole('link', { name: 'Customers' }).click()
      await expect(page.locator('.customers-grid [row-id="0"] [col-id="score"]')).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.locator('.customers-grid [row-id="0"] [col-id="id"]').click()
      await page.getByRole('button', { name: 'Override this score' }).click()
      expect(await violations(page)).toEqual([])
      for (const name of ['Add filter', 'Choose columns']) {
        await page.getByRole('button', { name }).click()
        expect(await violations(page, '[popover]:popover-open')).toEqual([])
        await page.keyboard.press('Escape')
      }
      await page.getByRole('button', { name: /^View:|All customers/ }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
    })

    test('the Backtest sheet, its tables, menus and inputs', async ({ page, app }) => {
      await openSample(page, app.url)
      await page.getByRole('link', { name: 'Backtest' }).click()
      await expect(page.getByRole('heading', { name: 'Where to draw the line' })).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.getByLabel('Cost of one outreach').fill('120')
      await page.getByLabel('Save rate of those reached').fill('22')
      await page.getByRole('button', { name: 'Every cut 0–100' }).click()
      await page.getByRole('button', { name: 'ROC curve: more' }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.getByRole('menuitem', { name: 'Show as table' }).click()
      await page.getByRole('button', { name: 'What we can call' }).click()
      await page.getByLabel('How many customers my team can call').fill('many')
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: /^Split/ }).click()
      expect(await violations(page, '[popover]:popover-open')).toEqual([])
      await page.keyboard.press('Escape')
      await page.setViewportSize({ width: 1024, height: 768 })
      expect(await violations(page)).toEqual([])
    })

    test('the Model sheet at 1024', async ({ page, app }) => {
      await page.setViewportSize({ width: 1024, height: 768 })
      await openSample(page, app.url)
      expect(await violations(page)).toEqual([])
    })
  })
}
