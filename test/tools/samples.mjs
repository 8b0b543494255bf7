// @ts-check
/** Writes the sample data: node samples.mjs [--customers 5000] [--seed 1] [--out test/fixtures/samples] */
import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(root, 'test/fixtures/samples') },
  },
})
/** @type {{ module: typeof import('../../src/core/sample/sample-csv') }} */
const { module } = await runnerImport(join(root, 'src/core/sample/sample-csv.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
})

mkdirSync(values.out, { recursive: true })
for (const set of /** @type {const} */ (['history', 'current'])) {
  const path = join(values.out, `${set}.csv`)
  const file = createWriteStream(path)
  const hash = createHash('sha256')
  let bytes = 0
  let rows = -1
  for (const piece of module.sampleCsv(set, { customers: Number(values.customers), seed: Number(values.seed) })) {
    hash.update(piece)
    bytes += Buffer.byteLength(piece)
    rows += piece.split('\n').length - 1
    if (!file.write(piece)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  console.log(`${path}: ${rows} rows, ${bytes} bytes, SHA-256 ${hash.digest('hex')}`)
}
