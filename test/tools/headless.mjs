// @ts-check
/** Runs workers/headless/main.ts in Node: Vite transforms it, nothing is built or written but the kernel. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const options = { root, configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('error') }
/** @type {{ module: typeof import('../../workers/kernel/build.ts') }} */
const { module: build } = await runnerImport(`${root}/workers/kernel/build.ts`, options)
/** @type {{ module: { main: (args: string[]) => Promise<number> } }} */
const { module } = await runnerImport(`${root}/workers/headless/main.ts`, {
  ...options,
  plugins: [build.kernel()],
  define: { __GUARDED__: 'true' },
})
process.exitCode = await module.main(process.argv.slice(2))
