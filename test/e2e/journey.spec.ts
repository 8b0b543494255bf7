import { expect, figure, settled, test } from '../support/app'
import { dragWeight, metricCell, openSample, saved } from '../support/workbook'

test('sample data: a drag changes the AUC, undo gives it back, and a reload finds it all', async ({
  page,
  app,
  problems,
}) => {
  await openSample(page, app.url)
  const before = await figure(page, 'training:auc')
  expect(before).toBeGreaterThan(0.75)
  await expect(page.getByText('of 3,521 training customers')).toBeVisible()

  await dragWeight(page, 'Seats in use %', 60)
  const weight = await metricCell(page, 'Seats in use %', 'weight').innerText()
  expect(Number(weight)).toBeGreaterThan(20)
  const dragged = await figure(page, 'training:auc')
  expect(dragged).not.toBe(before)
  await expect(page.locator('[data-last-edit]')).toContainText(`weight of Seats in use % 10 → ${weight}`)
  await expect(page.locator('[data-last-edit]')).toContainText(/[\d,]+ changed tier/)

  await page.keyboard.press('Control+z')
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(before)
  await page.keyboard.press('Control+y')
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(dragged)

  await saved(page)
  await page.reload()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(dragged)
  await expect(metricCell(page, 'Seats in use %', 'weight')).toHaveText(weight)
  await page.getByRole('button', { name: /^Undo: weight of Seats in use %/ }).click()
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(before)
  expect(problems).toEqual([])
})

test('a weight is typed, dragged and nudged; what cannot be a weight says why and is not kept', async ({
  page,
  app,
  problems,
}) => {
  await openSample(page, app.url)
  const cell = metricCell(page, 'NPS', 'weight')
  await cell.click()
  await page.keyboard.type('33')
  await settled(page)
  const typed = await figure(page, 'training:auc')
  await page.keyboard.press('Escape')
  await settled(page)
  expect(await figure(page, 'training:auc')).not.toBe(typed)
  await expect(cell).toHaveText('10')

  await page.keyboard.type('1,5')
  await expect(page.getByRole('alert')).toHaveText('Use a point: 1.5')
  await page.keyboard.press('Escape')
  for (const [text, why] of [
    ['-1', 'A weight is from 0 to 100'],
    ['1e308', 'A weight is from 0 to 100'],
    ['NaN', '“NaN” is not a number'],
    ['1e-320', 'At most two decimals'],
  ] as const) {
    await cell.click()
    await page.keyboard.type(text)
    await expect(page.getByRole('alert')).toHaveText(why)
    await page.keyboard.press('Escape')
  }
  await cell.click()
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect(cell).toHaveText('16')
  expect(problems).toEqual([])
})

test('cells are copied, pasted as a block and taken back as one step; a bad block changes nothing', async ({
  page,
  app,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openSample(page, app.url)
  await metricCell(page, 'NPS', 'weight').click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('10\n5')

  await page.evaluate(() => navigator.clipboard.writeText('40\n20'))
  await page.keyboard.press('Control+v')
  await expect(metricCell(page, 'NPS', 'weight')).toHaveText('40')
  await expect(metricCell(page, 'CSAT 90d', 'weight')).toHaveText('20')
  await page.keyboard.press('Control+z')
  await expect(metricCell(page, 'NPS', 'weight')).toHaveText('10')
  await expect(metricCell(page, 'CSAT 90d', 'weight')).toHaveText('5')

  await page.evaluate(() => navigator.clipboard.writeText('40\nInfinity'))
  await page.keyboard.press('Control+v')
  await expect(page.getByText(/Nothing was pasted: 1 of 2 values cannot stand there\. CSAT 90d/)).toBeVisible()
  await expect(metricCell(page, 'NPS', 'weight')).toHaveText('10')
})

test('all weights at zero: nobody is scored, and the page says what to do', async ({ page, app, problems }) => {
  await openSample(page, app.url)
  for (const row of await page.locator('[data-category] [col-id="weight"]').all()) {
    await row.click()
    await page.keyboard.type('0')
    await page.keyboard.press('Enter')
  }
  const why = 'No metric has a weight, so nobody is scored. Give at least one metric a weight.'
  await expect(page.getByRole('region', { name: 'Checks' })).toContainText(why)
  await settled(page)
  const results = page.getByRole('region', { name: 'Live results' })
  await expect(results).toContainText(why)
  await expect(results).toContainText(/5,000 customers not\s+scored\./)
  expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity|undefined/)

  await page.getByRole('link', { name: 'Backtest' }).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(
    'None of the held-out customers is scored, so nothing can be tested',
  )
  await expect(page.locator('[data-verdict]')).toContainText(why)
  await expect(page.getByRole('region', { name: 'What hangs on each weight' })).toContainText(why)
  expect(await page.getByRole('main').innerText()).not.toMatch(/NaN|Infinity|∞|undefined/)

  await page.getByRole('link', { name: 'Customers' }).click()
  await page.locator('.customers-grid .ag-row[row-index="0"] [col-id="id"]').click()
  await expect(page.getByRole('complementary', { name: /^Customer/ })).toContainText(why)
  await page.getByRole('link', { name: 'Model' }).click()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('No metric has a weight')).toHaveCount(0)
  expect(problems).toEqual([])
})

test('a cut is typed, moved by keys and dragged, and cannot cross its neighbour', async ({ page, app, problems }) => {
  await openSample(page, app.url)
  const cut = page.getByRole('slider', { name: 'Cut between At risk and Watch' })
  const atRisk = await figure(page, 'all:tier:0:customers')
  await cut.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await settled(page)
  await expect(cut).toHaveAttribute('aria-valuenow', '46')
  expect(await figure(page, 'all:tier:0:customers')).toBeGreaterThan(atRisk)
  await expect(page.getByText('If you act below 46')).toBeVisible()

  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('From 0.01 to 70.99: cuts cannot cross')
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await expect(cut).toHaveAttribute('aria-valuenow', '70.99')

  const box = (await cut.boundingBox())!
  await page.mouse.move(box.x + 15, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x - 60, box.y + 8, { steps: 5 })
  await page.mouse.up()
  await settled(page)
  expect(Number(await cut.getAttribute('aria-valuenow'))).toBeLessThan(55)
  expect(problems).toEqual([])
})
