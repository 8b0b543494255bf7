import type { Table } from '../src/core/column/column'
import type { ColumnProfile } from '../src/core/column/import-report'
import type { ManualFacts } from '../src/core/manual/manual-facts'
import type { Standing } from '../src/core/manual/manual-value'
import type { HealthModel } from '../src/core/model/health-model'
import type { Customers } from './customers'
import { ManualColumns, type ManualRows } from './manual-columns'

/** What is around a data set. */
export interface Around {
  /** Its own day where it has one; else the model's holds. */
  readonly asOf?: string | undefined
  /** What people filled in by hand; nothing where it is left out. */
  readonly manual?: ManualColumns
  /** Whether its outcomes judge the model. */
  readonly judges?: () => boolean
}

type Placed = ReturnType<ManualColumns['place']>

/** The imported columns of a data set, and beside them those that people fill in by hand. */
export class WholeTable {
  readonly #imported: Table
  readonly #profiles: readonly ColumnProfile[]
  readonly #manual: ManualColumns
  readonly #judges: () => boolean
  #placed: Placed = []
  #table: Table
  #columns: readonly ColumnProfile[]

  constructor(imported: Table, profiles: readonly ColumnProfile[], { manual, judges = () => true }: Around) {
    this.#imported = this.#table = imported
    this.#profiles = this.#columns = profiles
    this.#manual = manual ?? new ManualColumns(imported)
    this.#judges = judges
  }

  /** As the model that was placed last has them. */
  get table(): Table {
    return this.#table
  }

  get columns(): readonly ColumnProfile[] {
    return this.#columns
  }

  facts(model: HealthModel, customers: Customers): readonly ManualFacts[] {
    return this.#manual.place(model, this.#rows(customers)).map(({ facts }) => facts)
  }

  /** How what was filled in in a column stands in a row; undefined where nothing was. */
  standing(column: string, row: number): Standing | undefined {
    return this.#manual.standing(column, row)
  }

  /** Takes the manual columns of a model; answers with the names of those that came, went or changed. */
  place(model: HealthModel, customers: Customers): ReadonlySet<string> {
    const placed = this.#manual.place(model, this.#rows(customers))
    if (placed === this.#placed) return NONE
    const changed = new Set([...without(this.#placed, placed), ...without(placed, this.#placed)])
    this.#placed = placed
    this.#table = { ...this.#imported, columns: [...this.#imported.columns, ...placed.map(({ column }) => column)] }
    this.#columns = [...this.#profiles, ...placed.map(({ facts }) => facts.profile)]
    return changed
  }

  #rows({ asOf, outcomeCounts }: Customers): ManualRows {
    return { asOf, judged: outcomeCounts !== undefined && this.#judges() }
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Names of the columns that are among the first and not, as they are, among the others. */
function without(first: Placed, others: typeof first): string[] {
  return first.filter((each) => !others.includes(each)).map(({ column }) => column.name)
}
