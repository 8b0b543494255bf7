import { columnNamed } from '../../src/core/column/column'
import type { RowColumn } from '../../src/core/customers/row-query'
import { NO_TIER } from '../../src/core/customers/row-query'
import { csvRow } from '../../src/core/export/csv'
import { NOT_SCORED } from '../../src/core/scoring/reference'
import type { CustomerRows } from './customer-rows'
import type { CustomerRow, Reason, RowsRequest } from './rows-api'

/** A column of an exported list, with its heading. */
export interface ExportColumn {
  readonly column: RowColumn
  readonly heading: string
}

/** Rows per piece of the file. */
const PIECE = 5_000

/** The listed customers in their order as a CSV file. Texts cannot become formulas. */
export function* rowsCsv(
  rows: CustomerRows,
  request: RowsRequest,
  columns: readonly ExportColumn[],
): Generator<string> {
  const { model } = request
  const { table } = rows.scored(model)
  const sources = columns.flatMap(({ column }) => (column.kind === 'source' ? [column.name] : []))
  const { summary } = rows.block({ ...request, from: 0, to: 0, columns: sources })
  const byHand = summary.byHand > 0
  yield csvRow([
    ...columns.map(({ heading }) => heading),
    ...(byHand ? ['Score by the model', 'By hand', 'Reason'] : []),
  ])
  const isNumber = new Set(sources.filter((name) => columnNamed(table, name)?.type === 'number'))
  for (let from = 0; from < summary.customers; from += PIECE) {
    const block = rows.block({ ...request, from, to: from + PIECE, columns: sources })
    yield block.rows
      .map((row) => {
        const cells = columns.map(({ column }) => cellOf(row, column, sources, model.tiers, isNumber))
        return csvRow([...cells, ...(byHand ? overrideCells(row) : [])])
      })
      .join('')
  }
}

type Cell = string | number

function cellOf(
  row: CustomerRow,
  column: RowColumn,
  sources: readonly string[],
  tiers: readonly { readonly name: string }[],
  isNumber: ReadonlySet<string>,
): Cell {
  if (column.kind === 'source') {
    const value = row.cells[sources.indexOf(column.name)]
    return isNumber.has(column.name) ? (value ?? '') : String(value ?? '')
  }
  const cells: Readonly<Record<Exclude<RowColumn['kind'], 'source'>, () => Cell>> = {
    id: () => row.id,
    score: () => (row.score === NOT_SCORED ? '' : row.score / 100),
    tier: () => tiers[row.tier]?.name ?? NO_TIER,
    coverage: () => Number(row.coverage.toFixed(4)),
    down: () => reasonText(row.down),
    up: () => reasonText(row.up),
    rules: () => row.rules.map(({ name }) => name).join('; '),
    outcome: () => '',
  }
  return cells[column.kind]()
}

function reasonText(reason: Reason | undefined): string {
  return reason ? `${reason.metric} (${reason.step > 0 ? '+' : ''}${(reason.step / 100).toFixed(2)})` : ''
}

function overrideCells({ override, modelScore }: CustomerRow): (string | number)[] {
  if (!override) return ['', '', '']
  return [modelScore === undefined || modelScore === NOT_SCORED ? '' : modelScore / 100, override.kind, override.reason]
}

/** The same as a file. A million customers take seconds: meanwhile other questions are answered. */
export async function rowsFile(
  rows: CustomerRows,
  request: RowsRequest,
  columns: readonly ExportColumn[],
): Promise<Blob> {
  const pieces: string[] = []
  for (const piece of rowsCsv(rows, request, columns)) {
    pieces.push(piece)
    await new Promise((next) => setTimeout(next))
  }
  return new Blob(pieces, { type: 'text/csv' })
}
