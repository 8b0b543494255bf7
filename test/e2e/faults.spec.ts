import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page, type Worker as Thread } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { expect, figures, settled, test } from '../support/app'
import {
  chooseFile,
  dragWeight,
  importFile,
  metricCell,
  modelShown,
  openPage,
  openSample,
  saved,
  threadsNamed,
} from '../support/workbook'

declare global {
  interface Window {
    engines?: Worker[]
  }
}

/** Keeps hold of the engine's thread, so that a test can end it as a crash would. */
async function holdEngine(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.engines = []
    const { Worker: Original } = window
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        window.engines?.push(this)
      }
    }
  })
}

/** A file of many customers, a quarter of whom churned; large enough that reading it takes seconds. */
function bigFile(rows: number): { name: string; text: string } {
  const lines = Array.from(
    { length: rows },
    (_, i) => `C-${i},${i % 50},${(i * 7.13).toFixed(2)},text ${i},${i % 4 === 0 ? 'Yes' : 'No'}`,
  )
  return { name: 'big.csv', text: `customer_id,logins,mrr,note,churned\n${lines.join('\n')}\n` }
}

async function dataKept(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((answer) => {
        const request = indexedDB.open('healthsheet-data')
        request.onsuccess = () => {
          const count = request.result.transaction('manifests').objectStore('manifests').count()
          count.onsuccess = () => {
            request.result.close()
            answer(count.result)
          }
        }
      }),
  )
}

test('case 1: the engine dies during an import; what was open is unchanged and the file can be tried again', async ({
  page,
  app,
}) => {
  await holdEngine(page)
  await openSample(page, app.url)
  const before = await figures(page)
  await saved(page)
  await chooseFile(page, bigFile(400_000))
  await expect(page.getByRole('status').filter({ hasText: /^[1-9][\d,]* rows/ })).toBeVisible()
  await page.evaluate(() => window.engines!.at(-1)!.terminate())
  await expect(page.getByRole('alert').filter({ hasText: 'Import stopped at row' })).toContainText(
    /Import stopped at row [\d,]+\. Your previous data is\s+unchanged\./,
  )
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('What is what in big.csv')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Model' }).click()
  expect(await figures(page)).toEqual(before)
  await page.reload()
  await modelShown(page)
  expect(await figures(page)).toEqual(before)
  expect(await dataKept(page)).toBe(2)
})

test('the engine dies while a model is edited: it starts again and the figures are those of the model', async ({
  page,
  app,
}) => {
  await holdEngine(page)
  await openSample(page, app.url)
  await dragWeight(page, 'NPS', 30)
  const before = await figures(page)
  await page.evaluate(() => window.engines!.at(-1)!.terminate())
  await expect(page.getByText('The calculation stopped and was started again.')).toBeVisible()
  await settled(page)
  await expect(page.locator('[data-figure="training:auc"]')).toBeVisible()
  expect(await figures(page)).toEqual(before)
})

/** A page of a browser with a profile on the disk: a private window does not hold to a quota. */
async function withQuota(
  url: string,
  work: (
    page: Page,
    setQuota: (quotaSize: number | 'none') => Promise<void>,
    usage: () => Promise<number>,
  ) => Promise<void>,
): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'healthsheet-'))
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions(), acceptDownloads: true })
  try {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    const { origin } = new URL(url)
    await work(
      page,
      async (quotaSize) => {
        await cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== 'none' && { quotaSize }) })
      },
      async () => (await cdp.send('Storage.getUsageAndQuota', { origin })).usage,
    )
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** The browser remembers for half a minute how much room a page has, unless the page is closed. */
async function reopenedWith(page: Page, url: string, setQuota: () => Promise<void>): Promise<void> {
  await page.goto('about:blank')
  await setQuota()
  await page.waitForTimeout(4000)
  await page.goto(url)
  await modelShown(page)
}

test('case 4: no room for the data: the import fails in words, nothing is replaced, and a model edit still saves', async ({
  app,
}) => {
  await withQuota(app.url, async (page, setQuota, usage) => {
    await openSample(page, app.url)
    const before = await figures(page)
    await saved(page)
    await reopenedWith(page, app.url, () => usage().then((used) => setQuota(used + 1_000_000)))
    await chooseFile(page, bigFile(600_000))
    await expect(page.getByRole('alert').filter({ hasText: 'no room' })).toContainText(
      /This browser has no room for big\.csv: it needs about [\d.,]+ MB\. Your previous data is kept\./,
    )
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('link', { name: 'Model' }).click()
    expect(await figures(page)).toEqual(before)
    await dragWeight(page, 'NPS', 30)
    await saved(page)
    expect(await dataKept(page)).toBe(2)
  })
})

test('case 5: no room for the model: the page says so, keeps the edits, and saves when there is room again', async ({
  app,
}) => {
  await withQuota(app.url, async (page, setQuota) => {
    await openSample(page, app.url)
    await saved(page)
    await reopenedWith(page, app.url, () => setQuota(1))
    await dragWeight(page, 'NPS', 30)
    const weight = await metricCell(page, 'NPS', 'weight').innerText()
    await expect(page.getByRole('alert')).toContainText('Not saved: this browser has no space left.')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save model file' }).click()
    expect((await download).suggestedFilename()).toContain('.healthsheet.json')
    await setQuota('none')
    await expect(page.locator('[data-save="saved"]')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await page.reload()
    await modelShown(page)
    await expect(metricCell(page, 'NPS', 'weight')).toHaveText(weight)
  })
})

test('case 6: the tab is closed during an import; the next start finds the old data and says what happened', async ({
  page,
  app,
  context,
}) => {
  await openSample(page, app.url)
  const before = await figures(page)
  await saved(page)
  await chooseFile(page, bigFile(400_000))
  await expect(page.getByRole('status').filter({ hasText: /^[1-9][\d,]* rows/ })).toBeVisible()
  await page.close()
  const next = await context.newPage()
  await next.goto(app.url)
  await expect(next.getByText('The last import of big.csv did not finish.')).toBeVisible()
  await modelShown(next)
  expect(await figures(next)).toEqual(before)
  expect(await dataKept(next)).toBe(2)
})

test('a cancelled import leaves everything as it was', async ({ page, app }) => {
  await openSample(page, app.url)
  const before = await figures(page)
  await chooseFile(page, bigFile(400_000))
  await page.getByRole('button', { name: 'Cancel' }).first().click()
  await expect(page.getByText(/Reading stopped after [\d,]+ rows?\. Your previous data is unchanged\./)).toBeVisible()
  await page.getByRole('link', { name: 'Model' }).click()
  expect(await figures(page)).toEqual(before)
  await expect.poll(() => dataKept(page)).toBe(2)
})

test('case 8: a second tab looks on until it takes over, and then the first looks on; no edit is lost', async ({
  page,
  app,
  context,
}) => {
  await openSample(page, app.url)
  await dragWeight(page, 'NPS', 30)
  const weight = await metricCell(page, 'NPS', 'weight').innerText()
  await saved(page)
  const second = await context.newPage()
  await second.goto(app.url)
  await modelShown(second)
  await expect(second.getByText('Another tab has this workbook open.')).toBeVisible()
  await metricCell(second, 'NPS', 'weight').click()
  await second.keyboard.press('Alt+ArrowUp')
  await expect(metricCell(second, 'NPS', 'weight')).toHaveText(weight)

  await metricCell(page, 'NPS', 'weight').click()
  await page.keyboard.press('Alt+ArrowUp')
  const nudged = String(Number(weight) + 1)
  await second.getByRole('button', { name: 'Edit here instead' }).click()
  await expect(second.getByText('Another tab has this workbook open.')).toHaveCount(0)
  await expect(metricCell(second, 'NPS', 'weight')).toHaveText(nudged)
  await expect(page.getByText('Another tab has this workbook open.')).toBeVisible()
  await metricCell(second, 'NPS', 'weight').click()
  await second.keyboard.press('Alt+ArrowUp')
  await expect(metricCell(second, 'NPS', 'weight')).toHaveText(String(Number(nudged) + 1))
  await metricCell(page, 'NPS', 'weight').click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(metricCell(page, 'NPS', 'weight')).toHaveText(nudged)
})

for (const [what, churned, words] of [
  ['nobody churned', () => 'No', /No training customer churned|accuracy cannot be measured/],
  ['everybody churned', () => 'Yes', /Every training customer churned|accuracy cannot be measured/],
  ['one churned', (i: number) => (i === 7 ? 'Yes' : 'No'), /too few to tell|accuracy cannot be measured/],
] as const) {
  test(`case 36: ${what}: the reason stands where the figure would, and nothing is NaN`, async ({
    page,
    app,
    problems,
  }) => {
    await openPage(page, app.url)
    const lines = Array.from({ length: 200 }, (_, i) => `C-${i},${(i * 7) % 31},${i % 5},${churned(i)}`)
    await importFile(page, { name: 'few.csv', text: `customer_id,logins,tickets,churned\n${lines.join('\n')}\n` })
    await expect(page.getByText(words).first()).toBeVisible()
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity|undefined/)
    expect(problems).toEqual([])
  })
}

test('case 36: three values in the outcome: which one means churned is asked, and the others can be left out', async ({
  page,
  app,
}) => {
  await openPage(page, app.url)
  const lines = Array.from(
    { length: 300 },
    (_, i) => `C-${i},${(i * 7) % 31},${['Active', 'Cancelled', 'Paused'][i % 3]}`,
  )
  await chooseFile(page, { name: 'three.csv', text: `customer_id,logins,status\n${lines.join('\n')}\n` })
  await page.getByLabel('Who churned').selectOption('status')
  await page.getByRole('button', { name: /Cancelled/ }).click()
  await expect(page.getByText('33% churned', { exact: true })).toBeVisible()
  await page.getByLabel('Paused').uncheck()
  await expect(page.getByText('left out of the test')).toBeVisible()
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
})

/** The engine's thread, as the browser lets a debugger reach it. */
async function engineOf(page: Page) {
  await expect.poll(() => threadsNamed(page, 'engine').then(({ length }) => length)).toBeGreaterThan(0)
  return (await threadsNamed(page, 'engine')).at(-1)!
}

/** As soon as the engine passes on how far a file has been read, it takes memory until there is no more. */
async function fillMemoryWhenReading(engine: Thread): Promise<void> {
  await engine.evaluate(() => {
    const post = Reflect.get(MessagePort.prototype, 'postMessage')
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, transfer: unknown) {
      Reflect.apply(post, this, [message, transfer])
      if (!JSON.stringify(message).includes('"totalBytes"')) return
      const kept: unknown[] = []
      for (;;) kept.push(Array.from({ length: 1e6 }, (_, i) => ({ i })))
    }
  })
}

test('case 2: an import runs out of memory and takes the tab with it; the next start finds everything and says so', async ({
  app,
}) => {
  test.slow()
  const options = launchOptions()
  // So little that the tab is soon out of it.
  const browser = await chromium.launch({ ...options, args: [...options.args, '--js-flags=--max-old-space-size=224'] })
  const context = await browser.newContext()
  const page = await context.newPage()
  await openSample(page, app.url)
  const before = await figures(page)
  await saved(page)
  const crashed = page.waitForEvent('crash', { timeout: 120_000 })
  await fillMemoryWhenReading(await engineOf(page))
  await chooseFile(page, bigFile(100_000))
  await crashed
  const next = await context.newPage()
  await next.goto(app.url)
  await expect(next.getByText('The last import of big.csv ran out of memory.')).toBeVisible()
  await modelShown(next)
  expect(await figures(next)).toEqual(before)
  expect(await dataKept(next)).toBe(2)
  await browser.close()
})

test('case 3: the engine hangs; the model can be edited meanwhile, and Stop starts it again', async ({ page, app }) => {
  test.slow()
  await openSample(page, app.url)
  const engine = await engineOf(page)
  engine
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  await metricCell(page, 'NPS', 'weight').click()
  await page.keyboard.type('33')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Still working …')).toBeVisible()
  await metricCell(page, 'CSAT 90d', 'weight').click()
  await page.keyboard.type('7')
  await page.keyboard.press('Enter')
  await expect(metricCell(page, 'CSAT 90d', 'weight')).toHaveText('7')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('The calculation stopped and was started again.')).toBeVisible()
  await settled(page)
  await expect(page.locator('[data-late]')).toHaveCount(0)
  const stopped = await figures(page)
  await saved(page)
  await page.reload()
  await modelShown(page)
  expect(await figures(page)).toEqual(stopped)
  await expect(metricCell(page, 'NPS', 'weight')).toHaveText('33')
})

test('case 9: the tab that edits crashes; another takes over', async ({ page, app, context }) => {
  await openSample(page, app.url)
  await saved(page)
  const second = await context.newPage()
  await second.goto(app.url)
  await expect(second.getByText('Another tab has this workbook open.')).toBeVisible()
  const crashed = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await second.getByRole('button', { name: 'Edit here instead' }).click()
  await expect(second.getByText('Another tab has this workbook open.')).toHaveCount(0)
  await modelShown(second)
  await metricCell(second, 'NPS', 'weight').click()
  await second.keyboard.type('21')
  await second.keyboard.press('Enter')
  await saved(second)
})

test('case 27: of a file of 10,000 columns only those in view are drawn, and its picker is searchable', async ({
  page,
  app,
}) => {
  test.slow()
  await openPage(page, app.url)
  const names = ['id', ...Array.from({ length: 9_998 }, (_, i) => `metric ${i}`), 'churned']
  const lines = Array.from({ length: 40 }, (_, row) => names.map((_name, i) => (i === 0 ? `C${row}` : i === names.length - 1 ? (row % 3 ? 'No' : 'Yes') : (row * i) % 97)).join(',')) // prettier-ignore
  await chooseFile(page, { name: 'wide.csv', text: `${names.join(',')}\n${lines.join('\n')}\n` })
  await expect(page.getByText('What is what in wide.csv')).toBeVisible()
  await expect(page.getByText('40 rows, 10,000 columns')).toBeVisible()
  // What freezes a page are thousands of elements; they can be counted on any machine.
  expect(await page.locator('*').count()).toBeLessThan(4_000)
  await page.getByPlaceholder('Find a column').fill('metric 9876')
  await expect(page.getByRole('button', { name: /Type of metric 9876/ })).toBeVisible()
  await page.getByLabel('Customer ID').click()
  await page.getByRole('combobox', { name: /^Find/ }).fill('metric 777')
  expect(await page.getByRole('option').count()).toBeLessThan(200)
  await page.getByRole('option', { name: 'metric 777', exact: true }).click()
  await expect(page.getByLabel('Customer ID')).toHaveText('metric 777')
})

test.describe('case 38: the clock', () => {
  for (const timezoneId of ['Pacific/Auckland', 'America/St_Johns', 'UTC']) {
    test.describe(timezoneId, () => {
      test.use({ timezoneId })

      test('may run backwards or be in 2039: what is newer stays newer, and no time is negative', async ({
        page,
        app,
      }) => {
        await page.clock.install({ time: new Date('2039-03-27T00:59:00Z') })
        await openSample(page, app.url)
        await saved(page)
        await page.clock.setSystemTime(new Date('2001-10-28T02:30:00Z'))
        await metricCell(page, 'NPS', 'weight').click()
        await page.keyboard.type('13')
        await page.keyboard.press('Enter')
        await saved(page)
        await expect(page.locator('[data-save]')).not.toContainText('−')
        await settled(page)
        const dates = await page.locator('[col-id="scale"]').allInnerTexts()
        await page.reload()
        await modelShown(page)
        await expect(metricCell(page, 'NPS', 'weight')).toHaveText('13')
        expect(await page.locator('[col-id="scale"]').allInnerTexts()).toEqual(dates)
        expect(dates.join(' ')).toContain('106 → 11')
      })
    })
  }
})
