import type { Dialect } from '../../src/core/column/dialect'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { CellFeed, type CellValue } from './cell-feed'
import { flatten, parseExact } from './flatten-json'
import { textLines } from './text-lines'
import type { RowReader } from './row-reader'
import { ownDialect, Refusal, type Pumping, type TableSource } from './table-source'

/** Most bytes of a JSON document, which is held at once; JSON Lines have no such bound. */
const MOST_DOCUMENT = 2 ** 28
/** Most lines that may be no JSON, as a share of all, before it is no file of JSON Lines. */
const MOST_BAD = 0.5
const BREATH = 2000

type Record = ReadonlyMap<string, CellValue>

/** A JSON array of objects, or JSON Lines. Objects inside objects become columns with dotted names. */
export class JsonSource implements TableSource {
  readonly format = 'json'
  readonly dialect: Dialect
  readonly width: number
  readonly #source: Blob
  readonly #file: string
  /** The objects of a document; undefined for JSON Lines, which are read line by line. */
  readonly #objects: readonly unknown[] | undefined
  readonly #names: readonly string[]
  readonly #bad: readonly { readonly line: number; readonly text: string }[]

  private constructor(source: Blob, file: string, given: Partial<Dialect>, found: Found) {
    this.#source = source
    this.#file = file
    this.#objects = found.objects
    this.#names = [...found.names]
    this.#bad = found.bad
    this.width = this.#names.length
    this.dialect = ownDialect(given)
  }

  /** @throws Refusal for what is no JSON, or holds no list of objects */
  static async open(source: Blob, file: string, given: Partial<Dialect>): Promise<JsonSource> {
    // An array is no list of lines, and need not be gone through as one.
    const head = (await source.slice(0, 64).text()).trimStart()
    const found = (head.startsWith('[') ? undefined : await lines(source)) ?? (await document(source, file))
    return new JsonSource(source, file, given, found)
  }

  problems(): ReadingProblem[] {
    const file = this.#file
    return this.#bad.map(({ line, text }) => ({ about: 'reading', kind: 'bad json', file, line, text }))
  }

  async pump(rows: RowReader, pumping: Pumping): Promise<undefined> {
    const feed = new CellFeed(rows)
    feed.row(0, this.#names, this.width)
    const put = (line: number, record: Record): void =>
      feed.row(
        line,
        this.#names.map((name) => record.get(name) ?? null),
        this.width,
      )
    if (this.#objects) await this.#pumpDocument(this.#objects, put, pumping)
    else await this.#pumpLines(put, pumping)
    return undefined
  }

  async #pumpDocument(
    objects: readonly unknown[],
    put: (line: number, record: Record) => void,
    { signal, breathe, told }: Pumping,
  ): Promise<void> {
    for (const [i, value] of objects.entries()) {
      put(i + 1, flatten(value))
      if ((i + 1) % BREATH > 0) continue
      told(Math.round((this.#source.size * i) / objects.length))
      await breathe()
      if (signal.aborted) return
    }
  }

  async #pumpLines(put: (line: number, record: Record) => void, { signal, breathe, told }: Pumping): Promise<void> {
    for await (const { line, text, bytes } of textLines(this.#source)) {
      const value = parsedObject(text)
      if (value) put(line, flatten(value))
      if (line % BREATH > 0) continue
      told(bytes)
      await breathe()
      if (signal.aborted) return
    }
  }
}

interface Found {
  readonly objects: readonly unknown[] | undefined
  readonly names: ReadonlySet<string>
  readonly bad: readonly { readonly line: number; readonly text: string }[]
}

function parsedObject(text: string): object | undefined {
  if (text.trim() === '') return undefined
  try {
    const value = parseExact(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A file of one object a line; undefined where the first line is none. */
async function lines(source: Blob): Promise<Found | undefined> {
  const names = new Set<string>()
  const bad: { line: number; text: string }[] = []
  let good = 0
  for await (const { line, text } of textLines(source)) {
    if (text.trim() === '') continue
    const value = parsedObject(text)
    if (value) {
      good++
      for (const name of flatten(value).keys()) names.add(name)
    } else if (good === 0) return undefined
    else bad.push({ line, text: text.slice(0, 200) })
    // One object in its own lines is a document.
    if (bad.length > 10 && bad.length > MOST_BAD * (good + bad.length)) return undefined
  }
  return good === 0 ? undefined : single(good, names, bad, source)
}

/** One object alone is a document where it wraps a list. */
async function single(
  good: number,
  names: ReadonlySet<string>,
  bad: Found['bad'],
  source: Blob,
): Promise<Found | undefined> {
  if (good === 1 && source.size <= MOST_DOCUMENT && listIn(parseExact(await source.text()))) return undefined
  return { objects: undefined, names, bad }
}

async function document(source: Blob, file: string): Promise<Found> {
  const { size } = source
  if (size > MOST_DOCUMENT) {
    const todo = 'Write it as JSON Lines, one object a line, and drop that.'
    throw new Refusal({ about: 'reading', kind: 'too large', file, size, most: MOST_DOCUMENT, todo })
  }
  const objects = listIn(parsedDocument(await source.text(), file))
  if (!objects) {
    const what = 'it is JSON, but holds no list of objects, one per customer.'
    throw new Refusal({ about: 'reading', kind: 'damaged file', file, what })
  }
  const names = new Set(objects.flatMap((each) => [...flatten(each).keys()]))
  return { objects, names, bad: [] }
}

function parsedDocument(text: string, file: string): unknown {
  try {
    return parseExact(text)
  } catch (error) {
    const at = Number(/position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? NaN)
    const line = Number.isNaN(at) ? '' : ` in line ${text.slice(0, at).split('\n').length}`
    const what = `it is no valid JSON${line}: it ends too early or has a slip.`
    throw new Refusal({ about: 'reading', kind: 'damaged file', file, what })
  }
}

/** The list of objects that a document is, or wraps in one of its fields; the longest of several. */
function listIn(value: unknown): readonly unknown[] | undefined {
  const isList = (each: unknown): each is readonly unknown[] =>
    Array.isArray(each) &&
    each.length > 0 &&
    each.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  if (isList(value)) return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.values(value)
    .filter(isList)
    .toSorted((a, b) => b.length - a.length)[0]
}
