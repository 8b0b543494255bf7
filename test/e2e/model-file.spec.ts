import { readFileSync } from 'node:fs'
import { expect, figures, settled, test } from '../support/app'
import { dragWeight, openPage, openSample, saved } from '../support/workbook'

test('a saved model, opened after the site was cleared, gives the same scores', async ({
  page,
  app,
  problems,
}, info) => {
  await openSample(page, app.url)
  await dragWeight(page, 'NPS', 40)
  const before = await figures(page)
  const path = info.outputPath('sample.healthsheet.json')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save model' }).click()
  await (await download).saveAs(path)
  const scores = await downloadScores(page)

  await saved(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(app.url).origin, storageTypes: 'all' })
  await page.goto('about:blank')
  await openPage(page, app.url)
  await expect(page.getByRole('region', { name: 'Recent models' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Try with sample data' }).click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await settled(page)
  expect(await figures(page)).not.toEqual(before)

  await page.locator('input[type=file]').first().setInputFiles(path)
  await page.getByRole('button', { name: 'Use on these customers' }).click()
  await settled(page)
  expect(await figures(page)).toEqual(before)
  expect(await downloadScores(page)).toBe(scores)
  expect(problems).toEqual([])

  async function downloadScores(from: typeof page): Promise<string> {
    await from.getByRole('button', { name: 'Download scores' }).click()
    const file = from.waitForEvent('download')
    await from.getByRole('menuitem', { name: /history/ }).click()
    return readFileSync(await (await file).path(), 'utf8')
  }
})

test('scores are one row a customer: ID, name, score, tier, coverage', async ({ page, app }) => {
  await openSample(page, app.url)
  await page.getByRole('button', { name: 'Download scores' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /today’s customers/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('Sample B2B SaaS health scores.csv')
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines[0]).toBe('Customer ID,Customer,Health score,Tier,Coverage')
  expect(lines).toHaveLength(4592)
  for (const line of lines.slice(1))
    expect(line).toMatch(/^HS-\d{6},.+,(\d+(\.\d+)?)?,(Healthy|Watch|At risk|Not enough data),[01](\.\d+)?$/)
})

for (const [what, text, why] of [
  [
    'from a newer version',
    '{"format":"healthsheet-model","version":9}',
    /newer version \(format 9; this page reads up to 1\)/,
  ],
  ['cut off', '{"format":"healthsheet-model","version":1,"name":', /could not be opened/],
  ['of another program', '{"name":"x"}', /no Healthsheet model/],
] as const) {
  test(`a model file ${what} is refused, and the open model stays as it is`, async ({ page, app }) => {
    await openSample(page, app.url)
    const before = await figures(page)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'other.healthsheet.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(page.getByRole('alert')).toContainText(why)
    await expect(page.getByRole('alert')).toContainText('Your model is unchanged.')
    expect(await figures(page)).toEqual(before)
    await page.getByRole('button', { name: 'Close this notice' }).click()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}
