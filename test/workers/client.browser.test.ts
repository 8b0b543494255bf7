import { afterEach, describe, expect, test } from 'vitest'
import { startEngine, type EngineClient } from '../../workers/client'
import { workbookFile, type SheetCell } from '../support/workbook-file'

const workers: Worker[] = []
const { Worker: Original } = globalThis

/** Keeps hold of every thread, so that a test can end one from outside, as a crash would. */
function hold(): void {
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      workers.push(this)
    }
  }
}

let client: EngineClient | undefined
afterEach(() => {
  globalThis.Worker = Original
  for (const worker of workers.splice(0)) worker.terminate()
})

function customers(rows: number): Blob {
  return new Blob(linesOf(rows))
}

function linesOf(rows: number): string[] {
  const lines = Array.from({ length: rows }, (_, i) => `C-${i},${i % 50},text ${i},${i % 4 === 0 ? 'Yes' : 'No'}`)
  return ['customer_id,logins,note,churned\n', `${lines.join('\n')}\n`]
}

/** A file that no machine has read to its end before a cancel reaches it. */
function long(begin: string, lines: string, end = ''): Blob {
  return new Blob([begin, ...Array.from({ length: 20 }, () => lines), end])
}

/** The files in which rows are kept. */
async function files(): Promise<FileSystemFileHandle[]> {
  const origin = await navigator.storage.getDirectory()
  const directory = await origin.getDirectoryHandle('healthsheet-data', { create: true })
  const found: FileSystemFileHandle[] = []
  for await (const handle of directory.values()) found.push(handle as FileSystemFileHandle)
  return found
}

describe('the engine’s thread', () => {
  test('does not start before it may', async () => {
    hold()
    let allow: (value: boolean) => void = () => undefined
    client = startEngine(new Promise((done) => (allow = done)), () => undefined)
    const hello = client.calls.hello()
    await new Promise((next) => setTimeout(next, 50))
    expect(workers).toHaveLength(0)
    allow(true)
    expect(await hello).toEqual({ executor: 'kernel' })
    expect(workers).toHaveLength(1)
  })

  test('that dies rejects every pending call at once, and another takes its place', async () => {
    hold()
    const restarts: string[] = []
    client = startEngine(Promise.resolve(), (why) => restarts.push(why))
    await client.calls.hello()
    const read = client.calls.read(
      { workbook: crypto.randomUUID(), name: 'big.csv' },
      customers(300_000),
      () => undefined,
    )
    const collect = client.calls.collect()
    const both = Promise.allSettled([read, collect])
    await new Promise((next) => setTimeout(next, 100))
    workers[0]!.terminate()
    const settled = await Promise.race([
      both,
      new Promise<'pending'>((late) => setTimeout(() => late('pending'), 3000)),
    ])
    if (settled === 'pending') throw new Error('a call never settled')
    expect(settled[0]).toMatchObject({ status: 'rejected', reason: { name: 'EngineStopped' } })
    expect(restarts).toHaveLength(1)
    expect(await client.calls.hello()).toEqual({ executor: 'kernel' })
  })

  test('keeps its data sets over a restart', async () => {
    client = startEngine(Promise.resolve(), () => undefined)
    const workbook = crypto.randomUUID()
    const read = await client.calls.read({ workbook, name: 'crm.csv' }, customers(1000), () => undefined)
    expect(read.ok).toBe(true)
    expect((await client.calls.commit('history')).ok).toBe(true)
    client.restart()
    await client.calls.hello()
    const { history, problems } = await client.calls.open(workbook)
    expect(problems).toEqual([])
    expect(history?.report.rows).toBe(1000)
    await client.calls.remove(workbook)
    client.restart()
  })

  test('keeps the rows in a file of their own, finds it cut short (case 15), and removes it with them', async () => {
    client = startEngine(Promise.resolve(), () => undefined)
    const before = new Set((await files()).map(({ name }) => name))
    const workbook = crypto.randomUUID()
    await client.calls.read({ workbook, name: 'crm.csv' }, customers(1000), () => undefined)
    expect((await client.calls.commit('history')).ok).toBe(true)
    const own = (await files()).filter(({ name }) => !before.has(name))
    expect(own).toHaveLength(1)
    const { size } = await own[0]!.getFile()
    // Four columns: two of texts, one of codes of two bytes, one of codes for Yes and No.
    expect(size).toBeGreaterThan(1000 * (4 + 2 + 4 + 2))
    const harm = await own[0]!.createWritable({ keepExistingData: true })
    await harm.truncate(size - 1)
    await harm.close()
    client.restart()
    const { history, problems } = await client.calls.open(workbook)
    expect(history).toBeUndefined()
    expect(problems).toMatchObject([{ kind: 'damaged data', file: 'crm.csv' }])
    await client.calls.remove(workbook)
    expect((await files()).filter(({ name }) => !before.has(name))).toEqual([])
    client.restart()
  })

  test('tells of its progress in rows and bytes, and stops when it is told to', async () => {
    client = startEngine(Promise.resolve(), () => undefined)
    const [header, lines] = linesOf(200_000)
    const source = long(header!, lines!)
    const seen: { rows: number; bytes: number; totalBytes: number }[] = []
    const reading = client.calls.read({ workbook: crypto.randomUUID(), name: 'big.csv' }, source, (progress) => {
      seen.push(progress)
      if (seen.length === 2) void client!.calls.cancel()
    })
    const result = await reading
    expect(result).toMatchObject({ ok: false, failure: [{ kind: 'cancelled' }] })
    expect(seen.length).toBeGreaterThanOrEqual(2)
    expect(seen.at(-1)!.totalBytes).toBe(source.size)
    expect(seen[1]!.rows).toBeGreaterThanOrEqual(seen[0]!.rows)
  })

  const rows: SheetCell[][] = [['id', 'n', 'note'], ...Array.from({ length: 60_000 }, (_, i): SheetCell[] => [`C-${i}`, i % 90, `text ${i}`])] // prettier-ignore
  const objects = Array.from({ length: 100_000 }, (_, i) => `{"id":"C-${i}","n":${i % 90},"note":"text ${i}"}`)
  test.each([
    ['a CSV file', () => long('customer_id,logins,note,churned\n', linesOf(200_000)[1]!)],
    ['a workbook', () => new Blob([Uint8Array.from(workbookFile([{ name: 'S', rows }]))])],
    ['a JSON document', () => long('[', `${objects.join(',\n')},`, '{}]')],
    ['JSON Lines', () => long('', `${objects.join('\n')}\n`)],
  ])('reads no row of %s after it was told to stop', async (_, file) => {
    client = startEngine(Promise.resolve(), () => undefined)
    const source = file()
    const read = (onprogress: (rows: number) => void) =>
      client!.calls.read({ workbook: crypto.randomUUID(), name: 'big' }, source, ({ rows }) => onprogress(rows))
    let stopped: Promise<void> | undefined
    let after = 0
    const result = await read((rows) => {
      if (rows > 0) stopped ??= client!.calls.cancel()
      void stopped?.then(() => (after = rows))
    })
    const told = result.ok ? undefined : result.failure[0]
    expect(told).toMatchObject({ kind: 'cancelled' })
    expect(told && 'rows' in told && told.rows).toBeGreaterThan(0)
    const before = after
    await new Promise((next) => setTimeout(next, 300))
    expect(after).toBe(before)
    // The thread is free: another reading begins at once and ends well.
    const next = await client.calls.read(
      { workbook: crypto.randomUUID(), name: 'small' },
      customers(10),
      () => undefined,
    )
    expect(next.ok).toBe(true)
    await client.calls.discard()
    client.restart()
  })

  test('hears a stop before there is a first row, too', async () => {
    client = startEngine(Promise.resolve(), () => undefined)
    const source = long('[', `${objects.join(',\n')},`, '{}]')
    const reading = client.calls.read({ workbook: crypto.randomUUID(), name: 'big.json' }, source, () => undefined)
    await new Promise((next) => setTimeout(next, 100))
    await client.calls.cancel()
    expect(await reading).toMatchObject({ ok: false, failure: [{ kind: 'cancelled', rows: 0 }] })
    client.restart()
  })
})
