import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/app'
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

    test('the Model sheet at 1024', async ({ page, app }) => {
      await page.setViewportSize({ width: 1024, height: 768 })
      await openSample(page, app.url)
      expect(await violations(page)).toEqual([])
    })
  })
}
