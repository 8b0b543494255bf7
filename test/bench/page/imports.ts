import { startEngine, type EngineClient } from '../../../workers/client'
import { importDuckdb } from './import-duckdb'

declare global {
  interface Window {
    imports: {
      /** Milliseconds that one reading of the chosen file takes, in a way of ImportWay or by DuckDB. */
      time: (way: string) => Promise<number>
      /** How long a cancel takes to be answered, at so many moments spread over a reading. */
      cancels: (count: number) => Promise<{ whole: number; waits: number[] }>
    }
  }
}

function chosen(): File {
  return document.querySelector<HTMLInputElement>('input[type=file]')!.files![0]!
}

/** A thread per way, kept, so that what it has compiled is there in the next round. */
const threads = new Map<string, Worker>()

function threadOf(way: string): Worker {
  const known = threads.get(way)
  if (known) return known
  const made = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' })
  threads.set(way, made)
  return made
}

function timed(way: string, file: File): Promise<number> {
  const worker = threadOf(way)
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }: MessageEvent<{ milliseconds: number } | { error: string }>) =>
      'error' in data ? fail(new Error(data.error)) : done(data.milliseconds)
    worker.onerror = ({ message }) => fail(new Error(message))
    worker.postMessage({ way, file })
  })
}

let engine: EngineClient | undefined

/** Milliseconds from a file to columns that are typed, profiled and stored, as the product reads it. */
async function own(file: File): Promise<number> {
  engine ??= startEngine(Promise.resolve(), () => undefined)
  const { calls } = engine
  const start = performance.now()
  const read = await calls.read({ workbook: 'bench', name: file.name }, file, () => undefined)
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const kept = await calls.commit('history')
  if (!kept.ok) throw new Error(JSON.stringify(kept.failure))
  const milliseconds = performance.now() - start
  await calls.remove('bench')
  return milliseconds
}

async function cancels(count: number): Promise<{ whole: number; waits: number[] }> {
  const file = chosen()
  const engine = startEngine(Promise.resolve(), () => undefined).calls
  const read = () => engine.read({ workbook: 'cancel', name: file.name }, file, () => undefined)
  const start = performance.now()
  if (!(await read()).ok) throw new Error('refused')
  const whole = Math.round(performance.now() - start)
  const waits: number[] = []
  for (let i = 0; i < count; i++) {
    await engine.discard()
    const reading = read()
    await new Promise((next) => setTimeout(next, ((i + 0.5) * whole) / count))
    const from = performance.now()
    await engine.cancel()
    await reading
    waits.push(performance.now() - from)
  }
  await engine.discard()
  return { whole, waits }
}

function time(way: string): Promise<number> {
  if (way === 'import csv' || way === 'import xlsx') return own(chosen())
  return way === 'import csv duckdb' ? importDuckdb(chosen()) : timed(way, chosen())
}

window.imports = {
  time,
  cancels,
}
