import { defineConfig, devices } from '@playwright/test'
import { launchOptions } from './tools/browser.mjs'

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  // Not what is tested: only what hangs is given up, also on a machine with other things to do.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions: launchOptions(),
    trace: 'retain-on-failure',
  },
})
