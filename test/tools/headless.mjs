// @ts-check
/** Runs workers/headless/main.ts in Node: Vite transforms it, nothing is built or written. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** @type {{ module: { main: (args: string[]) => Promise<number> } }} */
const { module } = await runnerImport(`${root}/workers/headless/main.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
  define: { __GUARDED__: 'true' },
})
process.exitCode = await module.main(process.argv.slice(2))
