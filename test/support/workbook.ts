import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page, Worker } from '@playwright/test'
import { expect, settled, SHARED } from './app'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Real data that a fresh machine does not have. A test that needs it says that it was left out. */
export const TELCO = `${SHARED}/data/telco/Telco-Customer-Churn.csv`
export const hasShared = existsSync(SHARED)
export const LEFT_OUT = 'left out: ../shared, which holds the real data, is not here'

/** Opens the page and waits until it can take a file. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled()
}

/** Opens the sample and waits for its first figures. */
export async function openSample(page: Page, url: string): Promise<void> {
  await openPage(page, url)
  await page.getByRole('button', { name: 'Try with sample data' }).click()
  await modelShown(page)
}

export async function modelShown(page: Page): Promise<void> {
  await expect(page.getByRole('treegrid')).toBeVisible()
  await settled(page)
}

/** Chooses a file on the first page and goes on to its model. */
export async function importFile(page: Page, file: string | { name: string; text: string }): Promise<void> {
  await chooseFile(page, file)
  await expect(page.getByText('What is what in')).toBeVisible()
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
}

export async function chooseFile(page: Page, file: string | { name: string; text: string }): Promise<void> {
  const chosen =
    typeof file === 'string' ? file : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) }
  await page.locator('input[type=file]').first().setInputFiles(chosen)
}

/** A cell of a metric in the model grid. */
export function metricCell(page: Page, metric: string, column: string): Locator {
  return page.locator(`[data-metric="${metric}"] [col-id="${column}"]`)
}

/** Drags the bar of a metric's weight by so many pixels, in steps of the mouse. */
export async function dragWeight(page: Page, metric: string, pixels: number): Promise<void> {
  const box = (await metricCell(page, metric, 'weight').boundingBox())!
  const [x, y] = [box.x + 20, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const steps = 12
  for (let step = 1; step <= steps; step++) await page.mouse.move(x + (pixels * step) / steps, y)
  await page.mouse.up()
  await settled(page)
}

/** What the command line answers to the same question. */
export function headless(...input: string[]): Record<string, unknown> {
  const answer = execFileSync('npm', ['run', '-s', 'headless', '--', ...input], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return JSON.parse(answer) as Record<string, unknown>
}

/** Waits until the browser has written everything. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('[data-save="saved"]')).toBeVisible()
}

/** The page's threads of a kind, engine or reader, which run the same script: they go by their names. */
export async function threadsNamed(page: Page, kind: 'engine' | 'reader'): Promise<Worker[]> {
  const workers = page.workers()
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name).catch(() => '')))
  return workers.filter((_, i) => names[i]!.startsWith(`${kind} `))
}
