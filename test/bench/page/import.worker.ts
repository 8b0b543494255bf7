import { streamXlsxRows } from 'hucre/xlsx'
import { readTable } from '../../../workers/read/read-table'
import { IndexedDbStore } from '../../../workers/store/indexed-db-store'
import { papaparse } from './papaparse'

const store = new IndexedDbStore('healthsheet-bench')

/** A file to columns that are typed, profiled and stored, as the product reads it. */
async function own(file: File): Promise<void> {
  const options = { file: file.name, dialect: {}, types: new Map(), signal: new AbortController().signal }
  const staging = await store.begin({ workbook: 'bench', name: file.name })
  const read = await readTable(file, { ...options, onprogress: () => undefined }, staging)
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const kept = await staging.finish('history', read.value.stored, read.value.report)
  if (!kept.ok) throw new Error(JSON.stringify(kept.failure))
}

/** The values of a workbook, looked at and let go of. */
async function library(file: File): Promise<void> {
  let cells = 0
  for await (const { values } of streamXlsxRows(new Uint8Array(await file.arrayBuffer()))) cells += values.length
  if (cells === 0) throw new Error('no cells')
}

const WAYS = {
  'import csv': own,
  'import csv papaparse': papaparse,
  'import xlsx': own,
  'import xlsx library': library,
}

self.onmessage = async ({ data: { way, file } }: MessageEvent<{ way: keyof typeof WAYS; file: File }>) => {
  try {
    const start = performance.now()
    await WAYS[way](file)
    const milliseconds = performance.now() - start
    await store.remove('bench')
    self.postMessage({ milliseconds })
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
