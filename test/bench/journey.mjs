// @ts-check
/**
 * The product itself under a hand: so many customers imported, a weight dragged for three seconds, the list sorted,
 * filtered, scrolled to its end and a drawer opened, with the frames and the long tasks of the page.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { serve } from '../tools/serve.mjs'
import { sampleFile } from './import-files.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Watches frames, long tasks, and how long after a pointer's move the panel has the figure of it. */
function watch() {
  const seen = {
    frames: /** @type {number[]} */ ([]),
    long: /** @type {number[]} */ ([]),
    late: /** @type {number[]} */ ([]),
    sinceInput: /** @type {number[]} */ ([]),
  }
  let last = performance.now()
  let moved = 0
  let input = 0
  /** @param {number} now */
  const frame = (now) => {
    seen.frames.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new PerformanceObserver((list) => seen.long.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  })
  addEventListener(
    'pointermove',
    (event) => {
      moved = performance.now()
      input = event.timeStamp
    },
    true,
  )
  new MutationObserver((changes) => {
    if (
      moved === 0 ||
      !changes.some(({ target }) => /** @type {Element} */ (target).getAttribute('data-figure') === 'training:auc')
    )
      return
    const [from, given] = [moved, input]
    moved = 0
    requestAnimationFrame(() =>
      setTimeout(() => {
        const now = performance.now()
        seen.late.push(now - from)
        seen.sinceInput.push(now - given)
      }),
    )
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-value'] })
  Object.assign(window, { seen })
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

/** @param {number} rows */
export async function journey(rows) {
  const file = sampleFile(rows)
  const served = await serve({ dir: join(root, 'dist'), base: '/' })
  const browser = await chromium.launch(launchOptions())
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const lines = /** @type {Record<string, unknown>[]} */ ([])
  /** @param {string} name @param {Record<string, unknown>} figures */
  const line = (name, figures) => lines.push({ where: 'product', name, rows, ...figures })
  /** @param {() => Promise<unknown>} work */
  const timed = async (work) => {
    const start = performance.now()
    await work()
    return Math.round(performance.now() - start)
  }
  const reset = () =>
    page.evaluate(() => Object.values(/** @type {any} */ (window).seen).forEach((list) => (list.length = 0)))
  const seen = () => page.evaluate(() => /** @type {any} */ (window).seen)
  const longest = async () => Math.round(Math.max(0, ...(await seen()).long))
  const idle = () =>
    page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false', null, { timeout: 300_000 })

  await page.goto(served.url)
  await page.evaluate(watch)
  await page.locator('main button:not([disabled])').first().waitFor()
  await page.waitForTimeout(1000)
  const importing = await timed(async () => {
    await page.locator('input[type=file]').first().setInputFiles(file)
    await page.getByText(/^What is what in/).waitFor({ timeout: 600_000 })
  })
  line('import', { milliseconds: importing, longestTask: await longest() })
  await reset()
  const drafting = await timed(async () => {
    await page.getByRole('button', { name: 'Continue to metrics' }).click()
    await page.getByRole('treegrid').waitFor({ timeout: 600_000 })
    await idle()
  })
  line('store, draft and first figures', { milliseconds: drafting, longestTask: await longest() })

  const bar = page.locator('[col-id="weight"] .wbar').nth(3)
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await bar.boundingBox())
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.waitForTimeout(300)
  await reset()
  const until = performance.now() + 3000
  for (let i = 0; performance.now() < until; i++) {
    await page.mouse.move(box.x + box.width / 2 + 15 * Math.sin(i / 8), box.y + box.height / 2)
    await page.waitForTimeout(12)
  }
  const drag = await seen()
  await page.mouse.up()
  await idle()
  line('drag a weight for three seconds', {
    milliseconds: Math.round(median(drag.late)),
    sinceInput: Math.round(median(drag.sinceInput)),
    medianFrame: Math.round(median(drag.frames)),
    repaints: drag.late.length,
    longestTask: Math.round(Math.max(0, ...drag.long)),
  })

  await page.getByRole('link', { name: 'Customers' }).click()
  const cell = (/** @type {number} */ index, /** @type {string} */ column) =>
    page.locator(`.customers-grid .ag-row[row-index="${index}"] [col-id="${column}"]`)
  const filled = (/** @type {number} */ index) =>
    page.waitForFunction(
      (at) => document.querySelector(`.customers-grid .ag-row[row-index="${at}"] [col-id="id"]`)?.textContent !== '',
      index,
      { timeout: 60_000 },
    )
  await cell(0, 'id').waitFor()
  await filled(0)
  await reset()
  for (const [name, column] of /** @type {const} */ ([
    ['sort by score', 'Score'],
    ['sort by a number', 'MRR'],
    ['sort by a name', 'Customer'],
  ])) {
    const before = await cell(0, 'id').innerText()
    const milliseconds = await timed(async () => {
      await page.getByRole('button', { name: column, exact: true }).click()
      await page.waitForFunction(
        (text) => {
          const now = document.querySelector('.customers-grid .ag-row[row-index="0"] [col-id="id"]')?.textContent
          return now !== undefined && now !== '' && now !== text
        },
        before,
        { polling: 10, timeout: 60_000 },
      )
    })
    line(name, { milliseconds, longestTask: await longest() })
    await reset()
  }
  const search = await timed(async () => {
    await page.locator('#customer-search').fill('bank')
    await page.waitForFunction(
      () => / of /.test(document.querySelector('[data-figure="list:customers"]')?.textContent ?? ''),
      null,
      { polling: 10 },
    )
  })
  line('search', { milliseconds: search, longestTask: await longest() })
  await page.locator('#customer-search').fill('')
  await page.waitForTimeout(500)
  await reset()
  const last = await timed(async () => {
    await page.evaluate(() => {
      const area = document.querySelector(
        '.customers-grid .ag-body-vertical-scroll-viewport, .customers-grid .ag-grid-scrollable-area',
      )
      document.querySelectorAll('.customers-grid *').forEach((each) => {
        if (each.scrollHeight > each.clientHeight + 1000) each.scrollTop = each.scrollHeight
      })
      return area?.className
    })
    await page.waitForFunction(
      (count) => {
        const found = document.querySelector(`.customers-grid .ag-row[row-index="${count - 1}"] [col-id="id"]`)
        return found !== null && found.textContent !== ''
      },
      rows,
      { polling: 10, timeout: 60_000 },
    )
  })
  line('jump to the last row', { milliseconds: last, longestTask: await longest() })
  await reset()
  const drawer = await timed(async () => {
    await cell(rows - 5, 'id').click()
    await page.getByRole('complementary', { name: /^Customer/ }).waitFor()
  })
  line('open a drawer', { milliseconds: drawer, longestTask: await longest() })
  await browser.close()
  await served.close()
  return lines
}
