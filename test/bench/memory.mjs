// @ts-check
/**
 * What a data set takes in memory beside its stored columns and its points: node --expose-gc memory.mjs ROWS METRICS.
 * The resident set of a process that does nothing else.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { kernel } from '../../workers/kernel/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const options = {
  root,
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ('error'),
  plugins: [kernel()],
}
/** @type {{ module: typeof import('../../workers/headless/measure.ts') }} */
const { module } = await runnerImport(`${root}/workers/headless/measure.ts`, options)
const [rows, metrics] = process.argv.slice(2).map(Number)

async function resident() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    await new Promise((next) => setTimeout(next, 50))
  }
  return process.memoryUsage().rss
}

const before = await resident()
const set = module.prepared(rows, metrics)
const bytes = (await resident()) - before
const stored = set.columnBytes + 2 * rows * metrics
console.log(JSON.stringify({ name: 'memory', rows, metrics, bytes, stored, ratio: bytes / stored }))
