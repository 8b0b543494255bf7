import type { CodedColumn, ColumnType, Table } from '../../src/core/column/column'
import { rankTexts } from '../../src/core/column/dictionary'
import type { ImportReport } from '../../src/core/column/import-report'
import { readAs, type DistinctTexts } from '../../src/core/column/infer-type'
import { profileOf } from '../../src/core/column/profile'
import { failure, success, type Result } from '../../src/core/result'
import type { StoredColumn } from '../store/stored-table'

interface Typed {
  readonly table: Table
  readonly stored: readonly StoredColumn[]
  readonly report: ImportReport
}

/**
 * Reads a column as another type, from its dictionary: it has every text. What has no dictionary, or should become
 * text, needs the file.
 */
export function retype({ table, stored, report }: Typed, name: string, type: ColumnType): Result<Typed> {
  const index = table.columns.findIndex((column) => column.name === name)
  const column = table.columns[index]
  const before = stored[index]
  if (!column || !before) throw new Error(`no column ${name}`)
  if (column.kind !== 'coded' || type === 'text' || !before.dictionary) {
    return failure([{ about: 'reading', kind: 'needs the file', file: report.file, column: name }])
  }
  const changed = retyped(column, before, type, report)
  const replaced = <Item>(items: readonly Item[], item: Item): Item[] => items.with(index, item)
  const profile = profileOf(changed.column, table.rows)
  return success({
    table: { ...table, columns: replaced(table.columns, changed.column) },
    stored: replaced(stored, changed.stored),
    report: { ...withoutMistakes(report, name), columns: replaced(report.columns, profile) },
  })
}

function retyped(column: CodedColumn, stored: StoredColumn, type: CodedColumn['type'], { dialect }: ImportReport) {
  const { texts, counts } = column.dictionary
  const distinct: DistinctTexts = { name: column.name, texts, counts }
  const dayOrder = dialect.dayOrder === 'ask' ? undefined : dialect.dayOrder
  const { dictionary, ranks } = rankTexts(distinct, readAs(type, distinct, { decimal: dialect.decimal, dayOrder }))
  const place = new Uint16Array(65536).fill(65535)
  place.set(ranks)
  // The chunks keep their codes: first seen → old place → new place.
  const chained = stored.dictionary!.ranks.map((rank) => ranks[rank]!)
  return {
    column: { ...column, type, codes: column.codes.map((code) => place[code]!), dictionary },
    stored: { ...stored, type, dictionary: { ...dictionary, ranks: chained } },
  }
}

/** What was wrong with the cells of a column as its old type is not wrong with them as another. */
function withoutMistakes(report: ImportReport, name: string): ImportReport {
  const old = new Set(['not a number', 'not a date', 'not yes or no', 'day or month'])
  const holds = (problem: { readonly kind: string; readonly column?: string }): boolean =>
    !(old.has(problem.kind) && problem.column === name)
  return { ...report, problems: report.problems.filter(holds), counts: report.counts.filter(holds) }
}
