// @ts-check
/**
 * Files to typed, profiled and stored columns in Chromium, with its database on the disk, against other readers of the
 * same files; how soon a cancel acts; and what the reading takes in memory.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { importFile } from './import-files.mjs'
import { benchPage } from './page.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {Record<string, unknown> & { name: string, milliseconds?: number }} Line */

/** Rounds that count, after one that warms up. */
const ROUNDS = 5
/** Cancels spread over one reading. */
const CANCELS = 12

/** @param {string} url @param {(page: Page) => Promise<void>} work */
async function withPage(url, work) {
  const profile = mkdtempSync(join(tmpdir(), 'healthsheet-bench-'))
  const context = await chromium.launchPersistentContext(profile, launchOptions())
  try {
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForFunction(() => 'imports' in window)
    await work(page)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Every way in turn, round after round, so that a slow minute is slow for all. @param {Page} page @param {readonly string[]} ways */
async function medians(page, ways) {
  const taken = new Map(ways.map((way) => [way, /** @type {number[]} */ ([])]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const way of ways) {
      /** @type {number} */
      const milliseconds = await page.evaluate((each) => /** @type {any} */ (window).imports.time(each), way)
      if (round > 0) taken.get(way)?.push(milliseconds)
    }
  }
  const median = (/** @type {number[]} */ all) => Math.round(all.sort((a, b) => a - b)[all.length >> 1] ?? NaN)
  return new Map([...taken].map(([way, all]) => [way, median(all)]))
}

/** @param {Page} page @param {string} path */
async function choose(page, path) {
  await page.locator('input[type=file]').setInputFiles(path)
}

/** The processes of the page, as Linux lists them: those that this one has started, and what they have. */
function renderers() {
  /** @type {Map<number, number>} */
  const parents = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      parents.set(Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (/** @type {number} */ pid) => {
    for (let at = parents.get(pid); at !== undefined; at = parents.get(at)) if (at === process.pid) return true
    return false
  }
  const isRenderer = (/** @type {number} */ pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer')
  return [...parents.keys()].filter((pid) => isOurs(pid) && isRenderer(pid))
}

/** @param {number} pid @param {'VmHWM' | 'VmRSS'} what @returns {number} bytes */
function resident(pid, what) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return 1024 * Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
}

/** The most that the page's process holds more than before, while it reads and stores a file. @param {Page} page */
async function peakMemory(page) {
  // Warm, so that the thread and its code are there already.
  const before = new Map(renderers().map((pid) => [pid, resident(pid, 'VmRSS')]))
  for (const pid of before.keys()) writeFileSync(`/proc/${pid}/clear_refs`, '5')
  await page.evaluate(() => /** @type {any} */ (window).imports.time('import csv'))
  return Math.max(...[...before].map(([pid, bytes]) => resident(pid, 'VmHWM') - bytes))
}

/** @param {number} rows @returns {AsyncGenerator<Line>} */
export async function* imports(rows) {
  const served = await benchPage()
  /** @type {Line[]} */
  let lines = []
  const csv = await importFile('csv', rows, 16)
  await withPage(served.url, async (page) => {
    await choose(page, csv.path)
    const about = { rows, columns: 16, bytes: csv.bytes }
    if (process.platform === 'linux') {
      await choose(page, (await importFile('csv', Math.min(rows, 20_000), 16)).path)
      await page.evaluate(() => /** @type {any} */ (window).imports.time('import csv'))
      await choose(page, csv.path)
      const peak = await peakMemory(page)
      lines.push({ name: 'import memory', ...about, peak, ratio: peak / csv.bytes })
    } else lines.push({ name: 'import memory', ...about, leftOut: 'only Linux tells the most that a process has held' })
    const taken = await medians(page, ['import csv', 'import csv papaparse', 'import csv duckdb'])
    const own = taken.get('import csv') ?? NaN
    // Our time over theirs.
    for (const [name, milliseconds] of taken) lines.push({ name, ...about, milliseconds, ratio: own / milliseconds })
  })
  yield* lines
  lines = []
  await withPage(served.url, async (page) => {
    const count = Math.min(rows, 100_000)
    const file = await importFile('xlsx', count, 12)
    await choose(page, file.path)
    const about = { rows: count, columns: 12, bytes: file.bytes }
    const taken = await medians(page, ['import xlsx', 'import xlsx library'])
    const own = taken.get('import xlsx') ?? NaN
    for (const [name, milliseconds] of taken) lines.push({ name, ...about, milliseconds, ratio: own / milliseconds })
  })
  yield* lines
  for (const [format, count] of /** @type {const} */ ([
    ['csv', rows],
    ['xlsx', Math.min(rows, 100_000)],
    ['parquet', rows],
    ['json', Math.min(rows, 500_000)],
  ])) {
    const file = await importFile(format, count, 16)
    await withPage(served.url, async (page) => {
      await choose(page, file.path)
      /** @type {{ whole: number, waits: number[] }} */
      const { whole, waits } = await page.evaluate((n) => /** @type {any} */ (window).imports.cancels(n), CANCELS)
      const milliseconds = Math.round(Math.max(...waits))
      lines = [{ name: 'cancel', format, rows: count, bytes: file.bytes, milliseconds, whole, waits: waits.map(Math.round) }] // prettier-ignore
    })
    yield* lines
  }
  await served.close()
}
