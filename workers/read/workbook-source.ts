import { unzipSync, zipSync, type UnzipFileInfo } from 'fflate'
import { readXlsx, streamXlsxRows, type StreamRow } from 'hucre/xlsx'
import type { Dialect } from '../../src/core/column/dialect'
import type { SheetPreview } from '../../src/core/column/import-report'
import type { ReadingProblem } from '../../src/core/column/reading-problem'
import { CellFeed, cellText, isBlank, type CellValue } from './cell-feed'
import { findNames, type FoundNames, type SheetRow } from './find-names'
import type { RowReader } from './row-reader'
import { ownDialect, Refusal, type Opening, type Pumping, type TableSource } from './table-source'
import { unpackedSize } from './zip-directory'

/** Rows of a sheet that are looked at to find its names, and that are shown of it. */
const LOOKED_AT = 200
const SHOWN = 6
const SHOWN_CELLS = 8
/** Share of the rows that fill a column without a name if it is one of the table's. */
const FILLED = 0.5
/** Most bytes that a workbook may unpack to: texts are held at once, sheets pass through. */
const MOST_UNPACKED = 2 ** 30
/** Rows between two breaths: a few milliseconds. */
const BREATH = 500

interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly looked: readonly SheetRow[]
  readonly names: FoundNames | undefined
}

/** An Excel workbook. Cached values of formulas count; a sheet with the most customers is proposed. */
export class WorkbookSource implements TableSource {
  readonly format = 'workbook'
  readonly dialect: Dialect
  readonly width: number
  readonly sheets: readonly SheetPreview[]
  readonly #data: Uint8Array
  readonly #file: string
  readonly #sheet: string
  readonly #nameRow: number

  private constructor(data: Uint8Array, file: string, sheets: readonly Sheet[], given: Partial<Dialect>) {
    this.#data = data
    this.#file = file
    this.sheets = sheets.map(previewOf)
    const chosen = given.sheet === undefined ? bestOf(sheets) : sheets.find(({ name }) => name === given.sheet)
    const nameRow = given.nameRow ?? chosen?.names?.row ?? chosen?.looked[0]?.row
    if (!chosen || nameRow === undefined)
      throw new Refusal({ about: 'reading', kind: 'no sheet', file, sheet: given.sheet })
    this.#sheet = chosen.name
    this.#nameRow = nameRow
    this.width = widthOf(chosen.looked, nameRow)
    this.dialect = { ...ownDialect(given), sheet: chosen.name, nameRow }
  }

  /** @throws Refusal for what is no workbook, is damaged, or is too large once unpacked */
  static async open(source: Blob, file: string, opening: Opening): Promise<WorkbookSource> {
    const data = new Uint8Array(await source.arrayBuffer())
    const size = unpackedSize(data)
    if (size > MOST_UNPACKED) {
      const todo = 'Save the sheet that you need as CSV and drop that.'
      throw new Refusal({ about: 'reading', kind: 'too large', file, size, most: MOST_UNPACKED, todo })
    }
    return new WorkbookSource(data, file, await reading(file, () => sheetsOf(data, opening)), opening.given)
  }

  problems(): ReadingProblem[] {
    return []
  }

  async pump(rows: RowReader, { signal, breathe, told }: Pumping): Promise<undefined> {
    const feed = new CellFeed(rows)
    let width = 0
    let read = 0
    for await (const { index, values } of this.#rows()) {
      if (signal.aborted || rows.tooWide) return undefined
      if (index + 1 < this.#nameRow || values.every(isBlank)) continue
      width ||= Math.max(lastFilled(values), this.width)
      feed.row(index + 1, values, width)
      if (++read % BREATH > 0) continue
      told(0)
      await breathe()
    }
    return undefined
  }

  /** The rows of the sheet. Only the library's errors are about the file: a full disk, met between rows, is not. */
  async *#rows(): AsyncGenerator<StreamRow> {
    const rows = streamXlsxRows(this.#data, { sheet: this.#sheet })
    try {
      for (;;) {
        const next = await reading(this.#file, () => rows.next())
        if (next.done) return
        yield next.value
      }
    } finally {
      // Else the library would go on to the end of the sheet for nobody.
      await rows.return(undefined)
    }
  }
}

/** The columns of a sheet: those with a name, and those beyond them that most rows fill. */
function widthOf(looked: readonly SheetRow[], nameRow: number): number {
  const named = looked.find(({ row }) => row === nameRow)?.cells.length ?? 0
  const below = looked.filter(({ row }) => row > nameRow)
  const filled: (number | undefined)[] = []
  for (const { cells } of below)
    for (let column = named; column < cells.length; column++)
      if (!isBlank(cells[column])) filled[column] = (filled[column] ?? 0) + 1
  return Math.max(named, filled.findLastIndex((rows) => (rows ?? 0) > FILLED * below.length) + 1)
}

function lastFilled(values: readonly CellValue[]): number {
  return values.findLastIndex((value) => !isBlank(value)) + 1
}

/** Most bytes of the parts that may be needed to know the sheets. */
const SMALL = 1 << 24

/** The names of the sheets, without their texts and cells, which the library would read first. */
async function sheetInfos(data: Uint8Array): Promise<{ name: string; hidden: boolean }[]> {
  const infos: { name: string; hidden: boolean }[] = []
  let room = SMALL
  const isNeeded = ({ name, originalSize }: UnzipFileInfo): boolean =>
    !/sharedStrings|worksheets\//.test(name) && /\.(xml|rels)$/.test(name) && (room -= originalSize) >= 0
  const small = zipSync(unzipSync(data, { filter: isNeeded }), { level: 0 })
  await readXlsx(small, {
    sheets: ({ name, hidden = false, veryHidden = false }) => {
      infos.push({ name, hidden: hidden || veryHidden })
      return false
    },
  })
  return infos
}

/** The names of the sheets and their first rows. */
async function sheetsOf(data: Uint8Array, { signal, breathe }: Opening): Promise<Sheet[]> {
  const infos = await sheetInfos(data)
  await breathe()
  signal.throwIfAborted()
  const sheets: Sheet[] = []
  for (const info of infos) {
    const looked: SheetRow[] = []
    for await (const { index, values } of streamXlsxRows(data, { sheet: info.name, maxRows: LOOKED_AT })) {
      const cells = values.slice(0, lastFilled(values))
      if (cells.length > 0) looked.push({ row: index + 1, cells })
    }
    sheets.push({ ...info, looked, names: findNames(looked) })
    await breathe()
    signal.throwIfAborted()
  }
  return sheets
}

/**
 * The sheet with the most cells under names, one that is not hidden where there is one. Where no sheet has names of the
 * usual kind, the one with the most rows: years may be names too.
 */
function bestOf(sheets: readonly Sheet[]): Sheet | undefined {
  const size = ({ names }: Sheet): number => (names ? names.fits * names.columns : 0)
  const named = sheets.filter(({ names }) => names)
  const shown = named.filter(({ hidden }) => !hidden)
  const [best] = (shown.length > 0 ? shown : named).toSorted((a, b) => size(b) - size(a))
  const [longest] = sheets.toSorted((a, b) => b.looked.length - a.looked.length)
  return best ?? (longest && longest.looked.length > 1 ? longest : undefined)
}

function previewOf({ name, hidden, names, looked }: Sheet): SheetPreview {
  const shorten = (value: CellValue): string => cellText(value).trim().slice(0, 60)
  const rows = looked
    .slice(0, SHOWN)
    .map(({ row, cells }) => ({ row, cells: cells.slice(0, SHOWN_CELLS).map(shorten) }))
  return { name, hidden, nameRow: names?.row, rows }
}

/** What the library refuses, in words; it throws errors of its own for everything that is wrong with a file. */
async function reading<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Refusal || error instanceof DOMException) throw error
    const what = /CRC|size|cap|limit/i.test(error.message)
      ? 'its parts are not what its directory says, or larger than a sheet can be.'
      : 'it is damaged, or no workbook that Excel would open.'
    throw new Refusal({ about: 'reading', kind: 'damaged file', file, what })
  }
}
