// @ts-check
/** Runs workers/headless/main.ts in Node: Vite transforms it, nothing is built or written but the kernel. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { kernel } from '../../workers/kernel/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** @type {{ module: { main: (args: string[]) => Promise<number> } }} */
const { module } = await runnerImport(`${root}/workers/headless/main.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [kernel()],
  define: { __GUARDED__: 'true' },
})
process.exitCode = await module.main(process.argv.slice(2))
