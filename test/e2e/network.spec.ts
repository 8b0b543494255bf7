import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Page, Worker } from '@playwright/test'
import { expect, test as base } from '@playwright/test'
import { serve } from '../tools/serve.mjs'
import { openPage, openSample, threadsNamed } from '../support/workbook'

declare const importScripts: (url: string) => void

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const GUARDED = `${ROOT}dist`
const UNGUARDED = `${ROOT}test-results/unguarded`

type Served = Awaited<ReturnType<typeof serve>>

/** A foreign server that answers everybody and notes who asked. */
const test = base.extend<{ foreign: Served }>({
  foreign: async ({}, use) => {
    const dir = fileURLToPath(new URL('../fixtures/foreign', import.meta.url))
    const served = await serve({ dir, base: '/', headers: { 'access-control-allow-origin': '*' } })
    await use(served)
    await served.close()
  },
})

async function engineOf(page: Page): Promise<Worker> {
  await expect.poll(() => threadsNamed(page, 'engine').then(({ length }) => length)).toBe(1)
  return (await threadsNamed(page, 'engine'))[0]!
}

/** Every way out of the engine's thread, tried from inside; each answers with what became of it. */
async function waysOut(engine: Worker, url: string): Promise<Record<string, string>> {
  return engine.evaluate(async (address) => {
    const told = async (way: () => unknown): Promise<string> => {
      try {
        await way()
        return 'got out'
      } catch {
        return 'held'
      }
    }
    const socket = (): Promise<void> =>
      new Promise((opened, refused) => {
        const web = new WebSocket(address.replace('http', 'ws'))
        web.onopen = () => opened()
        web.onerror = () => refused(new Error('closed'))
      })
    return {
      fetch: await told(() => fetch(`${address}fetch.txt`)),
      import: await told(() => import(/* @vite-ignore */ `${address}import.js`)),
      socket: await told(socket),
      request: await told(() => {
        const request = new XMLHttpRequest()
        request.open('GET', `${address}request.txt`, false)
        request.send()
      }),
      script: await told(() => importScripts(`${address}script.js`)),
      // The constructor of functions, which is `eval` by another name.
      eval: await told(() => (Reflect.construct(Function, ['return 1']) as () => number)()),
    }
  }, url)
}

const HELD = { fetch: 'held', import: 'held', socket: 'held', request: 'held', script: 'held', eval: 'held' }

test('the engine cannot reach the network, on a first and on a second visit', async ({ page, foreign }) => {
  const app = await serve({ dir: GUARDED, base: '/some/deep/path/' })
  await openPage(page, app.url)
  expect(await waysOut(await engineOf(page), foreign.url)).toEqual(HELD)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled()
  expect(await waysOut(await engineOf(page), foreign.url)).toEqual(HELD)
  expect(foreign.hits).toEqual([])
  await app.close()
})

test('nor can the thread that reads for it', async ({ page, foreign }) => {
  const app = await serve({ dir: GUARDED, base: '/some/deep/path/' })
  await openSample(page, app.url)
  const readers = await threadsNamed(page, 'reader')
  expect(await waysOut(readers[0]!, foreign.url)).toEqual(HELD)
  expect(foreign.hits).toEqual([])
  await app.close()
})

test('the page itself cannot reach the network either', async ({ page, foreign }) => {
  const app = await serve({ dir: GUARDED, base: '/' })
  await openPage(page, app.url)
  const tried = await page.evaluate(async (address) => {
    const fetched = await fetch(address).then(
      () => 'got out',
      () => 'held',
    )
    return { fetched, beacon: navigator.sendBeacon(address) }
  }, foreign.url)
  expect(tried.fetched).toBe('held')
  expect(foreign.hits).toEqual([])
  await app.close()
})

test('a build without the guard is found out by the same tries', async ({ page, foreign }) => {
  test.slow()
  execFileSync('npx', ['vite', 'build', '--logLevel', 'error', '--outDir', UNGUARDED, '--emptyOutDir'], {
    cwd: ROOT,
    env: { ...process.env, HEALTHSHEET_GUARD: 'off' },
  })
  const app = await serve({ dir: UNGUARDED, base: '/' })
  await openPage(page, app.url)
  const found = await waysOut(await engineOf(page), foreign.url)
  expect(found['fetch']).toBe('got out')
  expect(found['import']).toBe('got out')
  expect(foreign.hits).toContain('/fetch.txt')
  expect(foreign.hits).toContain('/import.js')
  await app.close()
})
