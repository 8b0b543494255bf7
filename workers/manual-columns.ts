import { columnNamed, type Column, type Table } from '../src/core/column/column'
import { profileOf } from '../src/core/column/profile'
import { columnOfCells } from '../src/core/manual/manual-cells'
import { beside, type ManualColumn } from '../src/core/manual/manual-column'
import type { ManualFacts } from '../src/core/manual/manual-facts'
import { standingOf, type ManualValue, type Standing } from '../src/core/manual/manual-value'
import type { HealthModel } from '../src/core/model/health-model'
import type { AsOf } from '../src/core/scoring/points'
import { ManualValues } from './manual-values'
import { placesOf } from './rows/customer-places'

/** Who is looked at: what their data were true of, and whether they judge the model. */
export interface ManualRows {
  readonly asOf: AsOf | undefined
  readonly judged: boolean
}

/** A manual column as it stands beside the imported ones of a data set. */
interface Placed {
  readonly key: string
  readonly definition: ManualColumn
  readonly column: Column
  readonly byRow: ReadonlyMap<number, ManualValue>
  readonly rows: ManualRows
  readonly facts: ManualFacts
}

const NONE: readonly Placed[] = []

/**
 * The columns that people fill in by hand, as ordinary columns of one data set. Each is made anew only when what is in
 * it, its definition, or whose values count changes; the others stay the same objects.
 */
export class ManualColumns {
  readonly #table: Table
  readonly #values: ManualValues
  /** The last model and rows that were asked for, and what came of it. */
  #asked: { readonly model: HealthModel; readonly rows: ManualRows; readonly version: number } | undefined
  #placed = NONE
  /** Rows of customers who were looked for, by the ID column that they were looked for in. */
  #places: { readonly id: string | undefined; readonly rows: Map<string, readonly number[]> } | undefined
  #days = new WeakMap<Float64Array, number>()
  #dayCount = 0

  /** @param table the imported columns */
  constructor(table: Table, values = new ManualValues()) {
    this.#table = table
    this.#values = values
  }

  /** Equal numbers mean that nothing was filled in between. */
  get version(): number {
    return this.#values.version
  }

  /** The columns of a model; the same array as long as none has changed. */
  place(model: HealthModel, rows: ManualRows): readonly Placed[] {
    const { version } = this.#values
    const asked = this.#asked
    const same = asked?.model.manual === model.manual && asked.model.roles === model.roles
    if (same && asked.version === version && asked.rows.asOf === rows.asOf && asked.rows.judged === rows.judged) {
      return this.#placed
    }
    this.#asked = { model, rows, version }
    const before = this.#placed
    const names = this.#table.columns.map(({ name }) => name)
    const now = beside(model.manual, names).map((definition) => this.#one(definition, model.roles.id, rows))
    if (now.length !== before.length || now.some((each, i) => each !== before[i])) this.#placed = now
    return this.#placed
  }

  /** How what was filled in stands in the row; undefined where nothing was. Of the model that was placed last. */
  standing(name: string, row: number): Standing | undefined {
    const placed = this.#placed.find(({ column }) => column.name === name)
    const value = placed?.byRow.get(row)
    return value && standingOf(value, placed!.definition, this.#dayOf(placed!.rows, row))
  }

  #one(definition: ManualColumn, id: string | undefined, rows: ManualRows): Placed {
    const dated = definition.freshDays !== undefined
    const version = [this.#values.versionOf(definition.id), dated ? this.#values.today : 0]
    const key = JSON.stringify([definition, id, ...version, rows.judged, this.#dayKey(rows.asOf)])
    return this.#placed.find((each) => each.key === key) ?? this.#make(key, definition, id, rows)
  }

  #make(key: string, definition: ManualColumn, id: string | undefined, rows: ManualRows): Placed {
    const values = this.#values.of(definition.id)
    const places = this.#placesOf(values, id)
    const byRow = new Map<number, ManualValue>()
    const cells = new Map<number, number | string>()
    const counts: Record<Standing['kind'], number> = { counts: 0, later: 0, 'no day': 0, old: 0, unfit: 0 }
    for (const [customer, value] of values) {
      for (const row of places.get(customer) ?? []) {
        const { kind, entry } = standingOf(value, definition, this.#dayOf(rows, row))
        byRow.set(row, value)
        counts[kind]++
        if (kind === 'counts') cells.set(row, entry.value)
      }
    }
    const column = columnOfCells(definition, this.#table.rows, cells)
    const orphans = [...values.keys()].filter((customer) => (places.get(customer) ?? []).length === 0)
    const profile = profileOf(column, this.#table.rows)
    const facts = { column: definition.id, profile, rows: counts, orphans }
    return { key, definition, column, byRow, rows, facts }
  }

  /** Without IDs nobody can be told apart after the next import, so nobody has a value. */
  #placesOf(values: ReadonlyMap<string, ManualValue>, id: string | undefined): Map<string, readonly number[]> {
    if (this.#places?.id !== id) this.#places = { id, rows: new Map() }
    const { rows } = this.#places!
    const column = id === undefined ? undefined : columnNamed(this.#table, id)
    const unknown = [...values.keys()].filter((customer) => !rows.has(customer))
    const found = column ? placesOf(unknown, column, this.#table.rows) : new Map<string, number[]>()
    for (const customer of unknown) rows.set(customer, found.get(customer) ?? [])
    return rows
  }

  #dayOf({ asOf, judged }: ManualRows, row: number) {
    return { asOf: typeof asOf === 'object' ? asOf[row] : asOf, judged, today: this.#values.today }
  }

  /** A number that days per row share exactly when they are the same array. */
  #dayKey(asOf: AsOf | undefined): string | undefined {
    if (typeof asOf !== 'object') return asOf?.toString()
    const known = this.#days.get(asOf) ?? ++this.#dayCount
    this.#days.set(asOf, known)
    return `rows ${known}`
  }
}
