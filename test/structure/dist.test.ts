import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
const assets = readdirSync(`${DIST}/assets`)
const html = readFileSync(`${DIST}/index.html`, 'utf8')

function source(name: string): string {
  return readFileSync(`${DIST}/assets/${name}`, 'utf8')
}

function gzipped(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(readFileSync(`${DIST}/assets/${name}`)).length, 0)
}

/** A script with everything that it imports before it runs. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const [, imported] of source(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    withImports(imported!, found)
  return found
}

const scripts = [...html.matchAll(/src="\.\/assets\/([^"]+\.js)"/g)].map(([, name]) => name!)

describe('what is built', () => {
  test('paints its first page with at most 75 kB of gzipped script', () => {
    expect(scripts).toHaveLength(1)
    const needed = new Set(scripts.flatMap((name) => [...withImports(name)]))
    expect(gzipped(needed)).toBeLessThanOrEqual(75_000)
  })

  // All of it is fetched once, for use offline: the grid's library is a third.
  test('is under 800 kB gzipped as a whole', () => {
    expect(gzipped(assets)).toBeLessThan(800_000)
  })

  test('keeps the grid and the charts out of the first page', () => {
    const first = scripts
      .flatMap((name) => [...withImports(name)])
      .map(source)
      .join('')
    expect(first).not.toContain('ag-grid')
    expect(first).not.toContain('chartjs')
    expect(assets.some((name) => source(name).includes('ag-header'))).toBe(true)
  })

  test('has the strict policy, before anything that it governs', () => {
    const policy =
      /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'))
    expect(html).not.toMatch(/ style="/)
  })

  test('names no address but its own', () => {
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(html).not.toMatch(/(?:src|href)="\//)
  })

  test('keeps every file for use offline', () => {
    const worker = readFileSync(`${DIST}/sw.js`, 'utf8')
    for (const name of assets) expect(worker).toContain(`assets/${name}`)
    expect(worker).not.toContain('__FILES__')
  })

  test('gives the engine’s script a policy that keeps it from the network', () => {
    expect(readFileSync(`${DIST}/sw.js`, 'utf8')).toContain("connect-src 'none'")
    expect(assets.filter((name) => /^engine\.worker-.*\.js$/.test(name))).toHaveLength(1)
  })
})
