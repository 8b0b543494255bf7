// @ts-check
/**
 * The product itself under a hand: so many customers imported, a weight dragged for three seconds, the list sorted,
 * filtered, scrolled to its end and a drawer opened, the backtest opened and a cut moved, with the longest task of each
 * step on the page's main thread.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { serve } from '../tools/serve.mjs'
import { sampleFile } from './import-files.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Follows the tasks of the page's main thread by the browser's own trace: their length as a clock shows it, and how long
 * they had the processor, which is less where other work shares it.
 * @param {import('@playwright/test').Browser} browser
 */
async function followTasks(browser) {
  const session = await browser.newBrowserCDPSession()
  /** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur: number, tdur: number }} TraceEvent */
  /** @type {TraceEvent[]} */
  let events = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(/** @type {TraceEvent} */ (/** @type {unknown} */ (event)))
  })
  const includedCategories = ['disabled-by-default-devtools.timeline', 'blink.user_timing']
  return {
    begin: async (/** @type {import('@playwright/test').Page} */ page) => {
      events = []
      await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } })
      await page.evaluate(() => performance.mark('step'))
    },
    /** Milliseconds of the longest tasks since `begin`, on the thread of the page. */
    end: async () => {
      const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', () => resolve(undefined)))
      await session.send('Tracing.end')
      await complete
      const mark = events.find(({ name }) => name === 'step')
      const tasks = events.filter(
        ({ name, ph, pid, tid, ts }) =>
          name === 'RunTask' && ph === 'X' && pid === mark?.pid && tid === mark.tid && ts > mark.ts,
      )
      const longest = (/** @type {'dur' | 'tdur'} */ key) =>
        Math.round(Math.max(0, ...tasks.map((task) => task[key] ?? 0)) / 1000)
      return { longestTask: longest('dur'), longestTaskOnProcessor: longest('tdur') }
    },
  }
}

/** Watches frames, and how long after a pointer's move the panel has the figure of it. */
function watch() {
  const seen = {
    frames: /** @type {number[]} */ ([]),
    late: /** @type {number[]} */ ([]),
    sinceInput: /** @type {number[]} */ ([]),
    rows: /** @type {number[]} */ ([]),
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
  // The same move is told twice where a browser tells it before its frame as well.
  for (const type of ['pointerrawupdate', 'pointermove'])
    addEventListener(
      type,
      (event) => {
        if (event.timeStamp <= input) return
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
  // How long after a click the list stands with another first row.
  const first = () => document.querySelector('.customers-grid .ag-row[row-index="0"] [col-id="id"]')?.textContent ?? ''
  let clicked = 0
  let before = ''
  addEventListener(
    'click',
    ({ timeStamp }) => {
      clicked = timeStamp
      before = first()
    },
    true,
  )
  new MutationObserver(() => {
    const now = clicked === 0 ? '' : first()
    if (now === '' || now === before) return
    seen.rows.push(performance.now() - clicked)
    clicked = 0
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
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
  const tasks = await followTasks(browser)
  const idle = () =>
    page.waitForFunction(
      () => {
        const { busy, drawing } = document.documentElement.dataset
        return busy === 'false' && drawing === undefined
      },
      null,
      { timeout: 300_000 },
    )
  /** A step of the journey, with the longest task until all of it is drawn. @param {string} name @param {() => Promise<unknown>} work */
  const step = async (name, work) => {
    await tasks.begin(page)
    const milliseconds = await timed(work)
    await idle()
    await page.waitForTimeout(300)
    const { rows: shown } = await seen()
    line(name, { milliseconds, ...(shown.length > 0 && { firstRows: Math.round(shown[0]) }), ...(await tasks.end()) })
    await reset()
  }
  const sheet = (/** @type {string} */ name) => page.locator('nav.tabs a', { hasText: name }).click()

  await page.goto(served.url)
  await page.evaluate(watch)
  await page.locator('main button:not([disabled])').first().waitFor()
  await page.waitForTimeout(3000)
  await step('import', async () => {
    await page.locator('input[type=file]').first().setInputFiles(file)
    await page.getByText(/^What is what in/).waitFor({ timeout: 600_000 })
  })
  await step('store, draft and first figures', async () => {
    await page.getByRole('button', { name: 'Continue to metrics' }).click()
    await page.locator('[role="treegrid"]').waitFor({ timeout: 600_000 })
    await idle()
  })

  const bar = page.locator('[col-id="weight"] .wbar').nth(3)
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await bar.boundingBox())
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.waitForTimeout(300)
  await reset()
  await tasks.begin(page)
  const until = performance.now() + 3000
  for (let i = 0; performance.now() < until; i++) {
    await page.mouse.move(box.x + box.width / 2 + 15 * Math.sin(i / 8), box.y + box.height / 2)
    await page.waitForTimeout(12)
  }
  const drag = await seen()
  const dragTasks = await tasks.end()
  await page.mouse.up()
  await idle()
  line('drag a weight for three seconds', {
    milliseconds: Math.round(median(drag.sinceInput)),
    sinceHeard: Math.round(median(drag.late)),
    medianFrame: Math.round(median(drag.frames)),
    repaints: drag.late.length,
    ...dragTasks,
  })

  const cell = (/** @type {number} */ index, /** @type {string} */ column) =>
    page.locator(`.customers-grid .ag-row[row-index="${index}"] [col-id="${column}"]`)
  const filled = (/** @type {number} */ index) =>
    page.waitForFunction(
      (at) => document.querySelector(`.customers-grid .ag-row[row-index="${at}"] [col-id="id"]`)?.textContent !== '',
      index,
      { timeout: 60_000 },
    )
  await step('open the customers', async () => {
    await sheet('Customers')
    await cell(0, 'id').waitFor()
    await filled(0)
  })
  for (const [name, column] of /** @type {const} */ ([
    ['sort by score', 'Score'],
    ['sort by a number', 'MRR'],
    ['sort by a name', 'Customer'],
    ['sort by what pulls down', 'Pulls it down most'],
    ['sort by what lifts', 'Lifts it most'],
  ])) {
    const before = await cell(0, 'id').innerText()
    await step(name, async () => {
      await page.locator('.customers-grid').getByRole('button', { name: column }).first().click()
      await page.waitForFunction(
        (text) => {
          const now = document.querySelector('.customers-grid .ag-row[row-index="0"] [col-id="id"]')?.textContent
          return now !== undefined && now !== '' && now !== text
        },
        before,
        { polling: 10, timeout: 60_000 },
      )
    })
  }
  await step('search', async () => {
    await page.locator('#customer-search').fill('bank')
    await page.waitForFunction(
      () => / of /.test(document.querySelector('[data-figure="list:customers"]')?.textContent ?? ''),
      null,
      { polling: 10 },
    )
  })
  await page.locator('#customer-search').fill('')
  await page.waitForTimeout(500)
  const tiers = page.getByRole('group', { name: 'Tier' }).getByRole('button')
  await step('filter by a tier', async () => {
    await tiers.nth(1).click()
    await page.waitForFunction(
      () => / of /.test(document.querySelector('[data-figure="list:customers"]')?.textContent ?? ''),
      null,
      { polling: 10 },
    )
  })
  await tiers.first().click()
  await page.waitForTimeout(500)
  await step('jump to the last row', async () => {
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
  await step('open a drawer', async () => {
    await cell(rows - 5, 'id').click()
    await page.getByRole('complementary', { name: /^Customer/ }).waitFor()
  })
  await step('open the backtest', async () => {
    await sheet('Backtest')
    await page.locator('.bt section').first().waitFor()
    await idle()
  })
  await page.waitForTimeout(8000)
  await step('back to the model', async () => {
    await sheet('Model')
    await page.locator('[role="treegrid"]').waitFor()
  })
  await step('move a cut', async () => {
    await page.locator('[role="slider"]').first().press('ArrowRight')
    await idle()
  })
  await step('open the backtest again', async () => {
    await sheet('Backtest')
    await page.locator('.bt section').first().waitFor()
  })
  await page.waitForTimeout(8000)
  await step('take the cut back beside the backtest', async () => {
    await page.keyboard.press('Control+z')
    await idle()
  })
  await step('open the data', async () => {
    await sheet('Data')
    await page.getByText(/^What is what in/).waitFor()
  })
  await browser.close()
  await served.close()
  return lines
}
