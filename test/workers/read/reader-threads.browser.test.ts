import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { describe as inWords } from '../../../src/core/problem'
import { startEngine } from '../../../workers/client'
import { Engine } from '../../../workers/engine'
import engineUrl from '../../../workers/engine.worker.ts?worker&url'
import { ReaderThreads } from '../../../workers/read/reader-threads'
import { readTable, type TableReader } from '../../../workers/read/read-table'
import { StorageFull } from '../../../workers/store/data-store'
import { IndexedDbStore } from '../../../workers/store/indexed-db-store'
import type { ChunkSink } from '../../../workers/store/stored-table'
import { manyRows } from '../../support/data-set'
import { differing, everyTypeCsv } from '../../support/every-type'
import { workbookParts, zipped, type SheetCell } from '../../support/workbook-file'

const started: Worker[] = []

/** Starts threads as the engine does, and keeps hold of them. */
function readers(Thread: typeof Worker = Worker) {
  const threads: Worker[] = []
  const ended: Worker[] = []
  const { read } = new ReaderThreads((name) => {
    const thread = new Thread(engineUrl, { type: 'module', name })
    thread.terminate = () => {
      ended.push(thread)
      Worker.prototype.terminate.call(thread)
    }
    threads.push(thread)
    started.push(thread)
    return thread
  })
  return { read, threads, ended }
}

/** A thread that is so busy that it hears of no cancel. */
class Deaf extends Worker {
  override postMessage(message: { path?: string[] }, how?: Transferable[] | StructuredSerializeOptions): void {
    if (message.path?.[0] !== 'cancel') super.postMessage(message, Array.isArray(how) ? { transfer: how } : how)
  }
}

afterEach(async () => {
  for (const thread of started.splice(0)) thread.terminate()
  await Dexie.delete('readers')
})

/** A workbook of many different texts, which its library takes in at one go before there is a first row. */
function workbookOfTexts(count: number): Blob {
  const rows = Array.from({ length: count }, (_, i): SheetCell[] => [i, { raw: `t="s"><v>${i}</v>` }])
  const parts = workbookParts([{ name: 'Customers', rows: [['id', 'note'], ...rows] }])
  const texts = Array.from({ length: count }, (_, i) => `<si><t>a note about customer ${i}</t></si>`).join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const types = '[Content_Types].xml'
  const rels = 'xl/_rels/workbook.xml.rels'
  const shared = {
    [types]: parts[types]!.replace(
      '</Types>',
      '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    ),
    [rels]: parts[rels]!.replace(
      '</Relationships>',
      '<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    ),
    'xl/sharedStrings.xml': `<sst xmlns="${main}" count="${count}" uniqueCount="${count}">${texts}</sst>`,
  }
  return new Blob([Uint8Array.from(zipped({ ...parts, ...shared }))])
}

/**
 * What is written to a store, each column's chunks in their order, and what comes of it. How columns take turns depends on
 * the pieces in which a browser hands a file out.
 */
async function readBy(read: TableReader, source: Blob, types: [string, 'text'][] = []) {
  const written: number[][][] = []
  const sink: ChunkSink = {
    write: (column, chunk, buffer) => {
      const chunks = (written[column] ??= [])
      if (chunk !== chunks.length)
        throw new Error(`chunk ${chunk} of column ${column} comes after ${chunks.length - 1}`)
      chunks.push([...new Uint8Array(buffer)])
      return Promise.resolve()
    },
    discard: (column) => Promise.resolve(void (written[column] = [])),
  }
  const { signal } = new AbortController()
  const options = { file: 'a file', dialect: {}, types: new Map(types), signal, onprogress: () => undefined }
  return { result: await read(source, options, sink), written: JSON.stringify(written) }
}

function dirty(): string {
  const lines = Array.from({ length: 3000 }, (_, i) => {
    if (i % 500 === 7) return `C${i},"two\nlines",${i},too,many`
    if (i % 700 === 9) return `C${i}`
    return `C${i},note ${i % 50},${i % 90 === 0 ? 'n/k' : i}`
  })
  // A quote that never closes, and a column that looks like one of numbers until its end: read again, twice.
  return `id,note,n\n${lines.join('\n')}\nX,"open,1\n`
}

const lateTexts = (): string =>
  `id,n\n${Array.from({ length: 90_000 }, (_, i) => `C${i},${i < 70_000 ? i * 1.25 : `text ${i}`}`).join('\n')}\n`

describe('a thread that reads', () => {
  test.each([
    ['a file of every type of column', everyTypeCsv],
    ['one that is dirty', dirty],
    ['one that has to be read again', lateTexts],
    ['one of several chunks', () => manyRows(150_000)],
  ])('gives of %s what reading it in this thread gives, every column written in its order', async (_, text) => {
    const source = new Blob([text()])
    const [own, others] = [await readBy(readTable, source), await readBy(readers().read, source)]
    if (!own.result.ok || !others.result.ok) throw new Error('refused')
    const [here, there] = [own.result.value, others.result.value]
    expect(differing(there.table, here.table)).toEqual([])
    expect(there.report).toEqual(here.report)
    expect(there.stored).toEqual(here.stored)
    const rows = Array.from({ length: here.table.rows }, (_each, row) => row)
    expect(rows.map((row) => there.lines.lineOf(row))).toEqual(rows.map((row) => here.lines.lineOf(row)))
    expect(others.written === own.written).toBe(true)
  })

  test('refuses what reading in this thread refuses, and is kept for the next file', async () => {
    const { read, threads, ended } = readers()
    for (const source of [new Blob([]), new Blob(['id,n\n']), new Blob([Uint8Array.from([0x50, 0x41, 0x52, 0x31, 1])])])
      expect((await readBy(read, source)).result).toEqual((await readBy(readTable, source)).result)
    expect(threads).toHaveLength(1)
    expect(ended).toEqual([])
  })

  test('is ended by a cancel that it cannot hear, and nothing is left in the store', async () => {
    const store = new IndexedDbStore('readers')
    const { read, threads, ended } = readers(Deaf)
    const engine = new Engine(store, undefined, read)
    const reading = engine.read({ workbook: 'w', name: 'big.xlsx' }, workbookOfTexts(100_000), () => undefined)
    await expect.poll(() => threads.length).toBe(1)
    await engine.cancel()
    expect(await reading).toMatchObject({ ok: false, failure: [{ kind: 'cancelled', rows: 0 }] })
    expect(ended).toEqual(threads)
    expect(await store.collect()).toEqual([])
  })

  test('that is cancelled while rows are stored tells how many were read, and leaves nothing', async () => {
    const store = new IndexedDbStore('readers')
    const engine = new Engine(store, undefined, readers(Deaf).read)
    let seen = 0
    const reading = engine.read({ workbook: 'w', name: 'big.csv' }, new Blob([manyRows(600_000)]), ({ rows }) => {
      if (seen === 0 && rows > 0) void engine.cancel()
      seen = rows
    })
    const result = await reading
    expect(result).toMatchObject({ ok: false, failure: [{ kind: 'cancelled', rows: seen }] })
    expect(seen).toBeGreaterThan(0)
    expect(await store.collect()).toEqual([])
  })

  test('that dies becomes a sentence; nothing is left, and the next file is read by another', async () => {
    const store = new IndexedDbStore('readers')
    const { read, threads } = readers()
    const engine = new Engine(store, undefined, read)
    let rows = 0
    const reading = engine.read({ workbook: 'w', name: 'big.csv' }, new Blob([manyRows(600_000)]), (progress) => {
      rows = progress.rows
      // As a browser ends it when memory runs out: without a word.
      if (rows > 0) Worker.prototype.terminate.call(threads[0]!)
    })
    const result = await reading
    if (result.ok) throw new Error('it was read')
    expect(result.failure.map(inWords)).toEqual([
      `The browser ended the reading of big.csv after ${rows.toLocaleString('en')} rows, most likely for want of memory. Your previous data is unchanged. Close other tabs and read it again, or leave out columns that are not needed.`,
    ])
    expect(await store.collect()).toEqual([])
    const next = await engine.read({ workbook: 'w', name: 'small.csv' }, new Blob([manyRows(10)]), () => undefined)
    expect(next.ok).toBe(true)
    expect(threads).toHaveLength(2)
  })

  test('that does not even start becomes the same sentence', async () => {
    const broken = new ReaderThreads((name) => new Worker('/no-such-script.js', { type: 'module', name }))
    const { result } = await readBy(broken.read, new Blob([manyRows(10)]))
    expect(result).toMatchObject({ ok: false, failure: [{ kind: 'reading ended', rows: 0 }] })
  })

  test('hears of a full store in the words of the store', async () => {
    const full = new StorageFull(7)
    const sink = { write: () => Promise.reject(full), discard: () => Promise.resolve() }
    const { signal } = new AbortController()
    const options = { file: 'a file', dialect: {}, types: new Map(), signal, onprogress: () => undefined }
    const { read, threads } = readers()
    await expect(read(new Blob([manyRows(200_000)]), options, sink)).rejects.toBe(full)
    expect((await readBy(read, new Blob([manyRows(10)]))).result.ok).toBe(true)
    expect(threads).toHaveLength(1)
  })
})

test('the engine answers questions while the library takes in a workbook’s texts at one go', async () => {
  const { calls, restart } = startEngine(Promise.resolve(), () => undefined)
  await calls.hello()
  let rows = 0
  const request = { workbook: crypto.randomUUID(), name: 'big.xlsx' }
  const reading = calls.read(request, workbookOfTexts(150_000), (progress) => void ({ rows } = progress))
  let answered = 0
  for (; rows < 1; answered++) await calls.hello()
  expect(answered).toBeGreaterThan(200)
  await calls.cancel()
  expect(await reading).toMatchObject({ ok: false, failure: [{ kind: 'cancelled' }] })
  restart()
})
