// @ts-check
/** Builds the bench's page and serves it. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { kernel } from '../../workers/kernel/build.mjs'
import { serve } from '../tools/serve.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))

export async function benchPage() {
  const out = join(here, '../../node_modules/.cache/healthsheet/bench')
  await build({
    root: join(here, 'page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [kernel()],
    worker: { format: 'es', plugins: () => [kernel()] },
    build: { outDir: out, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1e6 },
  })
  return serve({ dir: out, base: '/' })
}
