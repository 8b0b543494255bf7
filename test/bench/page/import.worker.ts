import { streamXlsxRows } from 'hucre/xlsx'
import { papaparse } from './papaparse'

/** The values of a workbook, looked at and let go of. */
async function library(file: File): Promise<void> {
  let cells = 0
  for await (const { values } of streamXlsxRows(new Uint8Array(await file.arrayBuffer()))) cells += values.length
  if (cells === 0) throw new Error('no cells')
}

const WAYS = {
  'import csv papaparse': papaparse,
  'import xlsx library': library,
}

self.onmessage = async ({ data: { way, file } }: MessageEvent<{ way: keyof typeof WAYS; file: File }>) => {
  try {
    const start = performance.now()
    await WAYS[way](file)
    const milliseconds = performance.now() - start
    self.postMessage({ milliseconds })
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
