import { expect, figures, settled, test } from '../support/app'
import { dragWeight, importFile, metricCell, modelShown, openPage, openSample, saved } from '../support/workbook'

const CUSTOMERS = `customer_id,logins,churned\n${Array.from({ length: 200 }, (_, i) => `C-${i},${(i * 7) % 31},${i % 4 === 0 ? 'Yes' : 'No'}`).join('\n')}\n` // prettier-ignore

test('case 18: the site’s data is cleared while a model is open; what is open stays, and can be saved as a file', async ({
  page,
  app,
}) => {
  await openSample(page, app.url)
  await dragWeight(page, 'NPS', 30)
  await saved(page)
  const before = await figures(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(app.url).origin, storageTypes: 'all' })
  await expect(page.getByText('This site’s data was cleared.')).toBeVisible()
  await expect(page.getByText('Save the model as a file to keep it.')).toBeVisible()
  await dragWeight(page, 'NPS', -20)
  await settled(page)
  expect(Object.keys(await figures(page))).toEqual(Object.keys(before))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  expect((await download).suggestedFilename()).toContain('.healthsheet.json')
})

test('case 19: the browser has removed the databases before a start; the page says so and is no first visit', async ({
  page,
  app,
}) => {
  await openSample(page, app.url)
  await saved(page)
  await page.goto('about:blank')
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(app.url).origin, storageTypes: 'indexeddb' })
  await page.goto(app.url)
  await expect(page.getByRole('alert').filter({ hasText: 'Your browser removed' })).toBeVisible()
  // And the page goes on working.
  await importFile(page, { name: 'crm.csv', text: CUSTOMERS })
  await saved(page)
  await page.reload()
  await modelShown(page)
  await expect(page.getByText('Your browser removed')).toHaveCount(0)
})

test('case 20: a browser that keeps nothing: the page works in memory and says so for as long as it is open', async ({
  page,
  app,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(IDBFactory.prototype, 'open', {
      value: () => {
        throw new DOMException('not allowed', 'SecurityError')
      },
    })
  })
  await openPage(page, app.url)
  const banner = page.getByText('This browser keeps nothing for this page.')
  await expect(banner).toBeVisible()
  await importFile(page, { name: 'crm.csv', text: CUSTOMERS })
  await dragWeight(page, 'Logins', 20)
  await expect(metricCell(page, 'Logins', 'weight')).toBeVisible()
  expect(Object.keys(await figures(page)).length).toBeGreaterThan(3)
  await page.getByRole('link', { name: 'Customers' }).click()
  await expect(page.locator('.customers-grid .ag-row[row-index="0"] [col-id="id"]')).not.toBeEmpty()
  await expect(banner).toBeVisible()
})
