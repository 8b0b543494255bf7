// @ts-check
/**
 * Measures the engine against its floor and its peers, in Node and in Chromium, and the product itself under a hand:
 * node bench.mjs [--rows 1000000] [--metrics 12] [--large] [--import] [--journey] [--only].
 * With --only just the parts that are named are run. Prints one JSON line a figure; ratios are what counts, since machines
 * differ.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { launchOptions } from '../tools/browser.mjs'
import { benchPage } from './page.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    metrics: { type: 'string', default: '12' },
    large: { type: 'boolean', default: false },
    import: { type: 'boolean', default: false },
    journey: { type: 'boolean', default: false },
    only: { type: 'boolean', default: false },
  },
})
const rows = Number(values.rows)
const metrics = Number(values.metrics)

/** @typedef {{ name: string, rows: number, metrics: number, milliseconds: number, ratio?: number }} Line */

/** @param {string} where @param {Line} line */
function print(where, line) {
  console.log(JSON.stringify({ where, ...line }))
}

/** @param {number} count @returns {Line[]} */
function inNode(count) {
  const command = [
    join(root, 'test/tools/headless.mjs'),
    'bench',
    '--rows',
    String(count),
    '--metrics',
    String(metrics),
  ]
  const text = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 24 })
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The engine's lines in Chromium, then its peers. @returns {Promise<{ own: Line[], peers: Line[] }>} */
async function inChromium() {
  const served = await benchPage()
  const browser = await chromium.launch(launchOptions())
  const page = await browser.newPage()
  await page.goto(served.url)
  await page.waitForFunction(() => 'peers' in window)
  /** @type {Line[]} */
  const own = await page.evaluate(([r, m]) => /** @type {any} */ (window).bench(r, m), [rows, metrics])
  /** @type {Line[]} */
  const peers = await page.evaluate(([r, m]) => /** @type {any} */ (window).peers(r, m), [rows, metrics])
  await browser.close()
  await served.close()
  return { own, peers }
}

if (!existsSync(join(here, 'node_modules/hyparquet-writer'))) {
  console.error('installing the peers, which only the bench needs')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' })
}
console.log(
  JSON.stringify({
    machine: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }),
)

async function scoring() {
  for (const line of inNode(rows)) print('node', line)
  const { own, peers } = await inChromium()
  for (const line of own) print('chromium', line)
  const weightChange = /** @type {Line} */ (own.find(({ name }) => name === 'weight change'))
  for (const line of peers) print('chromium', { ...line, ratio: line.milliseconds / weightChange.milliseconds })
  const { hyperFormula } = await import('./hyperformula.mjs')
  const sheet = hyperFormula()
  const scaled = (sheet.milliseconds * rows) / sheet.rows
  print('node', { ...sheet, ratio: scaled / weightChange.milliseconds })
}

/** @param {number} count */
function memoryLine(count) {
  const command = ['--expose-gc', join(here, 'memory.mjs'), String(count), String(metrics)]
  return execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' }).trim()
}
if (!values.only) await scoring()
for (const count of values.large ? [5_000_000, 10_000_000] : []) {
  for (const line of inNode(count)) print('node', line)
  console.log(memoryLine(count))
}
// Loaded only here: they need the peers.
if (values.import) {
  const { imports } = await import('./imports.mjs')
  for await (const line of imports(rows)) console.log(JSON.stringify({ where: 'chromium', ...line }))
}
if (values.journey) {
  const { journey } = await import('./journey.mjs')
  for (const line of await journey(rows)) console.log(JSON.stringify(line))
}
