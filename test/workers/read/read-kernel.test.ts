import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ReadKernel } from '../../../workers/kernel/read-kernel'
import { readTable } from '../../../workers/read/read-table'
import type { ChunkSink } from '../../../workers/store/stored-table'
import { manyRows } from '../../support/data-set'
import { everyTypeCsv } from '../../support/every-type'

afterEach(() => vi.restoreAllMocks())

/** All that comes of reading a file, written out: what is stored, the columns, the report, the lines. */
async function all(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const told: unknown[] = []
  const sink: ChunkSink = {
    write: (column, chunk, buffer) => Promise.resolve(void told.push([column, chunk, [...new Uint8Array(buffer)]])),
    discard: (column) => Promise.resolve(void told.push(['discarded', column])),
  }
  const { signal } = new AbortController()
  const options = { file: 'a file', dialect: {}, types: new Map(), signal, onprogress: () => undefined }
  const result = await readTable(new Blob([bytes]), options, sink)
  if (result.ok) {
    const { lines, ...read } = result.value
    told.push(lines.parts, read)
  } else told.push(result.failure)
  return JSON.stringify(told, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value))
}

/** The same by the kernel, and by the TypeScript that stands in where there is none. */
async function both(bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly kernel: string; readonly plain: string }> {
  const kernel = await all(bytes)
  vi.spyOn(ReadKernel, 'create').mockReturnValue(undefined)
  const plain = await all(bytes)
  vi.restoreAllMocks()
  return { kernel, plain }
}

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '-2.5', 'Yes', 'no', '', 'Pro', '2025-01-31', '0007', 'a text of more than sixteen bytes') },
  { weight: 2, arbitrary: fc.integer({ max: 99_999 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom(' 3', 'x ', '\u00a0y', 'città', '£5', '日本語の文', "'=1+1", "'quoted'", 'a\nb', 'a"b', '\u0000', 'x'.repeat(90)) },
) // prettier-ignore

/** Mostly a table; then a few bytes of it are bent. */
const files = fc
  .record({
    columns: fc.integer({ min: 1, max: 9 }),
    cells: fc.array(cell, { minLength: 1, maxLength: 400 }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    quotes: fc.constantFrom('needed', 'all', 'never'),
    bent: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 10, 13, 34, 39, 44, 0xa0, 0xc2, 0xff)), { maxLength: 4 }),
  })
  .map(({ columns, cells, delimiter, newline, quotes, bent }) => {
    const written = cells.map((text) =>
      quotes === 'all' || (quotes === 'needed' && /["\n\r,;\t]/.test(text)) ? `"${text.replaceAll('"', '""')}"` : text,
    )
    const names = Array.from({ length: columns }, (_, i) => `name ${i}`)
    const lines = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
      written.slice(row * columns, (row + 1) * columns).join(delimiter),
    )
    const bytes = new TextEncoder().encode([names.join(delimiter), ...lines, ''].join(newline))
    for (const [place, byte] of bent) bytes[place % bytes.length] = byte
    return bytes
  })

describe('the kernel that reads', () => {
  test('can run here', () => {
    expect(ReadKernel.create()).toBeDefined()
  })

  test('gives of any file, clean or dirty, what the plain code gives, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        const { kernel, plain } = await both(bytes)
        expect(kernel === plain).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  const rows = (count: number, row: (i: number) => string): string =>
    `id,n,note\n${Array.from({ length: count }, (_, i) => row(i)).join('\n')}\n`

  test.each([
    ['every type of column', everyTypeCsv],
    ['several chunks', () => manyRows(140_000)],
    ['more texts than there are codes, which are numbers', () => rows(90_000, (i) => `C${i},${i * 0.25},${i % 9}`)],
    ['numbers that prove to be texts', () => rows(90_000, (i) => `C${i},${i < 70_000 ? i * 1.25 : `text ${i}`},x`)],
    ['timestamps, of which the days are kept', () => rows(90_000, (i) => `C${i % 5},2025-03-${String((i % 28) + 1).padStart(2, '0')} 10:${String(Math.floor(i / 1500)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.${i},y`)], // prettier-ignore
    ['texts longer than is looked at at once', () => rows(40, (i) => `C${i},${i},${'long '.repeat(i * 1500)}end`)],
    ['quotes around everything', () => rows(3000, (i) => `"C${i}","${i % 70}","note ${i % 400}"`)],
    ['a quote that never closes', () => `${rows(3000, (i) => `C${i},${i % 70},"n, ${i}"`)}X,"open,1\n`],
    ['a column of hardly any ASCII', () => rows(3000, (i) => `ü${i},${i % 3 ? '' : 'ñ'},名前 ${i}`)],
    ['bytes that are not UTF-8', () => rows(3000, (i) => `C${i},${i},${i % 100 ? 'x' : 'ÿÿ'}`)],
  ])('gives the same of %s', async (what, text) => {
    const bytes =
      what === 'bytes that are not UTF-8'
        ? Uint8Array.from(text(), (character) => character.charCodeAt(0))
        : new TextEncoder().encode(text())
    const { kernel, plain } = await both(bytes)
    expect(kernel === plain).toBe(true)
  })
})
