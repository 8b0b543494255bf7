import { describe, expect, test } from 'vitest'
import { describeReading, type ReadingProblem } from '../../../src/core/column/reading-problem'
import { readTable } from '../../../workers/read/read-table'
import { MemoryStore } from '../../../workers/store/memory-store'

async function read(source: Blob, file = 'crm.csv') {
  const staging = await new MemoryStore().begin()
  const options = {
    file,
    dialect: {},
    types: new Map(),
    signal: new AbortController().signal,
    onprogress: () => undefined,
  }
  return readTable(source, options, staging)
}

async function refusal(source: Blob, file?: string): Promise<string> {
  const result = await read(source, file)
  if (result.ok) throw new Error('read')
  return describeReading(result.failure[0] as ReadingProblem)
}

/** A blob whose bytes come from a stream of our own. */
function streamed(size: number, stream: () => ReadableStream<Uint8Array<ArrayBuffer>>, head: string): Blob {
  const blob = new Blob([head])
  return new Proxy(blob, {
    get: (target, key) => {
      if (key === 'stream') return stream
      if (key === 'size') return size
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

describe('files that are no tables get one clear sentence (case 30)', () => {
  test.each([
    ['nothing in it', '', 'crm.csv is empty: it has no rows. Choose another file.'],
    ['names and no rows', 'id,logins\n', 'crm.csv has column names in line 1 and no rows below them.'],
    [
      'a zip file called .csv',
      'PK\u0003\u0004rest of it',
      'crm.csv seems to be a zip file. Unpack it and drop the files that are in it.',
    ],
  ])('%s', async (_, content, words) => {
    expect(await refusal(new Blob([content]))).toBe(words)
  })

  test('a file that changes while it is read', async () => {
    const stream = () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          controller.error(new DOMException('it changed', 'NotReadableError'))
        },
      })
    expect(await refusal(streamed(1000, stream, 'id,logins\nC1,2\n'))).toBe(
      'crm.csv changed while it was read, so nothing of it was taken. Read it again.',
    )
  })
})

test('a file is streamed: beyond its columns it takes little memory, however large it is (case 30)', async () => {
  const line = new TextEncoder().encode(`C-000000,${'12,34.5,Enterprise,'.repeat(12)}No\n`)
  const names = `id,${Array.from({ length: 12 }, (_, i) => `a${i},b${i},c${i}`).join(',')},churned\n`
  const piece = new Uint8Array(line.length * 4000)
  for (let i = 0; i < 4000; i++) piece.set(line, i * line.length)
  const pieces = Math.ceil(600e6 / piece.length)
  let sent = 0
  const stream = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (sent === 0) controller.enqueue(new TextEncoder().encode(names))
        controller.enqueue(piece.slice())
        if (++sent === pieces) controller.close()
      },
    })
  const { gc } = globalThis as { readonly gc?: () => void }
  gc?.()
  const before = process.memoryUsage().rss
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  const result = await read(
    streamed(pieces * piece.length, stream, `${names}${new TextDecoder().decode(piece.subarray(0, 4000))}`),
  )
  clearInterval(watch)
  if (!result.ok) throw new Error('refused')
  expect(result.value.report.rows).toBe(pieces * 4000)
  const columns = result.value.table.columns.reduce((sum, column) => {
    if (column.kind === 'coded') return sum + column.codes.byteLength
    return (
      sum + (column.kind === 'float' ? column.values.byteLength : column.bytes.byteLength + column.offsets.byteLength)
    )
  }, 0)
  // Columns are put together from their chunks, so for a moment both are there.
  expect(most - before - 2 * columns).toBeLessThan(400e6)
})
