import './imports'
import { plainObjects } from './plain-objects'
import { duckdb } from './duckdb'
import type { Line } from './line'

declare global {
  interface Window {
    bench: (rows: number, metrics: number) => Promise<Line[]>
    peers: (rows: number, metrics: number) => Promise<Line[]>
  }
}

/** The engine's own lines, measured in a worker as in the product. */
window.bench = (rows, metrics) => {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' })
  return new Promise((done, fail) => {
    worker.onmessage = (event: MessageEvent<Line[]>) => {
      worker.terminate()
      done(event.data)
    }
    worker.onerror = (event) => fail(new Error(event.message))
    worker.postMessage({ rows, metrics })
  })
}

/** The same work done by others: scores, and counts and revenue by score and class. */
window.peers = async (rows, metrics) => [await duckdb(rows, metrics), plainObjects(rows, metrics)]
