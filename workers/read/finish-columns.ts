import { MISSING_CODE, type Column, type ColumnType } from '../../src/core/column/column'
import type { DayOrder } from '../../src/core/column/date-text'
import { rankTexts } from '../../src/core/column/dictionary'
import {
  columnOrder,
  inferType,
  type DistinctTexts,
  type Reading,
  type ReadingRules,
} from '../../src/core/column/infer-type'
import type { ReadingKind } from '../../src/core/column/reading-problem'
import { assembleColumn } from '../store/assemble'
import type { StoredColumn } from '../store/stored-table'
import { REMEMBERED, type ColumnReader, type OddCell } from './column-reader'

/** Mistakes of one kind in one column. */
interface Mistakes {
  readonly kind: ReadingKind & ('not a number' | 'not a date' | 'not yes or no' | 'not utf-8')
  readonly column: string
  readonly count: number
  readonly cells: readonly OddCell[]
}

export interface FinishedColumn {
  readonly stored: StoredColumn
  readonly column: Column
  readonly mistakes: readonly Mistakes[]
  /** Rows of a float column that could not be read. */
  readonly unreadable: number
  /** A date that nothing settled. */
  readonly unsettled: string | undefined
}

/** What a coded column's texts turned out to mean. */
export interface Inferred {
  readonly distinct: DistinctTexts
  readonly invalid: readonly number[]
  readonly reading: Reading
}

/** The types of the coded columns over the whole file, and the order of day and month that its dates settle. */
export function inferColumns(
  readers: readonly ColumnReader[],
  types: ReadonlyMap<string, ColumnType>,
  rules: ReadingRules,
): { readonly inferred: ReadonlyMap<ColumnReader, Inferred>; readonly dayOrder: DayOrder | undefined } {
  const inferred = new Map<ColumnReader, Inferred>()
  let dayOrder = rules.dayOrder
  for (const reader of readers) {
    if (reader.layout !== 'coded') continue
    const { texts, invalid } = reader.distinct()
    const reading = inferType(texts, rules, types.get(reader.name))
    inferred.set(reader, { distinct: texts, invalid, reading })
    if (reading.type === 'date') dayOrder ??= columnOrder(texts.texts)
  }
  if (dayOrder && !rules.dayOrder) {
    for (const [reader, { distinct, invalid, reading }] of inferred) {
      if (reading.unsettled === undefined) continue
      inferred.set(reader, {
        distinct,
        invalid,
        reading: inferType(distinct, { ...rules, dayOrder }, types.get(reader.name)),
      })
    }
  }
  return { inferred, dayOrder }
}

/** A column in its final form; one that is text has become so. Its chunks are let go of, so that a file is not in memory twice. */
export function finishColumn(reader: ColumnReader, inferred: Inferred | undefined, rows: number): FinishedColumn {
  const finished =
    inferred && reader.layout === 'coded' ? finishCoded(reader, inferred, rows) : finishLong(reader, rows)
  reader.chunks = []
  return finished
}

function finishLong(reader: ColumnReader, rows: number): FinishedColumn {
  const { name, layout, unreadable, unreadableCells, invalid, invalidCells } = reader
  const stored: StoredColumn = { name, type: layout === 'float' ? 'number' : 'text', layout }
  const mistakes: Mistakes[] = []
  if (unreadable > 0) mistakes.push({ kind: 'not a number', column: name, count: unreadable, cells: unreadableCells })
  if (invalid > 0) mistakes.push({ kind: 'not utf-8', column: name, count: invalid, cells: invalidCells })
  return { stored, column: assembleColumn(stored, reader.chunks, rows), mistakes, unreadable, unsettled: undefined }
}

const WRONG = { number: 'not a number', date: 'not a date', boolean: 'not yes or no' } as const

function finishCoded(reader: ColumnReader, { distinct, invalid, reading }: Inferred, rows: number): FinishedColumn {
  const { dictionary, ranks } = rankTexts(distinct, reading)
  const { type } = reading
  const stored: StoredColumn = { name: reader.name, type, layout: 'coded', dictionary: { ...dictionary, ranks } }
  const mistakes: Mistakes[] = []
  if (reading.unreadable.length > 0 && type !== 'category' && type !== 'text') {
    mistakes.push(mistakesOf(WRONG[type], reader, distinct, reading.unreadable))
  }
  if (invalid.length > 0) mistakes.push(mistakesOf('not utf-8', reader, distinct, invalid))
  const column = assembleColumn(stored, reader.chunks, rows)
  return { stored, column, mistakes, unreadable: 0, unsettled: reading.unsettled }
}

/** The first rows that have one of some codes. */
function mistakesOf(
  kind: Mistakes['kind'],
  reader: ColumnReader,
  { texts, counts }: DistinctTexts,
  codes: readonly number[],
): Mistakes {
  const wanted = new Uint8Array(MISSING_CODE + 1)
  for (const code of codes) wanted[code] = 1
  const cells: OddCell[] = []
  let row = 0
  for (const chunk of reader.chunks) {
    for (const code of new Uint16Array(chunk)) {
      if (wanted[code] === 1 && cells.length < REMEMBERED) cells.push({ row, text: texts[code]! })
      row++
    }
    if (cells.length === REMEMBERED) break
  }
  return { kind, column: reader.name, count: codes.reduce((sum, code) => sum + counts[code]!, 0), cells }
}
