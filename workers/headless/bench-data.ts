import type { Column, Table } from '../../src/core/column/column'
import { MISSING_CODE } from '../../src/core/column/column'
import type { ImportReport } from '../../src/core/column/import-report'
import type { HealthModel, Metric } from '../../src/core/model/health-model'
import { EMPTY_MODEL } from '../../src/core/model/new-model'
import { RandomStream } from '../../src/core/random'

const MISSING = 0.1
/** Different values of a column. */
export const DISTINCT = 1000

function codedColumn(name: string, rows: number, random: RandomStream): Column {
  const values = Float64Array.from({ length: DISTINCT }, (_, i) => i)
  const codes = new Uint16Array(rows)
  for (let row = 0; row < rows; row++)
    codes[row] = random.next() < MISSING ? MISSING_CODE : Math.floor(random.next() * DISTINCT)
  const dictionary = { values, texts: Array.from(values, String), counts: new Uint32Array(DISTINCT) }
  return { kind: 'coded', name, type: 'number', codes, dictionary }
}

function floatColumn(name: string, rows: number, random: RandomStream): Column {
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) values[row] = random.next() < MISSING ? NaN : random.next() * DISTINCT
  return { kind: 'float', name, type: 'number', values }
}

function outcomeColumn(rows: number, random: RandomStream): Column {
  const codes = new Uint16Array(rows)
  for (let row = 0; row < rows; row++) codes[row] = Number(random.next() < 0.2)
  const dictionary = { values: Float64Array.of(0, 1), texts: ['No', 'Yes'], counts: new Uint32Array(2) }
  return { kind: 'coded', name: 'churned', type: 'boolean', codes, dictionary }
}

/** Customers with so many metrics, one of them not coded, values missing in a tenth of the cells. */
export function benchTable(rows: number, metrics: number): Table {
  // The same customers at every run.
  const random = new RandomStream(1, 0)
  const columns: Column[] = []
  for (let i = 0; i < metrics; i++) {
    columns.push(i === metrics - 1 ? floatColumn(`m${i}`, rows, random) : codedColumn(`m${i}`, rows, random))
  }
  const revenue = floatColumn('mrr', rows, random)
  return { rows, columns: [...columns, revenue, outcomeColumn(rows, random)] }
}

/** Texts, and the numbers that they stand for, from a few that take turns. */
function turnsColumn(
  name: string,
  rows: number,
  type: 'category' | 'date',
  given: readonly (readonly [text: string, value: number])[],
): Column {
  const counts = new Uint32Array(given.length)
  const codes = new Uint16Array(rows)
  for (let row = 0; row < rows; row++) {
    codes[row] = (row * 7) % given.length
    counts[codes[row]!]!++
  }
  const texts = given.map(([text]) => text)
  return {
    kind: 'coded',
    name,
    type,
    codes,
    dictionary: { values: Float64Array.from(given, ([, value]) => value), texts, counts },
  }
}

/** Most of what a sheet asks of a table: segments, as-of dates, and customers who each have twelve rows. */
export function withSheetColumns({ rows, columns }: Table): Table {
  const plans = Array.from({ length: 12 }, (_, i) => [`plan ${i}`, NaN] as const)
  const days = Array.from(
    { length: 12 },
    (_, i) => [`2025-${String(i + 1).padStart(2, '0')}-01`, 20_089 + 30 * i] as const,
  )
  const customers = Math.ceil(rows / 12)
  const account = Float64Array.from({ length: rows }, (_, row) => row % customers)
  return {
    rows,
    columns: [
      ...columns,
      turnsColumn('plan', rows, 'category', plans),
      turnsColumn('day', rows, 'date', days),
      { kind: 'float', name: 'account', type: 'number', values: account },
    ],
  }
}

/** What a table of `benchTable` looks like once it is read. */
export function benchReport({ rows, columns }: Table): ImportReport {
  const profile = { missing: 0, distinct: DISTINCT, spellings: 0 }
  return {
    file: 'bench',
    rows,
    columns: columns.map(({ name, type }) => ({ name, type, ...profile })),
    problems: [],
  } as unknown as ImportReport
}

/** A model of the bench table: curves from 0 to 100 points, weights that differ. */
export function benchModel(metrics: number): HealthModel {
  const curve = (i: number): Metric => ({
    id: `m${i}`,
    name: `m${i}`,
    category: 'Bench',
    on: true,
    importance: 'supporting',
    column: `m${i}`,
    scale: { kind: 'curve', knots: [{ x: 0, points: 0 }, { x: DISTINCT, points: 100 }] }, // prettier-ignore
    missing: 'skip',
    weight: 1 + (i % 9),
  })
  return {
    ...EMPTY_MODEL,
    metrics: Array.from({ length: metrics }, (_, i) => curve(i)),
    roles: { revenue: 'mrr', outcome: { column: 'churned', event: 'Yes', leaveOut: [] } },
  }
}

const withWeightOf = (model: HealthModel, at: number, time: number): HealthModel => ({
  ...model,
  metrics: model.metrics.map((metric, i) => (i === at ? { ...metric, weight: 1 + (time % 50) } : metric)),
})

/**
 * A model with another weight of one metric. The first two take turns: a weight that moves twice in a row is a drag, of
 * which each step is less than a full pass, and what is measured by this is to be one.
 */
export const withWeight = (model: HealthModel, time: number): HealthModel =>
  withWeightOf(model, time % Math.min(2, model.metrics.length), time)

/** A model with its first metric's weight dragged so far. */
export const withDraggedWeight = (model: HealthModel, time: number): HealthModel => withWeightOf(model, 0, time)
