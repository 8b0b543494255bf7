// @ts-check
/** Takes the pictures of the README from the running page: node screenshots.mjs [--out test/screenshots] */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { launchOptions } from './browser.mjs'
import { serve } from './serve.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'test/screenshots') } } })
mkdirSync(values.out, { recursive: true })

const served = await serve({ dir: join(root, 'dist'), base: '/' })
const browser = await chromium.launch(launchOptions())

/** @param {import('@playwright/test').Page} page */
async function settled(page) {
  await page.getByRole('treegrid').waitFor()
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false')
  await page.locator('[data-save="saved"]').waitFor()
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [width, height] of /** @type {const} */ ([
    [1440, 900],
    [1024, 768],
  ])) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme })
    const page = await context.newPage()
    const shoot = (/** @type {string} */ name) =>
      page.screenshot({ path: join(values.out, `${name}-${width}-${colorScheme}.png`) })
    await page.goto(served.url)
    const sample = page.getByRole('button', { name: 'Try with sample data' })
    await sample.waitFor()
    await page.waitForFunction(() => document.querySelector('main button:not([disabled])') !== null)
    await shoot('start')
    await sample.click()
    await settled(page)
    await shoot('model')
    await page.getByRole('link', { name: 'Data' }).click()
    await page.getByText('What is what in').waitFor()
    await shoot('data')
    await context.close()
  }
}
await browser.close()
await served.close()
console.log(`pictures are in ${values.out}`)
