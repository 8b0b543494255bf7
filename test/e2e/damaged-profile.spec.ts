import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { expect, figures, test } from '../support/app'
import { importFile, modelShown, openPage, saved } from '../support/workbook'

/** Customers of whom some chunks are full. */
function customers(rows: number, times: number): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `C-${i * times},${(i * times) % 50},${(i * 7.13).toFixed(2)},${i % (times + 2) === 0 ? 'Yes' : 'No'}`,
  )
  return `customer_id,logins,mrr,churned\n${lines.join('\n')}\n`
}

/** Files in which the browser keeps the rows of data sets: those of the origin's private file system, by their numbers. */
function rowFiles(profile: string): string[] {
  return readdirSync(join(profile, 'Default/File System'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\d{8}$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

async function withProfile<Answer>(profile: string, work: (page: Page) => Promise<Answer>): Promise<Answer> {
  const context = await chromium.launchPersistentContext(profile, launchOptions())
  const answer = await work(await context.newPage())
  await context.close()
  return answer
}

for (const how of ['truncated', 'deleted'] as const) {
  test(`case 15: a file of the browser is ${how}: the data is said to be damaged, the model is fine, other data sets work`, async ({
    app,
  }) => {
    test.slow()
    const profile = mkdtempSync(join(tmpdir(), 'healthsheet-'))
    const before = await withProfile(profile, async (page) => {
      await openPage(page, app.url)
      await importFile(page, { name: 'fine.csv', text: customers(100_000, 1) })
      await saved(page)
      return figures(page)
    })
    const ofFine = new Set(rowFiles(profile))
    expect(ofFine.size).toBeGreaterThan(0)
    await withProfile(profile, async (page) => {
      await page.goto(app.url)
      await modelShown(page)
      await page.getByRole('button', { name: 'Healthsheet: all workbooks' }).click()
      await importFile(page, { name: 'crm.csv', text: customers(100_000, 3) })
      await saved(page)
    })
    const ofCrm = rowFiles(profile).filter((file) => !ofFine.has(file))
    expect(ofCrm.length).toBeGreaterThan(0)
    for (const file of ofCrm) {
      if (how === 'deleted') rmSync(file)
      else truncateSync(file, 1000)
    }

    await withProfile(profile, async (page) => {
      await page.goto(app.url)
      const notice = page.getByRole('alert').filter({ hasText: 'Damaged data.' })
      await expect(notice).toContainText('Part of the data of crm.csv in this browser is damaged.')
      await expect(notice).toContainText('The model is fine. Read the file again.')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save model' }).click()
      const model = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { metrics: unknown[] }
      expect(model.metrics.length).toBe(2)
      await page.getByRole('button', { name: 'Healthsheet: all workbooks' }).click()
      await page.getByRole('button', { name: /^fine health/ }).click()
      await modelShown(page)
      expect(await figures(page)).toEqual(before)
    })
    rmSync(profile, { recursive: true, force: true })
  })
}
