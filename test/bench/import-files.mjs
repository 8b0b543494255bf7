// @ts-check
/** The files of the import bench: sixteen columns of the sample's history in every format, written once and kept. */
import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { writeXlsxStream } from 'hucre/xlsx'
import { parquetWriteFile } from 'hyparquet-writer'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules/.cache/healthsheet')

/** Names, numbers of few and many values, dates and the outcome: 88 bytes a row. */
const COLUMNS = [
  ...['Customer ID', 'Customer', 'Plan', 'Customer since', 'MRR', 'Seats', 'Seats in use %', 'Logins per user 30d'],
  ...[
    'Login trend %',
    'Active days 30d',
    'Tickets 90d',
    'First reply hours',
    'NPS',
    'CSAT 90d',
    'Last contact',
    'Churned',
  ],
]
const TEXTS = new Set(['Customer ID', 'Customer', 'Plan', 'Customer since', 'Last contact', 'Churned'])

/** @param {number} customers @returns {string} the history file of a sample of so many customers */
export function sampleFile(customers) {
  const folder = join(cache, `sample-${customers}`)
  const file = join(folder, 'history.csv')
  if (!existsSync(file)) {
    const command = [join(root, 'test/tools/samples.mjs'), '--customers', String(customers), '--out', folder]
    execFileSync(process.execPath, command, { cwd: root, stdio: 'ignore' })
  }
  return file
}

/** @param {number} rows @param {number} columns @returns {AsyncGenerator<string[]>} the names, then the rows */
async function* cells(rows, columns) {
  const lines = createInterface({ input: createReadStream(sampleFile(rows)) })
  /** @type {number[] | undefined} */
  let places
  for await (const line of lines) {
    const row = line.split(',')
    places ??= COLUMNS.slice(0, columns).map((name) => row.indexOf(name))
    yield places.map((place) => row[place] ?? '')
  }
}

/** @param {string} name @param {string} text @returns {string | number | null} */
function value(name, text) {
  if (text === '') return null
  return TEXTS.has(name) ? text : Number(text)
}

/** @typedef {(path: string, rows: number, columns: number) => Promise<void>} Writing */

/** @param {string} path @param {AsyncIterable<string | Uint8Array>} pieces */
async function writePieces(path, pieces) {
  const file = createWriteStream(path)
  for await (const piece of pieces) if (!file.write(piece)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

/** @type {Record<'csv' | 'xlsx' | 'parquet' | 'json', Writing>} */
const WRITE = {
  csv: (path, rows, columns) =>
    writePieces(
      path,
      (async function* () {
        for await (const row of cells(rows, columns)) yield `${row.join(',')}\n`
      })(),
    ),
  xlsx: async (path, rows, columns) => {
    const sheet = (async function* () {
      let names = 0
      for await (const row of cells(rows, columns)) {
        yield names++ === 0 ? row : row.map((text, i) => value(COLUMNS[i] ?? '', text))
      }
    })()
    const stream = writeXlsxStream(sheet, { name: 'Customers', inlineStrings: false })
    await writePieces(path, Readable.fromWeb(/** @type {any} */ (stream)))
  },
  // One group of rows, as its most common writer makes of a million.
  parquet: async (path, rows, columns) => {
    /** @type {(string | number | null)[][]} */
    const data = COLUMNS.slice(0, columns).map(() => [])
    let names = 0
    for await (const row of cells(rows, columns)) {
      if (names++ > 0) for (const [i, text] of row.entries()) data[i]?.push(value(COLUMNS[i] ?? '', text))
    }
    const columnData = data.map((each, i) => {
      const name = COLUMNS[i] ?? ''
      return {
        name,
        data: each,
        type: TEXTS.has(name) ? /** @type {const} */ ('STRING') : /** @type {const} */ ('DOUBLE'),
      }
    })
    parquetWriteFile({ filename: path, columnData, rowGroupSize: 1_048_576 })
    await Promise.resolve()
  },
  json: (path, rows, columns) =>
    writePieces(
      path,
      (async function* () {
        let before = '['
        let names = 0
        for await (const row of cells(rows, columns)) {
          if (names++ === 0) continue
          yield (
            before +
            JSON.stringify(Object.fromEntries(row.map((text, i) => [COLUMNS[i], value(COLUMNS[i] ?? '', text)])))
          )
          before = ',\n'
        }
        yield ']\n'
      })(),
    ),
}

/**
 * @param {keyof typeof WRITE} format @param {number} rows @param {number} columns at most 16
 * @returns {Promise<{ path: string, bytes: number }>}
 */
export async function importFile(format, rows, columns) {
  const path = join(cache, `import-${rows}-${columns}.${format}`)
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true })
    await WRITE[format](`${path}.part`, rows, columns)
    renameSync(`${path}.part`, path)
  }
  return { path, bytes: statSync(path).size }
}
