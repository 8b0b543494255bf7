// @ts-check
/** Runs workers/headless/main.ts in Node: Vite transforms it, nothing is built or written but the kernel. */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { kernel } from '../../workers/kernel/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
// A server that serves nobody: it stays while the command runs, which loads the formats that it comes upon.
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  plugins: [kernel()],
  define: { __GUARDED__: 'true' },
})
const module = /** @type {{ main: (args: string[]) => Promise<number> }} */ (
  await server.ssrLoadModule('/workers/headless/main.ts')
)
process.exitCode = await module.main(process.argv.slice(2))
await server.close()
