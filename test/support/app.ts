import { fileURLToPath } from 'node:url'
import { test as base, type Page } from '@playwright/test'
import { serve } from '../tools/serve.mjs'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
export const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))

type Served = Awaited<ReturnType<typeof serve>>

/**
 * A page of the built program from a sub-path of a plain static host. `problems` collects what a user must never
 * cause: errors and warnings of the console, uncaught errors, and violations of the page's policy.
 */
export const test = base.extend<{ app: Served; problems: string[] }>({
  app: async ({}, use) => {
    const served = await serve({ dir: DIST, base: '/some/deep/path/' })
    await use(served)
    await served.close()
  },
  problems: [
    async ({ page }, use) => {
      const problems: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
      })
      page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(
            `policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
          )
        })
      })
      await use(problems)
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'

/** Waits until all is drawn and every figure on screen belongs to the model on screen. */
export async function settled(page: Page): Promise<void> {
  await figures(page)
}

/** Every figure on screen by its name, at full precision, once all is drawn: of one moment, so that none is of the next. */
export async function figures(page: Page): Promise<Record<string, number>> {
  const found = await page.waitForFunction(() => {
    const { busy, drawing } = document.documentElement.dataset
    const isLoading = document.querySelector('main[aria-busy="true"]') !== null
    if (busy !== 'false' || drawing !== undefined || isLoading) return undefined
    return [...document.querySelectorAll<HTMLElement>('[data-figure][data-value]')].map(
      ({ dataset }): [string, number] => [dataset['figure']!, Number(dataset['value'])],
    )
  })
  return Object.fromEntries((await found.jsonValue())!)
}

/** The full-precision value of a figure on screen. */
export async function figure(page: Page, name: string): Promise<number> {
  const text = await page.locator(`[data-figure="${name}"]`).first().getAttribute('data-value')
  return Number(text)
}
