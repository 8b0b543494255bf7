import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { kernel } from './workers/kernel/build.mjs'

/** Nonce of the style elements that the grid injects; the same word stands in src/ui/grid/theme.ts. */
const STYLE_NONCE = 'healthsheet-grid'

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${STYLE_NONCE}'`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types healthsheet svelte-trusted-html',
].join('; ')

/** The control build of the network tests leaves the engine's guard out; nothing else does. */
const guarded = process.env['HEALTHSHEET_GUARD'] !== 'off'

/** Puts the policy into the built page, before anything that it governs. Development needs inline styles. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

/** Fills the names and the hash of every built file into sw.js, which keeps them for use offline. */
function offline(): Plugin {
  let out = 'dist'
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = filesUnder(out)
          .map((path) => relative(out, path).split('\\').join('/'))
          .filter((name) => name !== 'sw.js' && name !== 'index.html' && name !== '_headers' && !name.endsWith('.map'))
          .sort()
        const hash = createHash('sha256')
        for (const name of [...files, 'index.html']) hash.update(name).update(readFileSync(join(out, name)))
        const path = join(out, 'sw.js')
        const script = readFileSync(path, 'utf8')
        if (!script.includes('__VERSION__') || !script.includes('__FILES__'))
          throw new Error('sw.js lost a gap to fill')
        if (/^(import|export)\b/m.test(script)) throw new Error('sw.js must stay one classic script')
        writeFileSync(
          path,
          script
            .replace('__VERSION__', hash.digest('hex').slice(0, 16))
            .replace('__FILES__', JSON.stringify(['./', ...files])),
        )
      },
    },
  }
}

export default defineConfig({
  base: './',
  define: { __GUARDED__: JSON.stringify(guarded) },
  plugins: [svelte({ configFile: false }), kernel(), contentSecurityPolicy(), offline()],
  worker: { format: 'es', plugins: () => [kernel()] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('index.html', import.meta.url)),
        sw: fileURLToPath(new URL('workers/sw.ts', import.meta.url)),
      },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
})
