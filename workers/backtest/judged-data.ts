import { asOfDates } from '../../src/core/backtest/as-of-dates'
import { largestGroups, MOST_GROUPS, type GroupedRows } from '../../src/core/backtest/group-figures'
import { byHash } from '../../src/core/backtest/hash-order'
import { hashBytes, hashId } from '../../src/core/backtest/holdout'
import { metricLeak, rowOrderAuc, type Leak } from '../../src/core/backtest/leak'
import { countOutcomes } from '../../src/core/backtest/outcome-histogram'
import type { Part } from '../../src/core/backtest/score-histogram'
import {
  columnNamed,
  MISSING_CODE,
  textAt,
  type CodedColumn,
  type Column,
  type Table,
} from '../../src/core/column/column'
import type { HealthModel } from '../../src/core/model/health-model'
import type { Customers } from '../customers'

/** The largest segments that are told apart. */
const SEGMENTS = 20

/** The latest as-of dates that are told apart. */
const DATES = 60

interface SegmentRows {
  readonly column: string
  readonly names: readonly string[]
  readonly rows: GroupedRows
  readonly others: number
}

interface DateRows {
  readonly days: readonly number[]
  readonly rows: GroupedRows
}

/**
 * What passes over the rows look up again and again and no weight changes: hashes, revenue, segments, dates. Worked out
 * when it is first asked for, and kept as long as the customers are judged alike.
 */
export class JudgedData {
  readonly customers: Customers
  readonly #table: Table
  readonly #roles: HealthModel['roles']
  readonly #seed: number
  readonly #kept = new Map<string, unknown>()

  constructor(customers: Customers, { roles, holdout }: Pick<HealthModel, 'roles' | 'holdout'>) {
    this.customers = customers
    this.#table = customers.table
    this.#roles = roles
    this.#seed = holdout.seed
  }

  /** 1 event, 0 non-event, else not known; nothing is known without an outcome. */
  outcome(part: Part): Uint8Array {
    const unknown = (): Uint8Array => new Uint8Array(this.#table.rows).fill(2)
    return this.customers.outcome(part) ?? this.#keep('no outcome', unknown)
  }

  /** With the rows of a part whose outcome is known: passes that judge need not look at the others. */
  outcomes(part: Part): { readonly judged: Uint32Array; readonly outcome: Uint8Array } {
    const outcome = this.outcome(part)
    const judged = this.#keep(`judged ${part}`, () => {
      const rows = new Uint32Array(countOutcomes(outcome).customers)
      let found = 0
      for (let row = 0; row < outcome.length; row++) if (outcome[row]! <= 1) rows[found++] = row
      return rows
    })
    return { judged, outcome }
  }

  /** The same, with the rows by customer where customers repeat. */
  groupedOutcomes(part: Part) {
    return { ...this.outcomes(part), customers: this.customers.repeated(part) }
  }

  /** The rows of `outcomes`, by rising hash. */
  judgedByHash(part: Part): Uint32Array {
    const { judged } = this.outcomes(part)
    return this.#keep(`judged by hash ${part}`, () => {
      const hashes = this.hashes(0)
      const order = byHash(judged.map((row) => hashes[row]!))
      return order.map((i) => judged[i]!)
    })
  }

  /** In hundredths; undefined without a revenue column. */
  get revenue(): Float64Array | undefined {
    return this.#keep('revenue', () => this.customers.revenue(this.#roles))
  }

  /** h(seed + offset, id) per row. Of a million rows it takes a tenth of a second. */
  hashes(offset: 0 | 1 | 2): Uint32Array {
    return this.#keep(`hashes ${offset}`, () => hashesOf(this.#table, this.#id, this.#seed + offset))
  }

  /** The largest segments of a part; undefined without a segment column of values that repeat. */
  segments(part: Part): SegmentRows | undefined {
    const column = this.#named(this.#roles.segment)
    if (column?.kind !== 'coded') return undefined
    return this.#keep(`segments ${part}`, () => segmentsOf(column, this.outcome(part)))
  }

  /** The as-of dates that judge; undefined where there is but one. */
  dates(part: Part): DateRows | undefined {
    return this.#keep(`dates ${part}`, () => datesOf(this.customers, this.outcome(part)))
  }

  /** Why a column may know the answer, on the training part. */
  leak(column: Column): Leak | undefined {
    return this.#keep(`leak ${column.name}`, () => {
      const outcome = this.outcome('training')
      const orderTells = this.#keep('row order', () => rowOrderAuc(outcome))
      return metricLeak({ column, outcome, asOf: this.customers.asOf, rows: this.#table.rows, orderTells })
    })
  }

  idAt(row: number): string {
    return this.customers.idAt(row, this.#id)
  }

  nameAt(row: number): string | undefined {
    const column = this.#named(this.#roles.name)
    return column && textAt(column, row)
  }

  get #id(): Column | undefined {
    return this.#named(this.#roles.id)
  }

  #named(name: string | undefined): Column | undefined {
    return name === undefined ? undefined : columnNamed(this.#table, name)
  }

  #keep<Value>(key: string, make: () => Value): Value {
    if (!this.#kept.has(key)) this.#kept.set(key, make())
    return this.#kept.get(key) as Value
  }
}

function hashesOf({ rows }: Table, id: Column | undefined, seed: number): Uint32Array {
  const hashes = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    hashes[row] =
      id?.kind === 'text'
        ? hashBytes(seed, id.bytes, id.offsets[row]!, id.offsets[row + 1]!)
        : hashId(seed, id ? textAt(id, row) : String(row + 1))
  }
  return hashes
}

function segmentsOf({ name, codes, dictionary }: CodedColumn, outcome: Uint8Array): SegmentRows {
  const blank = dictionary.texts.length
  const own = codes.map((code) => (code === MISSING_CODE ? blank : code))
  const { codes: kept, rows, others } = largestGroups(own, blank + 1, outcome, SEGMENTS)
  return { column: name, names: kept.map((code) => dictionary.texts[code] ?? ''), rows, others }
}

function datesOf({ asOf, table }: Customers, outcome: Uint8Array): DateRows | undefined {
  if (typeof asOf !== 'object') return undefined
  const judged = asOfDates(asOf, outcome).filter(({ known }) => known > 0)
  if (judged.length < 2) return undefined
  const latest = judged.slice(-DATES)
  const group = new Uint8Array(table.rows).fill(MOST_GROUPS)
  for (const [i, { rows }] of latest.entries()) for (const row of rows) group[row] = i
  return { days: latest.map(({ day }) => day), rows: { group, groups: latest.length } }
}
