import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { kernel } from '../workers/kernel/build.mjs'
import { findBrowser, launchOptions } from './tools/browser.mjs'

// Not in vite.config.ts: a build must need neither a browser nor the test packages.
const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        plugins: [kernel()],
        test: {
          name: 'unit',
          environment: 'node',
          // So that tests of memory can tell what is kept from what has only not been collected yet.
          execArgv: ['--expose-gc'],
          include: ['test/{core,workers,storage,structure}/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/structure/dist.test.ts'],
          testTimeout: 300_000,
        },
      },
      { root, test: { name: 'dist', environment: 'node', include: ['test/structure/dist.test.ts'] } },
      {
        // Runes compile for the server under the node environment: state is tested with a DOM.
        root,
        plugins: [svelte({ configFile: false }), kernel()],
        resolve: { conditions: ['browser'] },
        test: { name: 'state', environment: 'happy-dom', include: ['test/state/**/*.test.ts'], testTimeout: 300_000 },
      },
      {
        root,
        plugins: [svelte({ configFile: false }), kernel()],
        worker: { format: 'es', plugins: () => [kernel()] },
        optimizeDeps: { include: ['ag-grid-community', 'chart.js', 'comlink', 'dexie', 'vitest-browser-svelte'] },
        test: {
          name: 'browser',
          include: ['test/ui/**/*.test.ts', 'test/**/*.browser.test.ts'],
          testTimeout: 300_000,
          // A limit for what hangs, not for what is slow.
          expect: { poll: { timeout: 60_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright(findBrowser() ? { launchOptions: launchOptions() } : {}),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
