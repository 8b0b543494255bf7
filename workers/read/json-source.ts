import type { Dialect } from '../../src/core/column/dialect'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { CellFeed, type CellValue } from './cell-feed'
import { flatten, parseExact } from './flatten-json'
import { BadJson, JsonItems, LongJson, MOST_ITEM, type JsonItem } from './json-items'
import { textLines, textPieces } from './text-lines'
import type { RowReader } from './row-reader'
import { ownDialect, Refusal, type Opening, type Pumping, type TableSource } from './table-source'

/** Most lines that may be no JSON, as a share of all, before it is no file of JSON Lines. */
const MOST_BAD = 0.5
/** Characters of a first line that is hardly one of JSON Lines. */
const LONG_LINE = 1 << 20
/** Objects between two breaths: few, since each may be long. */
const BREATH = 100

type Record = ReadonlyMap<string, CellValue>

/** A JSON array of objects, or JSON Lines. Objects inside objects become columns with dotted names. */
export class JsonSource implements TableSource {
  readonly format = 'json'
  readonly dialect: Dialect
  readonly width: number
  readonly #source: Blob
  readonly #file: string
  /** Which list of a document; undefined for JSON Lines. */
  readonly #list: number | undefined
  readonly #names: readonly string[]
  readonly #bad: readonly { readonly line: number; readonly text: string }[]

  private constructor(source: Blob, file: string, given: Partial<Dialect>, found: Found) {
    this.#source = source
    this.#file = file
    this.#list = found.list
    this.#names = [...found.names]
    this.#bad = found.bad
    this.width = this.#names.length
    this.dialect = ownDialect(given)
  }

  /** @throws Refusal for what is no JSON, or holds no list of objects */
  static async open(source: Blob, file: string, opening: Opening): Promise<JsonSource> {
    // An array is no list of lines, and need not be gone through as one; a very long line is most often a document.
    const head = (await source.slice(0, LONG_LINE).text()).trimStart()
    const atOnce = head.startsWith('[') || head.includes('\n') ? undefined : await documentIn(source, opening)
    const found = atOnce ?? (head.startsWith('[') ? undefined : await lines(source, opening))
    return new JsonSource(source, file, opening.given, found ?? (await document(source, file, opening)))
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
    if (this.#list === undefined) await this.#pumpLines(put, pumping)
    else await this.#pumpDocument(this.#list, put, pumping)
    return undefined
  }

  async #pumpDocument(
    list: number,
    put: (line: number, record: Record) => void,
    { signal, breathe, told }: Pumping,
  ): Promise<void> {
    let row = 0
    for await (const { items, characters } of itemsOf(this.#source, this.#file)) {
      for (const item of items) {
        if (item.list !== list) continue
        put(++row, flatten(item.value))
        if (row % BREATH > 0) continue
        await breathe()
        if (signal.aborted) return
      }
      told(Math.min(this.#source.size, characters))
      await breathe()
      if (signal.aborted) return
    }
  }

  async #pumpLines(put: (line: number, record: Record) => void, { signal, breathe, told }: Pumping): Promise<void> {
    for await (const { line, text, bytes } of textLines(this.#source)) {
      const record = recordOf(text)
      if (record) put(line, record)
      if (line % BREATH > 0) continue
      told(bytes)
      await breathe()
      if (signal.aborted) return
    }
  }
}

interface Found {
  readonly list: number | undefined
  readonly names: ReadonlySet<string>
  readonly bad: readonly { readonly line: number; readonly text: string }[]
}

/** The fields of a line's object; undefined where it has none. */
function recordOf(text: string): Record | undefined {
  if (text.trim() === '') return undefined
  try {
    const value = parseExact(text)
    return isObject(value) ? flatten(value) : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A file of one object a line; undefined where the first line is none. */
async function lines(source: Blob, opening: Opening): Promise<Found | undefined> {
  const { breathe, signal } = opening
  const names = new Set<string>()
  const bad: { line: number; text: string }[] = []
  let good = 0
  for await (const { line, text } of textLines(source)) {
    if (text.trim() === '') continue
    const record = recordOf(text)
    if (record) {
      good++
      for (const name of record.keys()) names.add(name)
    } else if (good === 0) return undefined
    else bad.push({ line, text: text.slice(0, 200) })
    // One object in its own lines is a document.
    if (bad.length > 10 && bad.length > MOST_BAD * (good + bad.length)) return undefined
    if (line % BREATH > 0) continue
    await breathe()
    signal.throwIfAborted()
  }
  if (good === 0) return undefined
  const alone = { list: undefined, names, bad }
  // One object alone is a document where it wraps a list.
  return good === 1 ? ((await documentIn(source, opening)) ?? alone) : alone
}

/** The list that a document is or wraps; undefined where it is none. */
async function documentIn(source: Blob, opening: Opening): Promise<Found | undefined> {
  try {
    return await document(source, '', opening)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** What is known of a list while it is gone through: its objects, and whether it has anything else. */
interface List {
  objects: number
  others: boolean
  readonly names: Set<string>
}

/** The list of objects that a document is, or wraps in one of its fields; the longest of several. */
async function document(source: Blob, file: string, { breathe, signal }: Opening): Promise<Found> {
  const lists: (List | undefined)[] = []
  for await (const { items } of itemsOf(source, file)) {
    for (const [i, { list, value }] of items.entries()) {
      const known = (lists[list] ??= { objects: 0, others: false, names: new Set() })
      if (isObject(value)) {
        known.objects++
        for (const name of flatten(value).keys()) known.names.add(name)
      } else known.others = true
      if (i % BREATH > 0) continue
      await breathe()
      signal.throwIfAborted()
    }
    await breathe()
    signal.throwIfAborted()
  }
  const size = (list: List | undefined): number => (list && !list.others ? list.objects : 0)
  const [longest] = lists.filter((each) => size(each) > 0).toSorted((a, b) => size(b) - size(a))
  if (longest) return { list: lists.indexOf(longest), names: longest.names, bad: [] }
  const what = 'it is JSON, but holds no list of objects, one per customer.'
  throw new Refusal({ about: 'reading', kind: 'damaged file', file, what })
}

/** The items of a document's lists, as they come, with the characters that have been read. */
async function* itemsOf(
  source: Blob,
  file: string,
): AsyncGenerator<{ readonly items: readonly JsonItem[]; readonly characters: number }> {
  const reader = new JsonItems()
  let characters = 0
  try {
    for await (const piece of textPieces(source)) {
      characters += piece.length
      yield { items: reader.push(piece), characters }
    }
    reader.end()
  } catch (error) {
    throw refused(error, file, source.size)
  }
}

function refused(error: unknown, file: string, size: number): unknown {
  if (error instanceof LongJson) {
    const todo = 'Write it as JSON Lines, one object a line, and drop that.'
    return new Refusal({ about: 'reading', kind: 'too large', file, size, most: MOST_ITEM, todo })
  }
  if (!(error instanceof BadJson)) return error
  const what = `it is no valid JSON in line ${error.line}: it ends too early or has a slip.`
  return new Refusal({ about: 'reading', kind: 'damaged file', file, what })
}
